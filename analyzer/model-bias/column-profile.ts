import { AnalyzerError } from '../analyzer-error';
import { Cell } from '../input/row';
import { categoryOf, numberOf } from '../observation/category';
import { formatInterval } from './interval';
import { CategorySelection, Selection, ThresholdSelection, Values } from './selection';

/** Share of different values from which on whole numbers are a continuous quantity. */
const CONTINUOUS_SHARE = 0.05;
/** So many different whole numbers are continuous however many rows there are. */
const MOST_CATEGORIES = 100_000;
/** Two values are categories, however they are written. */
const FEWEST_CONTINUOUS = 3;

/** What a dataset shows of one column: whether its values are categories or a quantity. */
export class ColumnProfile {
  private readonly categories = new Map<string, string>();
  private present = 0;
  private missing = 0;
  private isNumeric = true;
  private isInteger = true;
  private max = -Infinity;

  /** `name` as messages call the column: `the label "churn"`. */
  constructor(private readonly name: string) {}

  add(cell: Cell): void {
    if (cell === null) {
      this.missing++;
      return;
    }
    this.present++;
    const category = categoryOf(cell);
    if (!this.categories.has(category) && this.categories.size <= MOST_CATEGORIES) this.categories.set(category, cell);
    const value = numberOf(cell);
    this.isNumeric &&= value !== undefined;
    this.isInteger &&= value !== undefined && !/[.e]/i.test(cell);
    this.max = Math.max(this.max, value ?? -Infinity);
  }

  /** The different values, as they are written first. */
  get values(): readonly string[] {
    return [...this.categories.values()];
  }

  /** The rows with these values, or above the one threshold where the column is a quantity; `isThreshold` says that it is. */
  select(values: Values, isThreshold = this.isContinuous(values)): Selection {
    if (!isThreshold) return new CategorySelection(values);
    if (!this.isNumeric) throw new AnalyzerError(`${this.name} holds texts, and nothing lies above ${values.join(',')}; name the values that make the group`);
    const [value = ''] = values;
    const threshold = numberOf(String(value));
    if (threshold === undefined) throw new AnalyzerError(`${this.name} is continuous, and "${value}" is no threshold; give one number that its values shall exceed`);
    const ofIntegers = this.isInteger && this.missing === 0 && typeof value === 'number' && Number.isInteger(value);
    return new ThresholdSelection(threshold, formatInterval(threshold, this.max, ofIntegers));
  }

  /** Clarify's rule, but for two values: a small sample makes no quantity of 0 and 1. Absent numbers make whole ones decimal, as in pandas. */
  isContinuous(values: Values | undefined): boolean {
    if ((values?.length ?? 0) > 1 || !this.isNumeric || this.categories.size < FEWEST_CONTINUOUS) return false;
    return !this.isInteger || this.missing > 0 || this.categories.size / this.present >= CONTINUOUS_SHARE;
  }
}
