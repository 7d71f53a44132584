import { Cell, Rejection } from '../input/row';

/** What a row without a label counts as. */
export const NOTHING = (): void => undefined;

/** A label as it is compared: numbers as numbers (`1.0` is 1), truth values as 1 and 0, everything else as text. */
export function labelText(cell: string): string {
  const text = cell.trim();
  if (/^true$/i.test(text)) return '1';
  if (/^false$/i.test(text)) return '0';
  const number = text === '' ? NaN : Number(text);
  return Number.isFinite(number) ? String(number === 0 ? 0 : number) : text;
}

/** A finite number, or a Rejection that names what is none. */
export function numberOf(cell: string, what: string): number {
  const number = cell.trim() === '' ? NaN : Number(cell);
  if (!Number.isFinite(number)) throw new Rejection(`the ${what} is no number`);
  return number;
}

/** A value that must be there. */
export function present(cell: Cell, what: string): string {
  if (cell === null) throw new Rejection(`the ${what} is missing`);
  return cell;
}
