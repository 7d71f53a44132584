import { Annotations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ExecutionMetric } from '../../../contract';

/** Metrics of our own analyzer that neither AWS' containers nor their reports tell; that there was no traffic ends an execution without a job. */
const UNPUBLISHED: readonly string[] = [
  ExecutionMetric.LABELLED_SHARE, ExecutionMetric.NO_DATA, ExecutionMetric.RECORDS_CAPTURED, ExecutionMetric.RECORDS_REJECTED,
];

/** Warns of alarms that would never be raised. */
export function warnOfSilentAlarms(alarms: readonly cloudwatch.Alarm[]): void {
  for (const alarm of alarms) {
    const metricName = metricNames(alarm.metric).find(name => UNPUBLISHED.includes(name));
    if (metricName === undefined) continue;
    Annotations.of(alarm).addWarningV2('cdk-model-monitor:modelMonitorPublishesNot',
      `AWS' containers tell nothing of ${metricName}, so that this alarm is never raised: watch what they do tell, such as DriftMetric.violations, `
      + 'DriftMetric.featureDrift, or the end of executions with ExecutionOverdueAlarm');
  }
}

/** Of the metric that is watched, or of those that an expression names. */
function metricNames(metric: cloudwatch.IMetric): string[] {
  const { metricName, usingMetrics = {} } = metric as Partial<cloudwatch.Metric & cloudwatch.MathExpression>;
  return metricName === undefined ? Object.values(usingMetrics).flatMap(metricNames) : [metricName];
}
