import { Confusion, CONFUSION_CELLS } from './confusion';
import { FacetGroups } from './facet-groups';
import { addSides, GroupCounts, NO_ROWS, Sides } from './group-counts';

/** Room for the members of a facet and the cells of a table in one number. */
const MEMBERS = 1024;
const CELLS = CONFUSION_CELLS.length;

/** Counts the rows of one facet by group, label, prediction and stratum. */
export class FacetTally {
  private readonly counts = new Map<number, number>();

  /** `column` is the facet's place among the features. */
  constructor(readonly name: string, readonly column: number, readonly groups: FacetGroups) {}

  add(member: number, stratum: number, isPositive: boolean, isPredicted: boolean): void {
    const cell = isPositive ? isPredicted ? 0 : 2 : isPredicted ? 1 : 3;
    const key = (stratum * MEMBERS + member) * CELLS + cell;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** One group beside all others; by stratum where the order of these is given. */
  countsOf(group: number, strataInOrder: readonly number[] | undefined): GroupCounts {
    const strata = new Map<number, Sides>();
    for (const [key, rows] of this.counts) {
      const cell = CONFUSION_CELLS[key % CELLS] ?? 'trueNegatives';
      const place = Math.floor(key / CELLS);
      const stratum = Math.floor(place / MEMBERS);
      const { group: members, rest } = strata.get(stratum) ?? NO_ROWS;
      strata.set(stratum, place % MEMBERS === group ? { group: members.with(cell, rows), rest } : { group: members, rest: rest.with(cell, rows) });
    }
    const all = [...strata.values()].reduce(addSides, { group: Confusion.EMPTY, rest: Confusion.EMPTY });
    return strataInOrder === undefined ? all : { ...all, strata: strataInOrder.map(number => strata.get(number) ?? NO_ROWS) };
  }
}
