import { ValueType } from './value-type';

const SLOTS = 512;

/** A value that is told apart from others, and how often it came. */
export interface Category {
  readonly text: string;
  /** Of the text. */
  readonly hash: number;
  /** Hash by which it is counted when there are too many to keep. */
  readonly identity: number;
  readonly type: ValueType;
  /** NaN where the text is none. */
  readonly number: number;
  readonly isOutsideDomain: boolean;
  count: number;
}

/** A few categories, in the order in which they came, found by the hash of their text. */
export class Categories {
  readonly list: Category[] = [];
  /** Positions in the list, counted from 1, where their hashes would have them or behind. */
  private readonly slots = new Uint16Array(SLOTS);

  /** The category of a text that lies in bytes. */
  ofBytes(hash: number, bytes: Uint8Array, start: number, end: number): Category | undefined {
    for (let slot = hash & (SLOTS - 1); this.slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      const category = this.list[(this.slots[slot] as number) - 1] as Category;
      if (category.hash === hash && equals(category.text, bytes, start, end)) return category;
    }
    return undefined;
  }

  ofText(hash: number, text: string): Category | undefined {
    for (let slot = hash & (SLOTS - 1); this.slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      const category = this.list[(this.slots[slot] as number) - 1];
      if (category?.text === text) return category;
    }
    return undefined;
  }

  add(category: Category): void {
    let slot = category.hash & (SLOTS - 1);
    while (this.slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.slots[slot] = this.list.push(category);
  }
}

function equals(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}
