import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ExecutionMetric, MonitorType } from '../../../contract';
import { MonitoringSchedule } from '../../monitoring-schedule';
import { endpointMetric } from '../endpoint-metric';
import { AMOUNT, FULL_WIDTH, graph, row, SHARE } from './graph';
import { MONITOR_WIDGETS } from './monitor-widgets';

/** CloudWatch shows no more in one widget. */
const ALARMS_PER_WIDGET = 100;
const ALARMS_PER_LINE = 4;

/** What is shown of a schedule, row by row. */
export function scheduleRows(schedule: MonitoringSchedule): cloudwatch.IWidget[][] {
  return [
    [heading(schedule)],
    ...alarmRows('Alarms', schedule._alarms),
    row(records(schedule), executions(schedule), ...schedule.endpointName === undefined ? [] : [traffic(schedule), latency(schedule)]),
    ...schedule.monitorTypes.map(type => MONITOR_WIDGETS[type as MonitorType](schedule)),
  ];
}

/** States of alarms, raised ones first. */
export function alarmRows(title: string, alarms: readonly cloudwatch.IAlarm[]): cloudwatch.IWidget[][] {
  const count = Math.ceil(alarms.length / ALARMS_PER_WIDGET);
  return Array.from({ length: count }, (_, index) => alarms.slice(index * ALARMS_PER_WIDGET, (index + 1) * ALARMS_PER_WIDGET)).map(some => [
    new cloudwatch.AlarmStatusWidget({
      title,
      alarms: some,
      width: FULL_WIDTH,
      height: 1 + Math.ceil(some.length / ALARMS_PER_LINE),
      sortBy: cloudwatch.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
    }),
  ]);
}

function heading(schedule: MonitoringSchedule): cloudwatch.IWidget {
  const { cadence, endpointName, latestUri, monitorTypes, scheduleName } = schedule;
  const each = cadence.hours === 1 ? 'Every hour' : `Every ${cadence.hours} hours`;
  return new cloudwatch.TextWidget({
    width: FULL_WIDTH,
    height: 4,
    markdown: [
      endpointName === undefined ? `## Schedule ${scheduleName}` : `## Endpoint ${endpointName}`,
      `${each}, schedule **${scheduleName}** compares the traffic with the training data: ${monitorTypes.join(', ')}. A point is one execution.`,
      'A gap means that nothing was analysed; the alarms say why. A distance is 0 where a feature is distributed as in training, and 1 where nothing is left of that.',
      ...monitorTypes.includes('data-quality') ? [`Newest result, with the address of its report: \`${latestUri}\``] : [],
    ].join('\n\n'),
  });
}

function records(schedule: MonitoringSchedule): cloudwatch.GraphWidgetProps {
  const { RECORDS_ANALYSED, RECORDS_CAPTURED, RECORDS_LABELLED, RECORDS_REJECTED } = ExecutionMetric;
  const needsLabels = schedule.monitorTypes.find(type => type === 'model-quality' || type === 'model-bias');
  return graph('Records of a window', [
    ...[RECORDS_CAPTURED, RECORDS_ANALYSED, RECORDS_REJECTED].map(name => schedule._executionMetric(name)),
    ...needsLabels === undefined ? [] : [schedule._metric(needsLabels, RECORDS_LABELLED)],
  ], AMOUNT);
}

function executions(schedule: MonitoringSchedule): cloudwatch.GraphWidgetProps {
  const pending = schedule._awaitingType === undefined ? [] : [schedule.metricBaselinePending()];
  const without = pending.length === 0 ? 'without data' : 'without data or baseline';
  return {
    ...graph(`Executions: seconds; on the right failed, or ${without}`, [schedule._executionMetric(ExecutionMetric.DURATION)], AMOUNT),
    right: [schedule.metricFailed(), schedule.metricNoData(), ...pending],
    rightYAxis: SHARE,
  };
}

/** What SageMaker itself measures is finer than the cadence. */
const FINE = Duration.minutes(5);

function traffic(schedule: MonitoringSchedule): cloudwatch.GraphWidgetProps {
  const sum = (name: string): cloudwatch.Metric => endpointMetric(schedule, name, { statistic: cloudwatch.Stats.SUM, period: FINE });
  return graph('Invocations and errors', ['Invocations', 'Invocation4XXErrors', 'Invocation5XXErrors'].map(sum), AMOUNT);
}

function latency(schedule: MonitoringSchedule): cloudwatch.GraphWidgetProps {
  const p99 = (name: string): cloudwatch.Metric => endpointMetric(schedule, name, { statistic: cloudwatch.Stats.p(99), period: FINE });
  return graph('Latency (p99, microseconds)', ['ModelLatency', 'OverheadLatency'].map(p99), AMOUNT);
}
