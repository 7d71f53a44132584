import { Random } from './random';

/** What a numeric column must look like. */
export interface Moments {
  readonly mean: number;
  /** Population standard deviation. */
  readonly standardDeviation: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Digits after the decimal point. */
  readonly decimals: number;
}

/** Rounding and clipping disturb the moments a little, so that the fit is repeated. */
const FIT_ROUNDS = 40;

/** Values with these moments and exactly this minimum and maximum, skewed as a beta distribution on that range is. */
export function sampleColumn(random: Random, count: number, moments: Moments): number[] {
  const { minimum, maximum, decimals } = moments;
  const { alpha, beta } = betaShape(moments);
  const draws = Array.from({ length: count }, () => minimum + (maximum - minimum) * random.beta(alpha, beta));
  const lowest = draws.indexOf(Math.min(...draws));
  const highest = draws.indexOf(Math.max(...draws));

  const bounded = (value: number, index: number): number => {
    if (index === lowest) return minimum;
    if (index === highest) return maximum;
    return Number(Math.min(maximum, Math.max(minimum, value)).toFixed(decimals));
  };

  let { mean, standardDeviation } = moments;
  let values = draws;
  for (let round = 0; round < FIT_ROUNDS; round++) {
    values = rescale(draws, mean, standardDeviation).map(bounded);
    mean += moments.mean - meanOf(values);
    standardDeviation *= moments.standardDeviation / deviationOf(values);
  }
  return values;
}

/** Arithmetic mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Population standard deviation. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map(value => (value - mean) ** 2)));
}

/** The beta distribution that has these moments on [minimum, maximum]. */
function betaShape({ mean, standardDeviation, minimum, maximum }: Moments): { alpha: number; beta: number } {
  const range = maximum - minimum;
  const share = (mean - minimum) / range;
  const weight = share * (1 - share) / (standardDeviation / range) ** 2 - 1;
  return { alpha: share * weight, beta: (1 - share) * weight };
}

function rescale(values: readonly number[], mean: number, standardDeviation: number): number[] {
  const [oldMean, oldDeviation] = [meanOf(values), deviationOf(values)];
  return values.map(value => mean + (value - oldMean) / oldDeviation * standardDeviation);
}
