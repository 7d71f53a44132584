import { rankAt, Ranks } from '../statistics/kll';

/** Counts by value: categories, or codes of groups. */
export type CategoryCounts = ReadonlyMap<string, number>;

/** Rows of one bucket or category on both sides. */
export interface Bin {
  readonly before: number;
  readonly after: number;
}

const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** A bin for each category that either side has. */
export function categoryBins(before: CategoryCounts, after: CategoryCounts): Bin[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(value => ({ before: before.get(value) ?? 0, after: after.get(value) ?? 0 }))
    .filter(bin => bin.before + bin.after > 0);
}

/** The baseline's tenths. A value that fills several of them has a bin of its own, and so has the smallest if it fills the first. */
export function decileBins(before: Ranks, after: Ranks): Bin[] {
  const cuts = [...cutsOf(before), Infinity];
  return cuts
    .map((cut, index): Bin => {
      const below = cuts[index - 1];
      const rows = (ranks: Ranks): number => rankAt(ranks, cut) - (below === undefined ? 0 : rankAt(ranks, below));
      return { before: rows(before), after: rows(after) };
    })
    .filter(bin => bin.before + bin.after > 0);
}

/** All rows of both sides. */
export function rowsOf(bins: readonly Bin[]): Bin {
  return bins.reduce((sum, bin) => ({ before: sum.before + bin.before, after: sum.after + bin.after }), { before: 0, after: 0 });
}

/** All counts together. */
export function totalOf(counts: CategoryCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Where bins end, ascending; the ends belong to them. */
function cutsOf({ values, ranks, total }: Ranks): number[] {
  const indices = DECILES.map(share => ranks.findIndex(rank => rank >= share * total));
  const repeated = indices.filter((at, index) => at > 0 && indices[index - 1] === at).map(at => at - 1);
  const cuts = [...new Set([...indices, ...repeated])].sort((a, b) => a - b).map(index => values[index] ?? Infinity);
  const [smallest = Infinity] = values;
  return cuts[0] === smallest ? [justBelow(smallest), ...cuts] : cuts;
}

/** The next smaller number, or one as near. */
function justBelow(value: number): number {
  return value - Math.max(Number.MIN_VALUE, Math.abs(value) * Number.EPSILON);
}
