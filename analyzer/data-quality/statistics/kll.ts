import { KllBucket, KllSketch } from '../../../lib/contract';

const BUCKETS = 10;

/** Of every sketch: those of the service. */
export const KLL_PARAMETERS: KllSketch['parameters'] = { c: 0.64, k: 2048 };

/** Values of a sketch in ascending order, each with the number of rows up to and with it. */
export interface Ranks {
  readonly values: readonly number[];
  readonly ranks: readonly number[];
  readonly total: number;
}

/** Comparison, explanation and report ask for the same again. */
const RANKS = new WeakMap<object, Ranks>();

/** Ranks of a sketch's values. */
export function ranksOf(sketch: Pick<KllSketch, 'data'>): Ranks {
  const ranks = RANKS.get(sketch) ?? newRanks(sketch);
  RANKS.set(sketch, ranks);
  return ranks;
}

function newRanks({ data }: Pick<KllSketch, 'data'>): Ranks {
  const weights = new Map<number, number>();
  data.forEach((items, level) => {
    for (const item of items) weights.set(item, (weights.get(item) ?? 0) + 2 ** level);
  });
  return cumulate(weights);
}

/** Sums weights up in the order of their values. */
export function cumulate(weights: ReadonlyMap<number, number>): Ranks {
  const values = [...Float64Array.from(weights.keys()).sort()];
  let total = 0;
  const ranks = values.map(value => total += weights.get(value) ?? 0);
  return { values, ranks, total };
}

/** How many rows are at most `value`; with `exclusive`, below it. */
export function rankAt({ values, ranks }: Ranks, value: number, exclusive = false): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = values[middle] ?? Infinity;
    if (exclusive ? candidate < value : candidate <= value) low = middle + 1;
    else high = middle;
  }
  return ranks[low - 1] ?? 0;
}

/** Where buckets begin, and where the last one ends: as the service computes it, but where that overflows. */
export function bucketBounds(min: number, max: number): number[] {
  return Array.from({ length: BUCKETS + 1 }, (_, i) => {
    const bound = min + (max - min) * i / BUCKETS;
    return Number.isFinite(bound) ? bound : min * (1 - i / BUCKETS) + max * (i / BUCKETS);
  });
}

/** Ten buckets of equal width between minimum and maximum; only the last one holds its upper bound. */
export function kllBuckets({ data }: KllSketch, min: number, max: number): KllBucket[] {
  const bounds = bucketBounds(min, max);
  const ranks = bounds.map((bound, i) => rowsBelow(data, bound, i === BUCKETS));
  return ranks.slice(1).map((rank, i) => ({ lower_bound: bounds[i] ?? min, upper_bound: bounds[i + 1] ?? max, count: rank - (ranks[i] ?? 0) }));
}

/** Counted straight from the sketch: a few bounds are not worth sorting all of its values. */
function rowsBelow(data: KllSketch['data'], bound: number, isInclusive: boolean): number {
  return data.reduce((rows, items, level) => rows + 2 ** level * countBelow(items, bound, isInclusive), 0);
}

function countBelow(items: readonly number[], bound: number, isInclusive: boolean): number {
  let count = 0;
  for (const item of items) if (isInclusive ? item <= bound : item < bound) count++;
  return count;
}
