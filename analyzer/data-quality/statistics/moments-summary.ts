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
