/** Metrics that compare by division: 1 is fair. */
const RATIOS = new Set(['DI']);

/** Whether a metric is fair at 1 instead of 0. */
export function isRatio(metric: string): boolean {
  return RATIOS.has(metric);
}

/** How far a value is from fair: a difference from 0; a ratio from 1, where 4/5 is as far as 5/4 and both 0 and infinity are at 1. */
export function distanceFromFair(metric: string, value: number): number {
  return isRatio(metric) ? 1 - Math.min(value, 1 / value) : Math.abs(value);
}

/** How far that distance scatters when the value scatters so far. */
export function scatterFromFair(metric: string, value: number, standardError: number): number {
  return isRatio(metric) && value > 1 ? standardError / value ** 2 : standardError;
}
