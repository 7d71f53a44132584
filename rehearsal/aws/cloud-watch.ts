import { z } from 'zod';
import { Alarm, AlarmTransition, Metric, alarmReason, metricIdentity } from './alarm';
import { AlarmState, Datapoint, evaluateAlarm } from './alarm-evaluation';
import { Location, regionalArn } from './aws-call';
import { PutMetricData, toDatapoint } from './metric-data';
import { Operation, epochSeconds, operation } from './operation';

const DescribeAlarms = z.object({
  AlarmNames: z.array(z.string()).max(100).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).optional(),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
  MaxRecords: z.number().int().min(1).max(100).default(50),
  NextToken: z.string().optional(),
});

/** CloudWatch: metrics, and alarms that are evaluated when asked. */
export class CloudWatch {
  /** Alarms by name. */
  readonly alarms = new Map<string, Alarm>();
  /** Every metric that somebody published. */
  readonly metrics: (Metric & { readonly data: Datapoint[] })[] = [];
  private readonly metricsByIdentity = new Map<string, Datapoint[]>();
  private readonly states = new Map<string, { state: AlarmState; since: Date; reason: string }>();

  constructor(private readonly location: Location, private readonly clock: () => Date) {}

  /** Makes an alarm exist; its state is INSUFFICIENT_DATA. */
  putAlarm(alarm: Alarm): void {
    this.alarms.set(alarm.name, alarm);
  }

  /** Points of a metric, in the order in which they were put. */
  data(metric: Metric): readonly Datapoint[] {
    return this.metricsByIdentity.get(metricIdentity(metric)) ?? [];
  }

  /** State of an alarm. */
  stateOf(alarmName: string): AlarmState {
    return this.states.get(alarmName)?.state ?? 'INSUFFICIENT_DATA';
  }

  /** Evaluates every alarm at the clock's time; only changes are told, as only they act. */
  evaluate(): AlarmTransition[] {
    const time = this.clock();
    return [...this.alarms.values()].flatMap((alarm) => {
      const previous = this.stateOf(alarm.name);
      const evaluation = evaluateAlarm(alarm, this.data(alarm), time, previous);
      if (evaluation.state === previous) return [];
      const transition = { alarm, previous, state: evaluation.state, reason: alarmReason(alarm, evaluation), time };
      this.states.set(alarm.name, { state: evaluation.state, since: time, reason: transition.reason });
      return [transition];
    });
  }

  readonly operations: Record<string, Operation> = {
    PutMetricData: operation(PutMetricData,
      input => ({ action: 'cloudwatch:PutMetricData', resource: '*', conditions: { 'cloudwatch:namespace': input.Namespace } }),
      input => this.putMetricData(input)),
    DescribeAlarms: operation(DescribeAlarms,
      () => ({ action: 'cloudwatch:DescribeAlarms', resource: regionalArn(this.location, 'cloudwatch', 'alarm:*'), conditions: {} }),
      input => this.describeAlarms(input)),
  };

  private putMetricData({ Namespace: namespace, MetricData }: z.output<typeof PutMetricData>): unknown {
    const now = this.clock();
    // All are checked before any is stored: one bad datum fails the whole call.
    const points = MetricData.map(datum => ({ datum, point: toDatapoint(datum, now) }));
    for (const { datum, point } of points) {
      const dimensions = Object.fromEntries(datum.Dimensions.map(({ Name, Value }) => [Name, Value]));
      this.store({ namespace, metricName: datum.MetricName, dimensions }, point);
    }
    return {};
  }

  private store(metric: Metric, point: Datapoint): void {
    const key = metricIdentity(metric);
    const known = this.metricsByIdentity.get(key);
    if (known) {
      known.push(point);
      return;
    }
    const data = [point];
    this.metricsByIdentity.set(key, data);
    this.metrics.push({ ...metric, data });
  }

  private describeAlarms(input: z.output<typeof DescribeAlarms>): unknown {
    const { AlarmNames: names, AlarmNamePrefix: prefix = '', StateValue: state } = input;
    const found = [...this.alarms.values()].filter(({ name }) =>
      (names?.includes(name) ?? true) && name.startsWith(prefix) && (state === undefined || this.stateOf(name) === state));
    const from = Number(input.NextToken ?? 0);
    const end = from + input.MaxRecords;
    return {
      MetricAlarms: found.slice(from, end).map(alarm => this.describe(alarm)),
      CompositeAlarms: [],
      ...(end < found.length && { NextToken: String(end) }),
    };
  }

  private describe(alarm: Alarm): unknown {
    const state = this.states.get(alarm.name);
    return {
      AlarmName: alarm.name,
      AlarmArn: regionalArn(this.location, 'cloudwatch', `alarm:${alarm.name}`),
      StateValue: state?.state ?? 'INSUFFICIENT_DATA',
      StateReason: state?.reason ?? 'Unchecked: Initial alarm creation',
      ...(state && { StateUpdatedTimestamp: epochSeconds(state.since), StateTransitionedTimestamp: epochSeconds(state.since) }),
      Namespace: alarm.namespace,
      MetricName: alarm.metricName,
      Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: alarm.statistic,
      Period: alarm.period,
      EvaluationPeriods: alarm.evaluationPeriods,
      DatapointsToAlarm: alarm.datapointsToAlarm,
      Threshold: alarm.threshold,
      ComparisonOperator: alarm.comparisonOperator,
      TreatMissingData: alarm.treatMissingData,
    };
  }
}
