import { Window } from '../../lib/contract';

/** `2026-01-31 09:00 – 10:00 UTC`; the day of the end only where it is another. */
export function windowText({ start, end }: Window): string {
  const [from, to] = [start, end].map(instant => new Date(instant).toISOString().slice(0, 16).replace('T', ' ')) as [string, string];
  return `${from} – ${to.startsWith(from.slice(0, 10)) ? to.slice(11) : to} UTC`;
}
