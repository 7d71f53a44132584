import { ExecutionConfig, ExecutionMetric, ExecutionResult, MetricRecord, executionJobName, reportUri } from '../../lib/contract';
import { executionMetrics } from '../shared/metric-data';

/** How an execution ended for which nothing was captured. */
export function noDataResult({ schedule, window }: ExecutionConfig, monitor: string): ExecutionResult {
  const endpoint = schedule.capture.endpointName;
  return {
    ...(endpoint !== undefined && { endpoint }),
    schedule: schedule.name,
    monitor,
    execution: executionJobName(schedule.job.namePrefix, window),
    status: 'NoData',
    window,
    records: { captured: 0, analysed: 0, rejected: 0, outsideWindow: 0 },
    violations: 0,
    features: [],
    explanations: [],
    reportUri: reportUri(schedule.output.uri, endpoint, monitor, window),
  };
}

/** The metrics that say so. Nothing failed: whoever waits for a sign of life gets one. */
export function noDataMetrics({ schedule }: ExecutionConfig, monitor: string, time: Date): MetricRecord[] {
  return executionMetrics(schedule, monitor, time, {
    [ExecutionMetric.NO_DATA]: 1, [ExecutionMetric.FAILED]: 0, [ExecutionMetric.RECORDS_CAPTURED]: 0,
  });
}
