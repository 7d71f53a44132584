import { Window } from '../../../lib/contract';
import { occurrences } from '../../events/cron';
import { UnplayableError } from '../../assembly/unplayable-error';
import { EndpointInput } from './job-definition';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The service begins an execution up to 20 minutes after the hour; here always so late. */
const DELAY = 10 * 60_000;

/** A time at which a schedule is due, and when the service begins to execute it. */
export interface DueTime {
  readonly time: Date;
  readonly moment: Date;
}

/** The times in a span at which a schedule is due. */
export function dueTimes(expression: string, from: Date, to: Date): DueTime[] {
  return occurrences(expression, from, to).map(time => ({ time, moment: new Date(time.getTime() + DELAY) }));
}

/** Whole hours from one execution to the next. */
export function cadenceHours(expression: string): number {
  return 24 / occurrences(expression, new Date(0), new Date(DAY)).length;
}

/** The time since the execution before. */
export function scheduledWindow(scheduled: Date, hours: number): Window {
  return { start: new Date(scheduled.getTime() - hours * HOUR).toISOString(), end: scheduled.toISOString() };
}

/** The window whose requests are analysed: offsets count back from the scheduled time. */
export function analysedWindow(scheduled: Date, hours: number, { StartTimeOffset, EndTimeOffset }: EndpointInput): Window {
  const window = scheduledWindow(scheduled, hours);
  const before = (offset: string): string => new Date(scheduled.getTime() - offsetHours(offset) * HOUR).toISOString();
  return {
    start: StartTimeOffset === undefined ? window.start : before(StartTimeOffset),
    end: EndTimeOffset === undefined ? window.end : before(EndTimeOffset),
  };
}

/** Hours that an offset such as `-P31D` or `-PT25H` goes back. */
export function offsetHours(offset: string): number {
  const [, days, hours] = /^-P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(offset) ?? [];
  if (days === undefined && hours === undefined) {
    throw new UnplayableError(`the offset ${offset} of a monitoring job: the rehearsal knows days and hours, such as -P1D and -PT25H`);
  }
  return Number(days ?? 0) * 24 + Number(hours ?? 0);
}

/** The beginnings of the hours of a window. */
export function hoursOf({ start, end }: Window): Date[] {
  const first = Date.parse(start);
  return Array.from({ length: Math.round((Date.parse(end) - first) / HOUR) }, (_, index) => new Date(first + index * HOUR));
}
