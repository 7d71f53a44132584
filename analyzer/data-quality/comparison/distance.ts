import { CategoricalMethod, ComparisonMethod, KllSketch } from '../../../lib/contract';
import { cumulate, rankAt, Ranks, ranksOf } from '../statistics/kll';
import { Bin, categoryBins, CategoryCounts, decileBins, rowsOf } from './bins';
import { gapByChance, putTogether, sharesDiffer } from './chance';

/** A numeric sample: its sketch and how many rows it stands for. */
export interface NumericalSample {
  readonly sketch: KllSketch;
  readonly rows: number;
}

/** Distance between two numeric distributions, 0 for equal ones; at most 1, but for the population stability index. */
export function numericalDistance(baseline: NumericalSample, window: NumericalSample, method: ComparisonMethod): number {
  if (method === 'Compatible') {
    const [a, b] = [distinctRanks(baseline.sketch), distinctRanks(window.sketch)];
    return Math.max(0, largestGap(a, b) - gapByChance(a.total, b.total));
  }
  const [before, after] = [ranksOf(baseline.sketch), ranksOf(window.sketch)];
  if (method === 'PopulationStabilityIndex') return beyondChance(decileBins(before, after), populationStabilityIndex);
  const gap = largestGap(before, after);
  return method === 'Simple' ? gap : Math.max(0, gap - gapByChance(baseline.rows, window.rows));
}

/** How categories are compared. Who asks for the stability index gets it for categories too, unless these have the chi-squared test. */
export interface CategoricalComparison {
  readonly method: ComparisonMethod;
  readonly categoricalMethod: CategoricalMethod;
}

/** Distance between two categorical distributions, 0 for equal ones; at most 1, but for the population stability index. */
export function categoricalDistance(baseline: CategoryCounts, window: CategoryCounts, { method, categoricalMethod }: CategoricalComparison): number {
  const bins = categoryBins(baseline, window);
  if (categoricalMethod === 'ChiSquared') return method === 'Simple' ? chiSquaredDistance(bins) : beyondChance(bins, chiSquaredDistance);
  if (method === 'PopulationStabilityIndex') return beyondChance(bins, populationStabilityIndex);
  const { before: n, after: m } = rowsOf(bins);
  const gap = Math.max(0, ...bins.map(({ before, after }) => Math.abs(before / n - after / m)));
  return method === 'Simple' ? gap : Math.max(0, gap - gapByChance(n, m));
}

/** Σ (q − p)·ln(q / p) over shares p and q; half a row more in each bin keeps an empty one finite. */
export function populationStabilityIndex(bins: readonly Bin[]): number {
  const { before: n, after: m } = rowsOf(bins);
  const share = (count: number, rows: number): number => (count + 0.5) / (rows + 0.5 * bins.length);
  return bins.reduce((sum, { before, after }) => {
    const [p, q] = [share(before, n), share(after, m)];
    return sum + (q - p) * Math.log(q / p);
  }, 0);
}

/** √(½ Σ (p − q)² / (p + q)) over shares p and q: Cramér's V of samples of the same size, so that the size of the window does not matter. */
export function chiSquaredDistance(bins: readonly Bin[]): number {
  const { before: n, after: m } = rowsOf(bins);
  const halves = bins.reduce((sum, { before, after }) => sum + (before / n - after / m) ** 2 / (before / n + after / m), 0);
  return Math.min(1, Math.sqrt(halves / 2));
}

/** The measure as everybody knows it where the shares differ beyond chance, else 0. */
function beyondChance(bins: readonly Bin[], measure: (bins: readonly Bin[]) => number): number {
  const tested = putTogether(bins);
  return sharesDiffer(tested) ? measure(tested) : 0;
}

function largestGap(a: Ranks, b: Ranks): number {
  return [...a.values, ...b.values].reduce((gap, value) => Math.max(gap, Math.abs(rankAt(a, value) / a.total - rankAt(b, value) / b.total)), 0);
}

/** The service takes each distinct value once, with the weight of the highest level that holds it. */
function distinctRanks(sketch: KllSketch): Ranks {
  return cumulate(new Map(sketch.data.flatMap((items, level) => items.map(item => [item, 2 ** level] as const))));
}
