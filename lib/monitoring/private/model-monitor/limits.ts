import { Duration } from 'aws-cdk-lib';
import { labelDelayHours, TransformSource, TypedAnalysis } from '../../../contract';
import { Cadence } from '../../cadence';

/** Longest time of an execution: where labels are merged first, both jobs share it, and of an hour each gets half. */
export function longestRuntime(monitor: TypedAnalysis, cadence: Cadence): Duration {
  return cadence.hours === 1 && labelDelayHours(monitor) !== undefined ? Duration.minutes(30) : Duration.minutes(60);
}

/** Offsets of the analysed window from the execution, where labels are needed; those of transform jobs come later by the jobs' time. */
export function windowOffsets(
  monitor: TypedAnalysis, cadence: Cadence, transform: TransformSource | undefined,
): { readonly startTimeOffset?: string; readonly endTimeOffset?: string } {
  const labels = labelDelayHours(monitor);
  if (labels === undefined) return {};
  const delay = labels + (transform?.longestHours ?? 0);
  return { startTimeOffset: offset(delay + cadence.hours), endTimeOffset: offset(delay) };
}

/** ISO 8601, where days stand before the T and hours behind it. */
function offset(hours: number): string {
  return hours > 0 && hours % 24 === 0 ? `-P${hours / 24}D` : `-PT${hours}H`;
}
