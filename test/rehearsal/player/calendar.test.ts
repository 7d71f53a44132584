import { Calendar } from '../../../rehearsal/player/calendar';
import { MonitoringSchedule } from '../../../rehearsal/player/monitoring-schedule';
import { Scenario } from '../../../rehearsal/traffic/scenario';

const SCENARIO: Scenario = {
  firstHour: 9, hours: 2, recordsPerHour: 1, days: ['first', 'second'].map(what => ({ what, only: undefined, mislabel: 0, alarms: [], planted: [] })),
};
const schedule = (cadenceHours: number, labelDelayHours?: number): Pick<MonitoringSchedule, 'cadenceHours' | 'capture' | 'monitors'> =>
  ({ cadenceHours, capture: { uri: 's3://b/capture' }, monitors: [{ type: 'model-quality', name: 'quality', baseline: { constraintsUri: 's3://b/c.json' }, labelDelayHours }] });
const HOURLY = schedule(1);
const DAILY = schedule(24);
const LATE = schedule(24, 720);

const calendar = Calendar.days(new Date('2026-01-06T00:00:00Z'), SCENARIO, [HOURLY, DAILY, LATE]);
const plays = (time: string, config?: typeof HOURLY): boolean => calendar.plays(new Date(`${time}:00Z`), config);

test('the hours with traffic are those of each day, and the end comes after the last labels', () => {
  expect(calendar.hours.map(hour => hour.toISOString().slice(0, 13))).toEqual(['2026-01-06T09', '2026-01-06T10', '2026-01-07T09', '2026-01-07T10']);
  expect(calendar.begin.toISOString()).toBe('2026-01-06T09:30:00.000Z');
  expect(calendar.end.toISOString()).toBe('2026-02-08T01:00:00.000Z');
});

test('an execution is played when its window holds traffic, and idle ones are skipped', () => {
  expect(['2026-01-06T09:10', '2026-01-06T10:10', '2026-01-06T11:10', '2026-01-06T12:10'].map(time => plays(time, HOURLY))).toEqual([false, true, true, false]);
  expect(['2026-01-06T00:10', '2026-01-07T00:10', '2026-01-08T00:10', '2026-01-09T00:10'].map(time => plays(time, DAILY))).toEqual([false, true, true, false]);
});

test('where labels take 30 days, the execution 30 days later is played', () => {
  expect(['2026-01-07T00:10', '2026-02-05T00:10', '2026-02-06T00:10', '2026-02-07T00:10', '2026-02-08T00:10'].map(time => plays(time, LATE)))
    .toEqual([false, false, true, true, false]);
});

test('what is no monitoring schedule is played in the hour after traffic', () => {
  expect(['2026-01-06T09:00', '2026-01-06T10:20', '2026-01-06T13:00'].map(time => plays(time))).toEqual([false, true, false]);
});

test('hours in a row skip nothing', () => {
  const hours = Calendar.consecutive(new Date('2026-01-05T08:00:00Z'), 3);

  expect(hours.end.toISOString()).toBe('2026-01-05T12:00:00.000Z');
  expect(hours.plays(new Date('2026-01-05T11:10:00Z'), HOURLY)).toBe(true);
});

test('the executions of transform jobs come later by what those may take', () => {
  const transform = { encoding: 'CSV', joinsInput: false, longestHours: 2 } as MonitoringSchedule['capture']['transform'];
  const slow = { ...HOURLY, capture: { uri: 's3://b', transform } };
  const hours = Calendar.consecutive(new Date('2026-01-05T08:00:00Z'), 3, [HOURLY, slow]);

  expect(hours.end.toISOString()).toBe('2026-01-05T14:00:00.000Z');
  const times = ['09:10', '10:10', '11:10', '12:10', '13:10', '14:10'].map(time => new Date(`2026-01-05T${time}:00Z`));
  expect(times.map(time => hours.plays(time, HOURLY))).toEqual([true, true, true, false, false, false]);
  expect(times.map(time => hours.plays(time, slow))).toEqual([false, false, true, true, true, false]);
});
