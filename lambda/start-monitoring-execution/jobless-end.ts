import { ExecutionConfig, ExecutionMetric, ExecutionResult, MetricRecord, MonitorConfig, executionJobName, reportUri } from '../../lib/contract';
import { executionMetrics } from '../shared/metric-data';

/** Why an execution ends without a job: nothing was captured, or there is no baseline, not yet or because its job failed. */
export type JoblessEnd = { readonly status: 'NoData' } | { readonly status: 'BaselinePending' } | { readonly status: 'Failed'; readonly failureReason: string };

/** How it ended, as results tell it. */
export function joblessResult({ schedule, window }: ExecutionConfig, monitor: string, end: JoblessEnd): ExecutionResult {
  const endpoint = schedule.capture.endpointName;
  return {
    ...(endpoint !== undefined && { endpoint }),
    schedule: schedule.name,
    monitor,
    execution: executionJobName(schedule.job.namePrefix, window),
    ...end,
    window,
    records: { captured: 0, analysed: 0, rejected: 0, outsideWindow: 0 },
    violations: 0,
    features: [],
    explanations: [],
    reportUri: reportUri(schedule.output.uri, endpoint, monitor, window),
  };
}

/** The metrics that say so: whoever waits for a sign of life gets one. */
export function joblessMetrics({ schedule }: ExecutionConfig, { baseline, name }: MonitorConfig, { status }: JoblessEnd, time: Date): MetricRecord[] {
  return executionMetrics(schedule, name, time, {
    [ExecutionMetric.FAILED]: status === 'Failed' ? 1 : 0,
    ...(status === 'NoData' && { [ExecutionMetric.NO_DATA]: 1, [ExecutionMetric.RECORDS_CAPTURED]: 0 }),
    ...(baseline.currentUri !== undefined && { [ExecutionMetric.BASELINE_PENDING]: status === 'BaselinePending' ? 1 : 0 }),
  });
}
