/** States of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** Statistics that alarms here can watch; percentiles need raw values, which statistic sets do not keep. */
export type AlarmStatistic = 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum';

/** How a datapoint is compared with the threshold. */
type ComparisonOperator
  = 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold';

/** What missing datapoints count as. */
export type MissingDataTreatment = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** What decides an alarm's state: the properties of `AWS::CloudWatch::Alarm`. */
export interface AlarmRule {
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly treatMissingData?: MissingDataTreatment;
}

/** What was put at one instant: a value is a set of one sample. */
export interface Datapoint {
  readonly timestamp: Date;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly sampleCount: number;
}

/** Value of the period that begins and ends at two instants, in milliseconds; none when its data are missing. */
export type Series = (start: number, end: number) => number | undefined;

/** What an evaluation found. */
export interface Evaluation {
  readonly state: AlarmState;
  /** Real datapoints considered, oldest first. */
  readonly datapoints: readonly { readonly start: Date; readonly value: number }[];
}

/** CloudWatch looks back further than asked, so that late points still count. Its documentation's examples look at 5 periods for 3. */
const LOOK_BACK = 2;

const COMPARE: Record<ComparisonOperator, (value: number, threshold: number) => boolean> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Periods begin and end at whole minutes, and an alarm is evaluated every minute. */
const MINUTE = 60_000;

/**
 * State of an alarm as CloudWatch evaluates it at an instant: over a window that slides, so that the newest period ends now.
 *
 * @param lookBack periods before those asked for whose points count where newer ones are missing; CloudWatch promises no number.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 */
export function evaluateAlarm(rule: AlarmRule, series: Series, now: Date, current: AlarmState, lookBack = LOOK_BACK): Evaluation {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, treatMissingData = 'missing' } = rule;
  const range = periods(rule, series, now, evaluationPeriods + lookBack);
  const existing = range.filter(point => point.value !== undefined).slice(-evaluationPeriods) as { start: Date; value: number }[];
  const breaches = (value: number): boolean => COMPARE[rule.comparisonOperator](value, rule.threshold);
  const breaching = existing.filter(point => breaches(point.value)).length;
  const missing = evaluationPeriods - existing.length;

  const state = (): AlarmState => {
    if (breaching + (treatMissingData === 'breaching' ? missing : 0) >= datapointsToAlarm) return 'ALARM';
    if (missing === 0 || treatMissingData === 'breaching' || treatMissingData === 'notBreaching') return 'OK';
    if (breaching < existing.length) return 'OK';
    if (treatMissingData === 'ignore') return current;
    if (existing.length === 0) return 'INSUFFICIENT_DATA';
    // Only breaching points, too few: they alarm once the oldest is old enough to be no passing blip.
    const oldest = range.findIndex(point => point.value !== undefined);
    return range.length - oldest >= datapointsToAlarm ? 'ALARM' : current;
  };
  return { state: state(), datapoints: existing };
}

/** The evaluation range, oldest first; a period without data has no value. */
function periods({ period }: AlarmRule, series: Series, now: Date, count: number): { start: Date; value?: number }[] {
  const length = period * 1000;
  const end = (Math.floor(now.getTime() / MINUTE) + 1) * MINUTE;
  return Array.from({ length: count }, (_, index) => {
    const start = end - (count - index) * length;
    return { start: new Date(start), value: series(start, start + length) };
  });
}

/** A statistic of what was put, as far as it is not of the future. */
export function statisticOf(data: readonly Datapoint[], statistic: AlarmStatistic, now: Date): Series {
  return (start, end) => aggregate(data.filter(({ timestamp }) => timestamp <= now && +timestamp >= start && +timestamp < end), statistic);
}

function aggregate(points: readonly Datapoint[], statistic: AlarmStatistic): number | undefined {
  if (points.length === 0) return undefined;
  const total = (pick: (point: Datapoint) => number): number => points.reduce((sum, point) => sum + pick(point), 0);
  switch (statistic) {
    case 'Maximum': return Math.max(...points.map(point => point.maximum));
    case 'Minimum': return Math.min(...points.map(point => point.minimum));
    case 'Sum': return total(point => point.sum);
    case 'SampleCount': return total(point => point.sampleCount);
    case 'Average': return total(point => point.sum) / total(point => point.sampleCount);
  }
}
