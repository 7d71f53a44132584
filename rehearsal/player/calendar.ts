import { delayedWindow, scheduledWindow, Window } from '../../lib/contract';
import { Scenario } from '../traffic/scenario';
import { MonitoringSchedule } from './monitoring-schedule';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Cadenced = Pick<MonitoringSchedule, 'cadenceHours' | 'capture' | 'monitors'>;

/** Hours with traffic, one after the other. */
export interface Span {
  readonly start: Date;
  readonly hours: number;
}

/**
 * Which hours of a rehearsal have traffic, and which executions are played: those whose window holds some of it. Hours in which nobody asks are
 * skipped.
 */
export class Calendar {
  /** Hours in a row; every schedule is played from the first of them until an hour after the last, or later by what its transform jobs may take. */
  public static consecutive(start: Date, hours: number, schedules: readonly Cadenced[] = []): Calendar {
    return new Calendar([{ start, hours }], hour(start, hours + 1 + Math.max(0, ...schedules.map(transformHours))));
  }

  /** Some hours of each day, and what is executed once their labels are known. */
  public static days(midnight: Date, { days, firstHour, hours }: Scenario, schedules: readonly Cadenced[]): Calendar {
    const spans = days.map((_, day) => ({ start: new Date(midnight.getTime() + day * DAY + firstHour * HOUR), hours }));
    const waits = schedules.flatMap(schedule => schedule.monitors.map(({ labelDelayHours = 0 }) =>
      schedule.cadenceHours + labelDelayHours + transformHours(schedule)));
    return new Calendar(spans, new Date(midnight.getTime() + days.length * DAY + (Math.max(...waits) + 1) * HOUR), true);
  }

  private constructor(public readonly spans: readonly Span[], public readonly end: Date, private readonly skips = false) {}

  /** Before the first execution. */
  public get begin(): Date {
    return new Date((this.spans[0]?.start.getTime() ?? 0) + HOUR / 2);
  }

  /** The beginnings of the hours with traffic. */
  public get hours(): Date[] {
    return this.spans.flatMap(({ start, hours }) => Array.from({ length: hours }, (_, index) => hour(start, index)));
  }

  /** Whether what a schedule does at an instant is played. */
  public plays(time: Date, schedule: Cadenced | undefined): boolean {
    if (!this.skips) return this.spans.some(({ start, hours }) => isFollowed(hour(start, transformHours(schedule)), hours, time));
    if (schedule === undefined) return this.dayOf({ start: hour(time, -1).toISOString(), end: time.toISOString() }) !== undefined;
    const window = scheduledWindow(time.toISOString(), schedule);
    return schedule.monitors.some(({ labelDelayHours = 0 }) => this.dayOf(delayedWindow(window, labelDelayHours)) !== undefined);
  }

  /** Number of the span, from 0, whose traffic lies in a window. */
  public dayOf({ start, end }: Window): number | undefined {
    const found = this.spans.findIndex(span => span.start.getTime() < Date.parse(end) && hour(span.start, span.hours).getTime() > Date.parse(start));
    return found < 0 ? undefined : found;
  }
}

/** Whole hours that the transform jobs may take which a schedule watches. */
function transformHours(schedule: Cadenced | undefined): number {
  return schedule?.capture.transform?.longestHours ?? 0;
}

/** Whether an execution at that time is about hours that began at a start; minutes past the full hour, it is about the hour before. */
function isFollowed(start: Date, hours: number, time: Date): boolean {
  return time >= hour(start, 1 / 2) && time < hour(start, hours + 1);
}

function hour(from: Date, index: number): Date {
  return new Date(from.getTime() + index * HOUR);
}
