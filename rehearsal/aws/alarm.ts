import { AlarmRule, AlarmState, AlarmStatistic, Datapoint, Evaluation, Series, statisticOf } from './alarm-evaluation';
import { CompositeRule } from './composite-rule';
import { MetricMath } from './metric-math';

/** A metric: its namespace, name, and exactly these dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** How the points of a metric become one value a period. */
export interface MetricStat extends Metric {
  /** By which expressions name it. */
  readonly id: string;
  readonly statistic: AlarmStatistic;
}

/** An alarm of a metric, or of an expression over several. */
export interface MetricAlarm extends AlarmRule {
  readonly name: string;
  readonly metrics: readonly MetricStat[];
  /** By id, each after those that it names; the last is what the alarm watches. Without any it watches its only metric. */
  readonly expressions?: readonly { readonly id: string; readonly math: MetricMath }[];
}

/** An alarm of other alarms. */
export interface CompositeAlarm {
  readonly name: string;
  readonly rule: CompositeRule;
  readonly suppressor?: ActionsSuppressor;
}

/** While another alarm is raised, a composite alarm does nothing. */
export interface ActionsSuppressor {
  readonly alarmName: string;
  /** Seconds in which the other may be raised before the composite alarm acts. */
  readonly wait: number;
  /** Seconds after the other's end in which it still does nothing. */
  readonly extension: number;
}

/** Any alarm. */
export type Alarm = MetricAlarm | CompositeAlarm;

/** An alarm that changed its state. */
export interface AlarmTransition {
  readonly alarm: Alarm;
  readonly previous: AlarmState;
  readonly state: AlarmState;
  readonly reason: string;
  readonly time: Date;
}

/** Whether an alarm is made of others. */
export function isComposite(alarm: Alarm): alarm is CompositeAlarm {
  return 'rule' in alarm;
}

/** Whether an alarm watches metrics itself. */
export function isMetricAlarm(alarm: Alarm): alarm is MetricAlarm {
  return !isComposite(alarm);
}

/** Equal for equal metrics, whatever the order of their dimensions. */
export function metricIdentity({ namespace, metricName, dimensions }: Metric): string {
  return JSON.stringify([namespace, metricName, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** What an alarm watches: a metric's name, or the expression with the names in it. */
export function watchedBy({ metrics, expressions = [] }: MetricAlarm): string {
  const names = new Map(metrics.map(({ id, metricName }) => [id, metricName]));
  for (const { id, math } of expressions) names.set(id, math.text.replace(/\b[a-z]\w*\b/g, name => names.get(name) ?? name));
  return [...names.values()].at(-1) ?? '';
}

/** The values that an alarm judges, made of what was put. */
export function watchedSeries({ metrics, expressions = [] }: MetricAlarm, dataOf: (metric: Metric) => readonly Datapoint[], now: Date): Series {
  const statistics = metrics.map(metric => [metric.id, statisticOf(dataOf(metric), metric.statistic, now)] as const);
  return (start, end) => {
    const values = new Map(statistics.map(([id, series]) => [id, series(start, end)]));
    for (const { id, math } of expressions) values.set(id, math.evaluate(name => values.get(name)));
    return [...values.values()].at(-1);
  };
}

/** Why an alarm has its state, as the console tells it. */
export function alarmReason(alarm: MetricAlarm, { state, datapoints }: Evaluation): string {
  if (datapoints.length === 0) return `No datapoints were received for ${alarm.evaluationPeriods} period(s)`;
  const values = datapoints.map(({ value, start }) => `${value} (${start.toISOString()})`).join(', ');
  return `${state === 'ALARM' ? 'Threshold Crossed' : 'Threshold not crossed'}: ${watchedBy(alarm)} [${values}], ${alarm.comparisonOperator} ${alarm.threshold}`;
}
