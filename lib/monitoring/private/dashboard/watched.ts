import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace, MonitorType } from '../../../contract';
import { MonitoringSchedule } from '../../monitoring-schedule';

/** What alarms watch, and their thresholds. */
export interface Watched {
  readonly metrics: readonly cloudwatch.IMetric[];
  readonly thresholds: readonly cloudwatch.HorizontalAnnotation[];
}

/** The metrics of a monitor that alarms watch, each once, where their names begin so; before them those that are always shown. */
export function watched(
  schedule: MonitoringSchedule, type: MonitorType, prefixes: readonly string[], always: readonly cloudwatch.IMetric[] = [],
): Watched {
  const namespace = metricNamespace(type, schedule.endpointName);
  const alarms = schedule._alarms.filter(({ metric }) => {
    const { metricStat } = metric.toMetricConfig();
    return metricStat?.namespace === namespace && prefixes.some(prefix => metricStat.metricName.startsWith(prefix));
  });
  const all = [...always, ...alarms.map(({ metric }) => metric)];
  const identities = all.map(identity);
  return { metrics: all.filter((_, index) => identities.indexOf(identities[index] ?? '') === index), thresholds: alarms.map(alarm => alarm.toAnnotation()) };
}

function identity(metric: cloudwatch.IMetric): string {
  const { metricStat } = metric.toMetricConfig();
  return JSON.stringify([metricStat?.metricName, metricStat?.dimensions]);
}
