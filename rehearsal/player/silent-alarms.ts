import { isOwnMetric, SCHEDULE_DIMENSION } from '../../lib/contract';
import { CloudWatch, Metric, MetricAlarm } from '../aws';
import { TemplateAlarm } from './alarms';
import { MonitoringSchedule } from './monitoring-schedule';

/** Alarms on what the managed service has nothing like, so that nobody publishes it: they are never raised, as a warning has said at synthesis. */
export function silentAlarms(
  alarms: readonly TemplateAlarm<MetricAlarm>[], monitoring: readonly MonitoringSchedule[], cloudWatch: CloudWatch,
): TemplateAlarm<MetricAlarm>[] {
  const managed = monitoring.filter(({ hoursOf }) => hoursOf === 'request').flatMap(({ monitors }) => monitors.map(({ name }) => name));
  const isSilent = (metric: Metric): boolean =>
    isOwnMetric(metric.metricName) && managed.includes(metric.dimensions[SCHEDULE_DIMENSION] ?? '') && cloudWatch.data(metric).length === 0;
  return alarms.filter(({ alarm }) => alarm.metrics.some(isSilent));
}
