import { ComparisonMethod, KllSketch } from '../../../lib/contract';
import { cumulate, rankAt, Ranks, ranksOf } from '../statistics/kll';

/** What chance explains of the gap between two samples of n and m rows; 1.8 is the two-sample Kolmogorov-Smirnov test at about 0.3 %. */
function chance(n: number, m: number): number {
  return 1.8 * Math.sqrt((n + m) / (n * m));
}

/** A numeric sample: its sketch and how many rows it stands for. */
export interface NumericalSample {
  readonly sketch: KllSketch;
  readonly rows: number;
}

/** Distance (0–1) between two numeric distributions. */
export function numericalDistance(baseline: NumericalSample, window: NumericalSample, method: ComparisonMethod): number {
  if (method === 'Compatible') {
    const [a, b] = [distinctRanks(baseline.sketch), distinctRanks(window.sketch)];
    return Math.max(0, largestGap(a, b) - chance(a.total, b.total));
  }
  const gap = largestGap(ranksOf(baseline.sketch), ranksOf(window.sketch));
  return method === 'Simple' ? gap : Math.max(0, gap - chance(baseline.rows, window.rows));
}

/** Category counts by value. */
export type CategoryCounts = ReadonlyMap<string, number>;

/** Distance (0–1) between two categorical distributions: the largest gap between the shares of one category. */
export function categoricalDistance(baseline: CategoryCounts, window: CategoryCounts, method: ComparisonMethod): number {
  const [n, m] = [totalOf(baseline), totalOf(window)];
  const gap = Math.max(0, ...[...new Set([...baseline.keys(), ...window.keys()])]
    .map(value => Math.abs((baseline.get(value) ?? 0) / n - (window.get(value) ?? 0) / m)));
  return method === 'Simple' ? gap : Math.max(0, gap - chance(n, m));
}

/** All counts together. */
export function totalOf(counts: CategoryCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function largestGap(a: Ranks, b: Ranks): number {
  return [...a.values, ...b.values].reduce((gap, value) => Math.max(gap, Math.abs(rankAt(a, value) / a.total - rankAt(b, value) / b.total)), 0);
}

/** The service takes each distinct value once, with the weight of the highest level that holds it. */
function distinctRanks(sketch: KllSketch): Ranks {
  return cumulate(new Map(sketch.data.flatMap((items, level) => items.map(item => [item, 2 ** level] as const))));
}
