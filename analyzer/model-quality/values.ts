import { Cell, Rejection } from '../input/row';

/** What a row without a label counts as. */
export const NOTHING = (): void => undefined;

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
