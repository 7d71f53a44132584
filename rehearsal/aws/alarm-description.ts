import { Alarm, CompositeAlarm, MetricAlarm, MetricStat, isComposite } from './alarm';
import { AlarmState } from './alarm-evaluation';
import { Location, regionalArn } from './aws-call';
import { epochSeconds } from './operation';

/** The state of an alarm that has been evaluated. */
export interface StateSince {
  readonly state: AlarmState;
  readonly since: Date;
  readonly reason: string;
}

/** An alarm as DescribeAlarms answers it. */
export function describeAlarm(location: Location, alarm: Alarm, state: StateSince | undefined): unknown {
  return {
    AlarmName: alarm.name,
    AlarmArn: regionalArn(location, 'cloudwatch', `alarm:${alarm.name}`),
    StateValue: state?.state ?? 'INSUFFICIENT_DATA',
    StateReason: state?.reason ?? 'Unchecked: Initial alarm creation',
    ...(state && { StateUpdatedTimestamp: epochSeconds(state.since), StateTransitionedTimestamp: epochSeconds(state.since) }),
    ...isComposite(alarm) ? composite(alarm) : metric(alarm),
  };
}

function composite({ rule, suppressor }: CompositeAlarm): object {
  return {
    AlarmRule: rule.text,
    ...suppressor && {
      ActionsSuppressor: suppressor.alarmName,
      ActionsSuppressorWaitPeriod: suppressor.wait,
      ActionsSuppressorExtensionPeriod: suppressor.extension,
    },
  };
}

function metric(alarm: MetricAlarm): object {
  return {
    ...watched(alarm),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparisonOperator,
    TreatMissingData: alarm.treatMissingData,
  };
}

function watched({ expressions, metrics, period }: MetricAlarm): object {
  const [only] = metrics;
  if (expressions === undefined && only !== undefined) return { ...named(only), Statistic: only.statistic, Period: period };
  return {
    Metrics: [
      ...(expressions ?? []).map(({ id, math }, index, all) => ({ Id: id, Expression: math.text, ReturnData: index === all.length - 1 })),
      ...metrics.map(stat => ({ Id: stat.id, MetricStat: { Metric: named(stat), Period: period, Stat: stat.statistic }, ReturnData: false })),
    ],
  };
}

function named({ namespace, metricName, dimensions }: MetricStat): object {
  return { Namespace: namespace, MetricName: metricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) };
}
