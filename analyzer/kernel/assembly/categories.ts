import { areEqual, READ_AHEAD } from './bytes';

/** As many categories are told apart; with one more, only their number is known. */
const MAX_CATEGORIES: u32 = 120;
const SLOTS: u32 = 512;

/** A value that is told apart from others, and how often it came. */
@unmanaged
export class Category {
  text: usize;
  size: u32;
  /** Of the text. */
  hash: u32;
  /** Hash by which it is counted when there are too many to keep. */
  identity: u32;
  type: u32;
  /** NaN where the text is none. */
  number: f64;
  count: f64;
  isOutsideDomain: bool;
}

/** A few categories, in the order in which they came, found by the hash of their text; those stored as numbers, also by that of the number. */
@unmanaged
export class Categories {
  size: u32;
  private list: usize;
  private texts: usize;
  private numbers: usize;

  static create(): Categories {
    const categories = changetype<Categories>(heap.alloc(offsetof<Categories>()));
    categories.size = 0;
    categories.list = heap.alloc((MAX_CATEGORIES + 1) * offsetof<Category>());
    categories.texts = newSlots();
    categories.numbers = newSlots();
    return categories;
  }

  get areTooMany(): bool {
    return this.size > MAX_CATEGORIES;
  }

  at(index: u32): Category {
    return changetype<Category>(this.list + <usize>index * offsetof<Category>());
  }

  @inline
  ofText(hash: u32, start: usize, end: usize): Category | null {
    for (let slot = hash % SLOTS, place: u32 = 0; (place = load<u8>(this.texts + slot)) != 0; slot = (slot + 1) % SLOTS) {
      const category = this.at(place - 1);
      if (category.hash == hash && category.size == <u32>(end - start) && areEqual(category.text, start, category.size)) return category;
    }
    return null;
  }

  ofNumber(identity: u32, number: f64, type: u32): Category | null {
    for (let slot = identity % SLOTS, place: u32 = 0; (place = load<u8>(this.numbers + slot)) != 0; slot = (slot + 1) % SLOTS) {
      const category = this.at(place - 1);
      if (category.identity == identity && category.number == number && category.type == type) return category;
    }
    return null;
  }

  /** A new one; the caller makes sure that it is new, and not one too many. */
  add(hash: u32, start: usize, end: usize): Category {
    const category = this.at(this.size++);
    category.text = heap.alloc(end - start + READ_AHEAD);
    category.size = <u32>(end - start);
    memory.copy(category.text, start, end - start);
    category.hash = hash;
    category.count = 1;
    occupy(this.texts, hash, this.size);
    return category;
  }

  /** Has the category that was added last found by its number, too. */
  addNumber(identity: u32): void {
    occupy(this.numbers, identity, this.size);
  }
}

function newSlots(): usize {
  const slots = heap.alloc(SLOTS);
  memory.fill(slots, 0, SLOTS);
  return slots;
}

function occupy(slots: usize, hash: u32, place: u32): void {
  let slot = hash % SLOTS;
  while (load<u8>(slots + slot) != 0) slot = (slot + 1) % SLOTS;
  store<u8>(slots + slot, <u8>place);
}
