import { UnplayableError } from '../assembly/unplayable-error';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: DAY };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * When a schedule expression fires in [from, to): `cron(…)` and `at(…)` in UTC, `rate(…)` counted from `from`.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @throws UnplayableError for an expression that the rehearsal does not understand
 */
export function occurrences(expression: string, from: Date, to: Date, timezone = 'UTC'): Date[] {
  if (timezone !== 'UTC') throw new UnplayableError(`the time zone ${timezone} of ${expression}: the rehearsal's clock knows UTC only`);
  const [, kind, argument = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'cron': return cronTimes(argument, from, to);
    case 'rate': return rateTimes(argument, from, to);
    case 'at': return [atTime(argument)].filter(time => time >= from && time < to);
    default: throw new UnplayableError(`the schedule expression ${expression}: allowed are cron(…), rate(…) and at(…)`);
  }
}

function rateTimes(argument: string, from: Date, to: Date): Date[] {
  const [, count = '', unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(argument) ?? [];
  const step = Number(count) * (UNITS[unit] ?? 0);
  if (step === 0) throw new UnplayableError(`rate(${argument}): it wants a whole number and minutes, hours or days`);
  const times: Date[] = [];
  for (let time = from.getTime(); time < to.getTime(); time += step) times.push(new Date(time));
  return times;
}

function atTime(argument: string): Date {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(argument)) throw new UnplayableError(`at(${argument}): it wants yyyy-mm-ddThh:mm:ss`);
  return new Date(`${argument}Z`);
}

function cronTimes(argument: string, from: Date, to: Date): Date[] {
  const fields = argument.trim().split(/\s+/);
  if (fields.length !== 6) throw new UnplayableError(`cron(${argument}): it has ${fields.length} fields, and wants minutes hours day-of-month month day-of-week year`);
  const [minuteField, hourField, dayField, monthField, weekdayField, yearField] = fields as [string, string, string, string, string, string];
  if ((dayField === '?') === (weekdayField === '?')) throw new UnplayableError(`cron(${argument}): exactly one of day-of-month and day-of-week must be ?`);
  const minutes = values(minuteField, 0, 59);
  const hours = values(hourField, 0, 23);
  const daysOfMonth = values(dayField, 1, 31);
  const months = values(monthField, 1, 12, MONTHS);
  const daysOfWeek = values(weekdayField, 1, 7, WEEKDAYS);
  const years = values(yearField, 1970, 2199);

  const times: Date[] = [];
  for (let midnight = Math.floor(from.getTime() / DAY) * DAY; midnight < to.getTime(); midnight += DAY) {
    const day = new Date(midnight);
    const dayFits = years.has(day.getUTCFullYear()) && months.has(day.getUTCMonth() + 1)
      && daysOfMonth.has(day.getUTCDate()) && daysOfWeek.has(day.getUTCDay() + 1);
    if (!dayFits) continue;
    for (const hour of hours) for (const minute of minutes) times.push(new Date(midnight + (hour * 60 + minute) * MINUTE));
  }
  return times.filter(time => time >= from && time < to);
}

/** The values of one field, ascending; names, lists, ranges and steps are understood. */
function values(field: string, first: number, last: number, names: readonly string[] = []): Set<number> {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, range = '', step = ''] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [low, high] = bounds(range, step, first, last, names);
    const by = step === '' ? 1 : Number(step);
    if (!(low >= first && high <= last && low <= high && by > 0)) {
      throw new UnplayableError(`the field ${field} of a cron expression: it wants ${first}–${last}, lists, ranges or steps; L, W and # are not known`);
    }
    for (let value = low; value <= high; value += by) found.add(value);
  }
  return new Set([...found].sort((a, b) => a - b));
}

function bounds(range: string, step: string, first: number, last: number, names: readonly string[]): [number, number] {
  if (range === '*' || range === '?') return [first, last];
  const [low = NaN, high] = range.split('-').map(text => number(text, first, names));
  return [low, high ?? (step === '' ? low : last)];
}

function number(text: string, first: number, names: readonly string[]): number {
  const named = names.indexOf(text.toUpperCase());
  if (named !== -1) return named + first;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
