import { Cell } from '../input/row';
import { categoryOf, numberOf } from '../observation/category';

/** The values of the group variable, numbered as they come; a missing one is a value as well. */
export class Strata {
  private readonly numbers = new Map<string | null, number>();

  numberOf(cell: Cell): number {
    const value = cell === null ? null : categoryOf(cell);
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const next = this.numbers.size;
    this.numbers.set(value, next);
    return next;
  }

  /** The numbers in the order of the values: sums depend on it. */
  get inOrder(): readonly number[] {
    return [...this.numbers].sort(([a], [b]) => compare(a, b)).map(([, number]) => number);
  }
}

/** Numbers by size before texts by code units before what is missing. */
function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x !== undefined ? -1 : 1;
  return a < b ? -1 : 1;
}
