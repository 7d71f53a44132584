import { Window } from '../../lib/contract';

/** Instants in ms, [start, end). */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** The instants of a window; without one, all. */
export function timeSpan(window: Window | undefined): TimeSpan {
  return window ? { start: Date.parse(window.start), end: Date.parse(window.end) } : { start: -Infinity, end: Infinity };
}

/** Whether an instant lies in a span. */
export function contains({ start, end }: TimeSpan, time: number): boolean {
  return time >= start && time < end;
}
