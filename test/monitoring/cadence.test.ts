import { Duration } from 'aws-cdk-lib';
import { Cadence } from '../../lib';

test.each([
  [Cadence.hourly(), 1, 'cron(10 * * * ? *)'],
  [Cadence.everyHours(6), 6, 'cron(10 0/6 * * ? *)'],
  [Cadence.everyHours(24), 24, 'cron(10 0 * * ? *)'],
  [Cadence.daily(), 24, 'cron(10 0 * * ? *)'],
  [Cadence.daily({ hour: 5 }), 24, 'cron(10 5 * * ? *)'],
])('a cadence executes ten minutes after a window has ended (%#)', (cadence, hours, expression) => {
  expect(cadence.hours).toBe(hours);
  expect(cadence.period.toHours()).toBe(hours);
  expect(cadence._expression(10)).toBe(expression);
});

test.each([
  [Cadence.hourly(), 'cron(15 * * * ? *)'],
  [Cadence.everyHours(6), 'cron(15 3/6 * * ? *)'],
  [Cadence.daily({ hour: 22 }), 'cron(15 1 * * ? *)'],
])('what comes hours after a window has ended, comes at the same cadence (%#)', (cadence, expression) => {
  expect(cadence._expression(3 * 60 + 15)).toBe(expression);
});

test.each([0, 5, 1.5, 48, NaN])('fails when the day is not a multiple of %p hours', (hours) => {
  expect(() => Cadence.everyHours(hours)).toThrow(`must be one of 1, 2, 3, 4, 6, 8, 12, 24 hours so that windows are of one length, got ${hours}`);
});

test.each([-1, 24, 0.5])('fails when a daily cadence begins at hour %p', (hour) => {
  expect(() => Cadence.daily({ hour })).toThrow(`the hour of a daily cadence must be a whole number from 0 to 23, got ${hour}`);
});

test.each([
  [() => Cadence.hourly({ jitter: Duration.hours(1) }), 'jitter must be whole minutes from 1 to 59, less than the cadence of 1 h, got 1 hour'],
  [() => Cadence.everyHours(6, { jitter: Duration.seconds(90) }), 'jitter must be whole minutes from 1 to 359, less than the cadence of 6 h, got 1 minute 30 seconds'],
  [() => Cadence.daily({ jitter: Duration.minutes(0) }), 'jitter must be whole minutes from 1 to 1439, less than the cadence of 24 h, got 0 minutes'],
])('fails when the jitter is out of its bounds (%#)', (cadence, message) => {
  expect(cadence).toThrow(message);
});
