import { KllSketch } from '../../../lib/contract';
import { MomentsSummary } from './moments-summary';
import { ranksOf } from './kll';

/** Mean and deviation of numbers so large that no sum over them is a number: about right, as the sketch knows their shares. */
export function sketchMoments(sketch: KllSketch, { min, max }: Pick<MomentsSummary, 'min' | 'max'>): Pick<MomentsSummary, 'mean' | 'standardDeviation'> {
  const { values, ranks, total } = ranksOf(sketch);
  const average = (of: (value: number) => number): number =>
    values.reduce((sum, value, index) => sum + of(value) * ((ranks[index] ?? 0) - (ranks[index - 1] ?? 0)) / total, 0);
  const largest = Math.max(-min, max);
  const mean = Math.min(1, Math.max(-1, average(value => value / largest)));
  const deviation = Math.min(1, Math.sqrt(average(value => (value / largest - mean) ** 2)));
  return { mean: largest * mean, standardDeviation: largest * deviation };
}
