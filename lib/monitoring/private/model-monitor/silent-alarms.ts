import { Annotations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ExecutionMetric, featureMeanShiftMetric } from '../../../contract';

/** Metrics of our own analyzer that neither AWS' containers nor their reports tell; that there was no traffic ends an execution without a job. */
const UNPUBLISHED: readonly string[] = [
  ExecutionMetric.BASELINE_DRIFT_MAX, ExecutionMetric.FEATURE_ATTRIBUTION_NDCG, ExecutionMetric.LABELLED_SHARE, ExecutionMetric.NO_DATA,
  ExecutionMetric.RECORDS_CAPTURED, ExecutionMetric.RECORDS_LABELLED, ExecutionMetric.RECORDS_REJECTED,
];

/** Warns of alarms that would never be raised. */
export function warnOfSilentAlarms(alarms: readonly cloudwatch.Alarm[]): void {
  for (const alarm of alarms) {
    const { metricName } = alarm.metric as Partial<cloudwatch.Metric>;
    if (metricName === undefined || !isUnpublished(metricName)) continue;
    Annotations.of(alarm).addWarningV2('cdk-model-monitor:modelMonitorPublishesNot',
      `AWS' containers tell nothing of ${metricName}, so that this alarm is never raised: watch what they do tell, such as DriftMetric.violations, `
      + 'DriftMetric.featureDrift, or the end of executions with ExecutionOverdueAlarm');
  }
}

function isUnpublished(metricName: string): boolean {
  return UNPUBLISHED.includes(metricName) || metricName.startsWith(featureMeanShiftMetric(''));
}
