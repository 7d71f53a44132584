import { Confusion } from './confusion';

/** The rows of a sensitive group, and those of everybody else. */
export interface Sides {
  readonly group: Confusion;
  readonly rest: Confusion;
}

/** What bias metrics are computed from. */
export interface GroupCounts extends Sides {
  /** The same by group variable, in the order of its values; absent without one. */
  readonly strata?: readonly Sides[];
}

/** Two tables of the same side added up. */
export function addSides(a: Sides, b: Sides): Sides {
  return { group: a.group.plus(b.group), rest: a.rest.plus(b.rest) };
}

export const NO_ROWS: Sides = { group: Confusion.EMPTY, rest: Confusion.EMPTY };
