import { occurrences } from '../../../rehearsal/events/cron';

const from = new Date('2026-11-22T00:00:00Z');

function times(expression: string, to: string, start = from): string[] {
  return occurrences(expression, start, new Date(to)).map(time => time.toISOString().slice(0, 16));
}

describe('schedule expression', () => {
  test('fires ten minutes past every hour, the end excluded', () => {
    expect(times('cron(10 * * * ? *)', '2026-11-22T03:10:00Z')).toEqual(['2026-11-22T00:10', '2026-11-22T01:10', '2026-11-22T02:10']);
  });

  test('starts inside of a day', () => {
    expect(times('cron(10 * * * ? *)', '2026-11-22T06:00:00Z', new Date('2026-11-22T04:30:00Z'))).toEqual(['2026-11-22T05:10']);
  });

  test.each([
    ['cron(0 0/6 * * ? *)', '2026-11-23T00:00:00Z', ['2026-11-22T00:00', '2026-11-22T06:00', '2026-11-22T12:00', '2026-11-22T18:00']],
    ['cron(0 9 ? * MON-WED *)', '2026-11-26T00:00:00Z', ['2026-11-23T09:00', '2026-11-24T09:00', '2026-11-25T09:00']],
    ['cron(30 8,20 1 DEC ? 2026)', '2027-01-01T00:00:00Z', ['2026-12-01T08:30', '2026-12-01T20:30']],
    ['cron(0 0 ? * 1 *)', '2026-11-30T00:00:00Z', ['2026-11-22T00:00', '2026-11-29T00:00']],
    ['rate(8 hours)', '2026-11-23T00:00:00Z', ['2026-11-22T00:00', '2026-11-22T08:00', '2026-11-22T16:00']],
    ['at(2026-11-22T05:00:00)', '2026-11-23T00:00:00Z', ['2026-11-22T05:00']],
    ['at(2025-11-22T05:00:00)', '2026-11-23T00:00:00Z', []],
  ])('%s', (expression, to, expected) => {
    expect(times(expression, to)).toEqual(expected);
  });

  test.each([
    ['cron(*/5 * * * *)', 'it has 5 fields, and wants minutes hours'],
    ['cron(0 0 * * * *)', 'exactly one of day-of-month and day-of-week must be ?'],
    ['cron(0 0 L * ? *)', 'the field L of a cron expression: it wants 1–31'],
    ['cron(61 * * * ? *)', 'the field 61 of a cron expression: it wants 0–59'],
    ['rate(0 minutes)', 'rate(0 minutes): it wants a whole number and minutes, hours or days'],
    ['at(tomorrow)', 'at(tomorrow): it wants yyyy-mm-ddThh:mm:ss'],
    ['hourly', 'the schedule expression hourly: allowed are cron(…), rate(…) and at(…)'],
  ])('names what it does not understand: %s', (expression, message) => {
    expect(() => occurrences(expression, from, new Date('2026-11-23T00:00:00Z'))).toThrow(message);
  });

  test('does not guess at other time zones', () => {
    expect(() => occurrences('cron(10 * * * ? *)', from, from, 'Europe/Berlin')).toThrow('the time zone Europe/Berlin');
  });
});
