import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace, MonitorType } from '../../../contract';
import { MonitoringSchedule } from '../../monitoring-schedule';

/** What of a monitor's metrics is shown, whichever there are. */
interface Search {
  /** A condition on the metric's name, such as `MetricName="accuracy"`. */
  readonly names: string;
  /** Dimensions beside the endpoint and the monitor. */
  readonly dimensions?: readonly string[];
}

/** All metrics of a monitor that meet a condition: which features are published, and which groups there are, is known only when it runs. */
export function search(schedule: MonitoringSchedule, type: MonitorType, { names, dimensions = [] }: Search): cloudwatch.IMetric {
  const common = Object.entries(schedule._dimensions(type));
  const schema = [`"${metricNamespace(type, schedule.endpointName)}"`, ...common.map(([name]) => name), ...dimensions].join(',');
  const monitor = common.map(([name, value]) => `${name}="${value}"`).join(' ');
  const { period } = schedule.cadence;
  return new cloudwatch.SearchExpression({ expression: `SEARCH('{${schema}} ${monitor} ${names}', 'Maximum', ${period.toSeconds()})`, label: '', period });
}

/** A condition that holds for each of these names. */
export function named(names: readonly string[]): string {
  return `MetricName=(${names.map(name => `"${name}"`).join(' OR ')})`;
}
