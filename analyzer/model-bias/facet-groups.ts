import { Cell, Rejection } from '../input/row';
import { categoryOf } from '../observation/category';
import { Selection } from './selection';

/** Most values that are each compared with all the others. */
export const MOST_GROUPS = 100;

/** The groups of a facet, numbered from 1; to 0 belongs who is in none. */
export interface FacetGroups {
  memberOf(cell: Cell): number;
  /** Throws a Rejection where these values would make more groups than there can be. */
  requireRoomFor(cells: readonly Cell[]): void;
  /** As reports name them, in the order of their numbers. */
  readonly texts: readonly string[];
}

/** One group, which the analysis names. */
export class NamedGroup implements FacetGroups {
  readonly texts: readonly string[];

  constructor(private readonly selection: Selection) {
    this.texts = [selection.text];
  }

  memberOf(cell: Cell): number {
    return Number(this.selection.includes(cell));
  }

  requireRoomFor(): void {
    // Whoever comes belongs to the group or to the others.
  }
}

/** Each value a group of its own: those that are known, then new ones as they come. */
export class EachValue implements FacetGroups {
  private readonly members = new Map<string, number>();
  private readonly names: string[] = [];

  constructor(private readonly facet: string, known: readonly string[] = []) {
    for (const text of known) this.memberOf(text);
  }

  get texts(): readonly string[] {
    return this.names;
  }

  memberOf(cell: Cell): number {
    if (cell === null) return 0;
    const category = categoryOf(cell);
    const known = this.members.get(category);
    if (known !== undefined) return known;
    this.members.set(category, this.names.push(cell));
    return this.names.length;
  }

  requireRoomFor(cells: readonly Cell[]): void {
    const unknown = new Set(cells.filter(cell => cell !== null).map(categoryOf).filter(category => !this.members.has(category)));
    if (unknown.size === 0 || this.names.length + unknown.size <= MOST_GROUPS) return;
    throw new Rejection(`the facet "${this.facet}" has more than ${MOST_GROUPS} different values; name those that make the group`);
  }
}
