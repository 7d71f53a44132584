import { KllBucket, KllSketch } from '../../../lib/contract';

const K = 2048;
const C = 0.64;
const BUCKETS = 10;

/** One level of the sketch; throws half of its items away when it is full. */
class Compactor {
  items: number[] = [];
  private compactions = 0;
  private offset = 0;

  constructor(readonly capacity: number) {}

  /** The half that moves a level up. With an odd number of items, the one that came last stays. */
  compact(): Float64Array {
    const even = this.items.length - this.items.length % 2;
    if (this.compactions % 2 === 1) this.offset = 1 - this.offset;
    const sorted = Float64Array.from(this.items.slice(0, even)).sort();
    this.items = this.items.slice(even);
    this.compactions++;
    return sorted.filter((_, index) => index % 2 === this.offset);
  }
}

/**
 * Quantile sketch after Karnin, Lang and Liberty: equal, item by item, to the one that the service's container builds
 * over the same values in the same order.
 */
export class Kll {
  private readonly levels: Compactor[] = [];
  private size = 0;
  private capacity = 0;

  constructor() {
    this.grow();
  }

  add(value: number): void {
    this.levels[0]?.items.push(value);
    if (++this.size > this.capacity) this.condense();
  }

  toSketch(): KllSketch {
    return { parameters: { c: C, k: K }, data: this.levels.map(level => level.items) };
  }

  private grow(): void {
    const level = new Compactor(2 * (Math.ceil(K * C ** this.levels.length / 2) + 1));
    this.levels.push(level);
    this.capacity += level.capacity;
  }

  /** Compacts the first full level only. */
  private condense(): void {
    const full = this.levels.findIndex(level => level.items.length >= level.capacity);
    if (full === this.levels.length - 1) this.grow();
    const half = this.levels[full]?.compact() ?? [];
    for (const item of half) this.levels[full + 1]?.items.push(item);
    this.size = this.levels.reduce((sum, level) => sum + level.items.length, 0);
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
