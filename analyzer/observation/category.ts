import { Rejection } from '../input/row';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** One spelling for what is the same value: `1.0` is `1`, and so is `true`. */
export function categoryOf(text: string): string {
  const trimmed = text.trim();
  if (/^true$/i.test(trimmed)) return '1';
  if (/^false$/i.test(trimmed)) return '0';
  return NUMBER.test(trimmed) ? String(Number(trimmed) || 0) : trimmed;
}

/** The number, or a Rejection where it cannot be a probability. */
export function probabilityOf(number: number): number {
  if (number < 0 || number > 1) throw new Rejection('the probability is not from 0 to 1; say which column holds it (probabilityAttribute, --probability)');
  return number;
}

/** The number that a text is; `undefined` where it is none. */
export function numberOf(text: string): number | undefined {
  return NUMBER.test(text.trim()) ? Number(text) : undefined;
}
