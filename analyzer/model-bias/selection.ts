import { Cell } from '../input/row';
import { categoryOf, numberOf } from '../observation/category';

/** Values as an analysis gives them: categories, or a single threshold. */
export type Values = readonly (string | number)[];

/** The rows that belong to a group, or whose label is positive, by the value of one column. */
export interface Selection {
  /** As reports write it: `0`, `a,b`, `(100.0, 2279.0]`. */
  readonly text: string;
  includes(cell: Cell): boolean;
}

/** The rows with one of these values. */
export class CategorySelection implements Selection {
  private readonly categories: ReadonlySet<string>;

  constructor(values: Values, readonly text = values.join(',')) {
    this.categories = new Set(values.map(value => categoryOf(String(value))));
  }

  includes(cell: Cell): boolean {
    return cell !== null && this.categories.has(categoryOf(cell));
  }

  equals({ categories }: CategorySelection): boolean {
    return categories.size === this.categories.size && [...categories].every(category => this.categories.has(category));
  }
}

/** The rows beyond a threshold. */
export class ThresholdSelection implements Selection {
  constructor(private readonly threshold: number, readonly text: string) {}

  includes(cell: Cell): boolean {
    return cell !== null && (numberOf(cell) ?? -Infinity) > this.threshold;
  }
}
