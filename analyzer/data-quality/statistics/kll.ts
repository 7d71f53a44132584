import { KllBucket, KllSketch } from '../../../lib/contract';
import { sortAscending } from './sort-ascending';
import { mergeRuns } from './merge-runs';

const K = 2048;
const C = 0.64;
const BUCKETS = 10;

/** One level of the sketch; throws half of its items away when it is full. */
class Compactor {
  readonly capacity: number;
  size = 0;
  private items = new Float64Array(16);
  private compactions = 0;
  private offset = 0;
  /** Where the ascending runs begin that came from the level below, except for the first. */
  private runs: number[] = [];

  constructor(private readonly level: number) {
    this.capacity = 2 * (Math.ceil(K * C ** level / 2) + 1);
  }

  get values(): Float64Array {
    return this.items.subarray(0, this.size);
  }

  push(values: Float64Array): void {
    const size = this.size + values.length;
    if (size > this.items.length) this.resize(Math.max(size, Math.min(2 * this.items.length, this.capacity)));
    this.items.set(values, this.size);
    if (this.level > 0 && this.size > 0) this.runs.push(this.size);
    this.size = size;
  }

  /** The half that moves a level up. With an odd number of items, the one that came last stays. */
  compact(): Float64Array {
    const even = this.size - this.size % 2;
    if (this.compactions++ % 2 === 1) this.offset = 1 - this.offset;
    const sorted = this.items.subarray(0, even);
    if (this.level === 0) sortAscending(sorted);
    else mergeRuns(sorted, this.runs.filter(start => start < even));
    this.runs = [];
    const half = new Float64Array(even / 2);
    for (let index = 0; index < half.length; index++) half[index] = sorted[2 * index + this.offset] as number;
    this.items.copyWithin(0, even, this.size);
    this.size -= even;
    return half;
  }

  private resize(length: number): void {
    const items = new Float64Array(length);
    items.set(this.values);
    this.items = items;
  }
}

/**
 * Quantile sketch after Karnin, Lang and Liberty: equal, item by item, to the one that the service's container builds
 * over the same values in the same order.
 */
export class Kll {
  private levels: Compactor[] = [];
  private size = 0;
  private capacity = 0;

  constructor() {
    this.grow();
  }

  /** Takes values in their order; how they are split over calls changes nothing. */
  add(values: Float64Array): void {
    for (let start = 0; start < values.length;) {
      // The sketch is condensed when it holds one more than its capacity, after each further value where that did not help.
      const end = Math.min(values.length, start + Math.max(1, this.capacity - this.size + 1));
      this.levels[0]?.push(values.subarray(start, end));
      this.size += end - start;
      if (this.size > this.capacity) this.condense();
      start = end;
    }
  }

  toSketch(): KllSketch {
    return { parameters: { c: C, k: K }, data: this.levels.map(level => [...level.values]) };
  }

  private grow(): void {
    const level = new Compactor(this.levels.length);
    this.levels.push(level);
    this.capacity += level.capacity;
  }

  /** Compacts the first full level only. */
  private condense(): void {
    const full = this.levels.findIndex(level => level.size >= level.capacity);
    if (full === this.levels.length - 1) this.grow();
    const half = this.levels[full]?.compact() ?? new Float64Array();
    this.levels[full + 1]?.push(half);
    this.size -= half.length;
  }
}

/** Values of a sketch in ascending order, each with the number of rows up to and with it. */
export interface Ranks {
  readonly values: readonly number[];
  readonly ranks: readonly number[];
  readonly total: number;
}

/** Ranks of a sketch's values. */
export function ranksOf(sketch: Pick<KllSketch, 'data'>): Ranks {
  const weights = new Map<number, number>();
  sketch.data.forEach((items, level) => {
    for (const item of items) weights.set(item, (weights.get(item) ?? 0) + 2 ** level);
  });
  return cumulate(weights);
}

/** Sums weights up in the order of their values. */
export function cumulate(weights: ReadonlyMap<number, number>): Ranks {
  const values = [...weights.keys()].sort((a, b) => a - b);
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

/** Ten buckets of equal width between minimum and maximum; only the last one holds its upper bound. */
export function kllBuckets(sketch: KllSketch, min: number, max: number): KllBucket[] {
  const ranks = ranksOf(sketch);
  return Array.from({ length: BUCKETS }, (_, i) => {
    const lower = min + (max - min) * i / BUCKETS;
    const upper = min + (max - min) * (i + 1) / BUCKETS;
    return { lower_bound: lower, upper_bound: upper, count: rankAt(ranks, upper, i < BUCKETS - 1) - rankAt(ranks, lower, true) };
  });
}
