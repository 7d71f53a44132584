import * as z from 'zod';
import { Alarm, AlarmTransition, CompositeAlarm, Metric, MetricAlarm, alarmReason, isComposite, isMetricAlarm, metricIdentity, watchedSeries } from './alarm';
import { StateSince, describeAlarm } from './alarm-description';
import { AlarmState, Datapoint, evaluateAlarm, statisticOf } from './alarm-evaluation';
import { Location, regionalArn } from './aws-call';
import { dimensionsOf, GetMetricStatistics, PutMetricData, toDatapoint } from './metric-data';
import { Operation, operation } from './operation';

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
  private readonly states = new Map<string, StateSince>();

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

  /** Evaluates every alarm at the clock's time, those of other alarms after these; only changes are told, as only they act. */
  evaluate(): AlarmTransition[] {
    const time = this.clock();
    const alarms = [...this.alarms.values()];
    const seen = new Set<string>();
    return [
      ...alarms.filter(isMetricAlarm).flatMap(alarm => this.evaluateMetrics(alarm, time)),
      ...alarms.filter(isComposite).flatMap(alarm => this.evaluateComposite(alarm, time, seen)),
    ];
  }

  private evaluateMetrics(alarm: MetricAlarm, time: Date): AlarmTransition[] {
    const evaluation = evaluateAlarm(alarm, watchedSeries(alarm, metric => this.data(metric), time), time, this.stateOf(alarm.name));
    return this.change(alarm, evaluation.state, alarmReason(alarm, evaluation), time);
  }

  private evaluateComposite(alarm: CompositeAlarm, time: Date, seen: Set<string>): AlarmTransition[] {
    if (seen.has(alarm.name)) return [];
    seen.add(alarm.name);
    const { alarmNames, isTrue, text } = alarm.rule;
    const children = alarmNames.map(name => this.alarms.get(name)).filter(child => child !== undefined).filter(isComposite);
    const below = children.flatMap(child => this.evaluateComposite(child, time, seen));
    const raised = alarmNames.filter(name => this.stateOf(name) === 'ALARM');
    const state = isTrue(name => this.stateOf(name)) ? 'ALARM' : 'OK';
    const reason = `${text} is ${state === 'ALARM' ? 'true' : 'false'}; in ALARM: ${raised.length === 0 ? 'none' : raised.join(', ')}`;
    return [...below, ...this.change(alarm, state, reason, time)];
  }

  private change(alarm: Alarm, state: AlarmState, reason: string, time: Date): AlarmTransition[] {
    const previous = this.stateOf(alarm.name);
    if (state === previous) return [];
    this.states.set(alarm.name, { state, since: time, reason });
    return [{ alarm, previous, state, reason, time }];
  }

  readonly operations: Record<string, Operation> = {
    PutMetricData: operation(PutMetricData,
      input => ({ action: 'cloudwatch:PutMetricData', resource: '*', conditions: { 'cloudwatch:namespace': input.Namespace } }),
      input => this.putMetricData(input)),
    GetMetricStatistics: operation(GetMetricStatistics,
      () => ({ action: 'cloudwatch:GetMetricStatistics', resource: '*', conditions: {} }),
      input => this.getMetricStatistics(input)),
    DescribeAlarms: operation(DescribeAlarms,
      () => ({ action: 'cloudwatch:DescribeAlarms', resource: regionalArn(this.location, 'cloudwatch', 'alarm:*'), conditions: {} }),
      input => this.describeAlarms(input)),
  };

  private putMetricData({ Namespace: namespace, MetricData }: z.output<typeof PutMetricData>): unknown {
    const now = this.clock();
    // All are checked before any is stored: one bad datum fails the whole call.
    const points = MetricData.map(datum => ({ datum, point: toDatapoint(datum, now) }));
    for (const { datum, point } of points) {
      this.store({ namespace, metricName: datum.MetricName, dimensions: dimensionsOf(datum.Dimensions) }, point);
    }
    return {};
  }

  private getMetricStatistics(input: z.output<typeof GetMetricStatistics>): unknown {
    const { Dimensions, EndTime, MetricName: metricName, Namespace: namespace, Period, StartTime, Statistics } = input;
    const data = this.data({ namespace, metricName, dimensions: dimensionsOf(Dimensions) });
    const length = Period * 1000;
    const periods = Math.ceil((EndTime.getTime() - StartTime.getTime()) / length);
    const starts = Array.from({ length: periods }, (_, index) => StartTime.getTime() + index * length);
    return {
      Label: metricName,
      Datapoints: starts.flatMap((start) => {
        const values = Statistics.map(name => [name, statisticOf(data, name, this.clock())(start, start + length)] as const);
        return values.some(([, value]) => value === undefined) ? [] : [{ Timestamp: start / 1000, ...Object.fromEntries(values) }];
      }),
    };
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
    const { AlarmNames: names, AlarmNamePrefix: prefix = '', AlarmTypes: types = ['MetricAlarm'], StateValue: state } = input;
    const found = [...this.alarms.values()].filter(alarm => (names?.includes(alarm.name) ?? true) && alarm.name.startsWith(prefix)
      && types.includes(isComposite(alarm) ? 'CompositeAlarm' : 'MetricAlarm') && (state === undefined || this.stateOf(alarm.name) === state));
    const from = Number(input.NextToken ?? 0);
    const end = from + input.MaxRecords;
    const page = found.slice(from, end);
    const described = (alarms: readonly Alarm[]): unknown[] => alarms.map(alarm => describeAlarm(this.location, alarm, this.states.get(alarm.name)));
    return {
      MetricAlarms: described(page.filter(isMetricAlarm)),
      CompositeAlarms: described(page.filter(isComposite)),
      ...(end < found.length && { NextToken: String(end) }),
    };
  }
}
