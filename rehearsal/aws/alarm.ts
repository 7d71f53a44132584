import { AlarmRule, AlarmState, Evaluation } from './alarm-evaluation';

/** A metric: its namespace, name, and exactly these dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** An alarm of one metric. */
export interface Alarm extends Metric, AlarmRule {
  readonly name: string;
}

/** An alarm that changed its state. */
export interface AlarmTransition {
  readonly alarm: Alarm;
  readonly previous: AlarmState;
  readonly state: AlarmState;
  readonly reason: string;
  readonly time: Date;
}

/** Equal for equal metrics, whatever the order of their dimensions. */
export function metricIdentity({ namespace, metricName, dimensions }: Metric): string {
  return JSON.stringify([namespace, metricName, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Why an alarm has its state, as the console tells it. */
export function alarmReason(alarm: Alarm, { state, datapoints }: Evaluation): string {
  if (datapoints.length === 0) return `No datapoints were received for ${alarm.evaluationPeriods} period(s)`;
  const values = datapoints.map(({ value, start }) => `${value} (${start.toISOString()})`).join(', ');
  return `${state === 'ALARM' ? 'Threshold Crossed' : 'Threshold not crossed'}: ${alarm.metricName} [${values}], ${alarm.comparisonOperator} ${alarm.threshold}`;
}
