import { AlarmRule, AlarmState, AlarmStatistic, Datapoint, MissingDataTreatment, evaluateAlarm, statisticOf } from '../../../rehearsal/aws';

/** Evaluates an alarm on one metric. */
function evaluate(
  { statistic, ...rule }: AlarmRule & { readonly statistic: AlarmStatistic }, data: readonly Datapoint[], now: Date, current: AlarmState,
  lookBack?: number,
) {
  return evaluateAlarm(rule, statisticOf(data, statistic, now), now, current, lookBack);
}

const PERIOD = 3600;
const now = new Date('2026-03-01T12:05:00Z');
const value = (timestamp: Date, number: number) => ({ timestamp, sum: number, minimum: number, maximum: number, sampleCount: 1 });

/** Five hours up to 12:00: 0 is fine, X is breaching, - is missing. */
const points = (picture: string) => picture.split(' ').flatMap((mark, index) =>
  mark === '-' ? [] : [value(new Date(Date.UTC(2026, 2, 1, 7 + index, 20)), mark === 'X' ? 1 : 0)]);

// The examples of CloudWatch's documentation, "How alarm state is evaluated when data is missing"; `current` is INSUFFICIENT_DATA or OK below.
test.each<[number, string, AlarmState, AlarmState | 'retained', AlarmState, AlarmState]>([
  // of 3  points       missing              ignore       breaching notBreaching
  [3, '0 - X - X', 'OK', 'OK', 'OK', 'OK'],
  [3, '- - - - 0', 'OK', 'OK', 'OK', 'OK'],
  [3, '- - - - -', 'INSUFFICIENT_DATA', 'retained', 'ALARM', 'OK'],
  [3, '0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [3, '- - X - -', 'ALARM', 'retained', 'ALARM', 'OK'],
  [2, '0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [2, '0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [2, '0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
  [2, '- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
  [2, '- - - X -', 'ALARM', 'retained', 'ALARM', 'OK'],
])('%i of 3 over %s', (datapointsToAlarm, picture, missing, ignore, breaching, notBreaching) => {
  const stateWith = (treatMissingData: MissingDataTreatment, current: AlarmState) => evaluate({
    statistic: 'Maximum', period: PERIOD, evaluationPeriods: 3, datapointsToAlarm, threshold: 0.5, comparisonOperator: 'GreaterThanThreshold', treatMissingData,
  }, points(picture), now, current).state;
  for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
    expect(stateWith('missing', current)).toBe(missing);
    expect(stateWith('ignore', current)).toBe(ignore === 'retained' ? current : ignore);
    expect(stateWith('breaching', current)).toBe(breaching);
    expect(stateWith('notBreaching', current)).toBe(notBreaching);
  }
});

const single = { statistic: 'Maximum', period: PERIOD, evaluationPeriods: 1, threshold: 0.2, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'ignore' } as const;

test('periods slide with the clock: the newest ends now, whatever the hour', () => {
  const point = value(new Date('2026-03-01T11:20:00Z'), 0.3);
  const at = (time: string) => evaluate(single, [point], new Date(`2026-03-01T${time}Z`), 'OK', 0);
  expect(at('11:20:30')).toEqual({ state: 'ALARM', datapoints: [{ start: new Date('2026-03-01T10:21:00Z'), value: 0.3 }] });
  expect(at('12:19:59').datapoints).toEqual([{ start: new Date('2026-03-01T11:20:00Z'), value: 0.3 }]);
  expect(at('12:20:00')).toEqual({ state: 'OK', datapoints: [] });
});

test('two points of different hours share a period that slides over both', () => {
  const points = [value(new Date('2026-03-01T11:50:00Z'), 0.3), value(new Date('2026-03-01T12:12:00Z'), 0.1)];
  const state = (time: string) => evaluate(single, points, new Date(`2026-03-01T${time}Z`), 'ALARM').state;
  expect([state('12:12:30'), state('12:49:59'), state('12:50:00')]).toEqual(['ALARM', 'ALARM', 'OK']);
});

test('where the newest points are missing, older ones count, as far as CloudWatch looks back', () => {
  const drift = [value(new Date('2026-03-01T09:50:00Z'), 0.3)];
  const states = [0, 1, 2].map(lookBack => evaluate(single, drift, now, 'OK', lookBack).state);
  expect(states).toEqual(['OK', 'OK', 'ALARM']);
});

test('a point counts as soon as it is there', () => {
  const earlier = value(new Date('2026-03-01T11:17:00Z'), 0.1);
  expect(evaluate(single, [earlier], now, 'INSUFFICIENT_DATA').state).toBe('OK');
  expect(evaluate(single, [earlier, value(new Date('2026-03-01T12:04:00Z'), 0.3)], now, 'OK').state).toBe('ALARM');
});

test('a point of the future does not count', () => {
  expect(evaluate(single, [value(new Date('2026-03-01T12:30:00Z'), 0.3)], now, 'OK').state).toBe('OK');
});

test('a value on the threshold breaches only operators that include it', () => {
  const data = [value(new Date('2026-03-01T12:01:00Z'), 0.2)];
  const operators = ['GreaterThanThreshold', 'GreaterThanOrEqualToThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'] as const;
  expect(operators.map(comparisonOperator => evaluate({ ...single, comparisonOperator }, data, now, 'OK').state)).toEqual(['OK', 'ALARM', 'OK', 'ALARM']);
});

test('statistics are those of all points of a period, sets included', () => {
  const data = [
    { timestamp: new Date('2026-03-01T12:01:00Z'), sum: 6, minimum: 1, maximum: 3, sampleCount: 3 },
    value(new Date('2026-03-01T12:02:00Z'), 10),
  ];
  const statistics = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] as const;
  expect(statistics.map(statistic => evaluate({ ...single, statistic }, data, now, 'OK').datapoints[0]?.value)).toEqual([4, 10, 1, 4, 16]);
});
