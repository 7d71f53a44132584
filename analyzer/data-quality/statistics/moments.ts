/** Moments of numbers; those of none are zero, their range is empty. */
export interface MomentsSummary {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the population. */
  readonly standardDeviation: number;
}

/** Count, sum, spread and range, in the service's order of operations: the last bit depends on it. */
export class Moments {
  private count = 0;
  private sum = 0;
  private min = Infinity;
  private max = -Infinity;
  private average = 0;
  private squares = 0;

  /** Takes values in their order; how they are split over calls changes nothing. */
  add(values: Float64Array): void {
    let { count, sum, min, max, average, squares } = this;
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as number;
      count++;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
      const delta = value - average;
      const step = delta / count;
      average += step;
      squares += delta * (delta - step);
    }
    Object.assign(this, { count, sum, min, max, average, squares });
  }

  summary(): MomentsSummary {
    const { count, sum, min, max, squares } = this;
    if (count === 0) return { count, sum, min, max, mean: 0, standardDeviation: 0 };
    return { count, sum, min, max, mean: sum / count, standardDeviation: Math.sqrt(Math.max(0, squares / count)) };
  }
}
