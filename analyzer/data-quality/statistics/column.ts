import { FeatureStatistics, InferredType, NumericalStatistics, StringStatistics } from '../../../lib/contract';
import { Cell } from '../../input/row';
import { DistinctCounter } from './distinct-counter';
import { Kll, kllBuckets } from './kll';
import { Moments } from './moments';
import { columnType, numberOf, valueType, ValueType } from './value-type';

/** As many categories get a distribution; with more, only their number is known. */
const MAX_CATEGORIES = 120;
/** As many values from outside the domain are told apart. */
const MAX_UNSEEN = 1000;

interface Category {
  readonly type: ValueType;
  readonly number: number;
  count: number;
}

/** What is known of a column before its values come. */
export interface ColumnOptions {
  /** The values that the baseline allows. */
  readonly domain?: ReadonlySet<string>;
  /** Replaces each value before anything is kept of it; such a column is text. */
  readonly hash?: (value: string) => string;
}

/** The values of one column, in memory that does not grow with them. */
export class Column {
  present = 0;
  /** Values outside the domain, those that come first told apart. */
  outsideDomain = 0;
  readonly unseen = new Map<string, number>();
  readonly types: Record<ValueType, number> = { Integral: 0, Fractional: 0, String: 0 };
  /** Of the values that are numbers. */
  readonly moments = new Moments();
  private readonly kll = new Kll();
  private categories: Map<string, Category> | undefined = new Map<string, Category>();
  private readonly distinct = new DistinctCounter();

  constructor(readonly name: string, private readonly options: ColumnOptions = {}) {}

  get isHashed(): boolean {
    return this.options.hash !== undefined;
  }

  get inferredType(): InferredType {
    return columnType(this.types);
  }

  add(cell: Cell): void {
    if (cell === null) return;
    const text = this.options.hash?.(cell) ?? cell;
    const { type, number } = this.categorize(text);
    this.present++;
    this.types[type]++;
    if (type !== 'String') {
      this.moments.add(number);
      this.kll.add(number);
    }
    if (this.options.domain?.has(text) === false) {
      this.outsideDomain++;
      if (this.unseen.size < MAX_UNSEEN || this.unseen.has(text)) this.unseen.set(text, (this.unseen.get(text) ?? 0) + 1);
    }
  }

  /** Statistics over `rows` rows, by the type that the values have and by the one that is expected: both are compared. */
  statistics(rows: number, expected: InferredType = 'Unknown'): FeatureStatistics {
    const type = this.inferredType;
    const isNumeric = [type, expected].some(either => either === 'Integral' || either === 'Fractional');
    const isText = type === 'String' || (expected === 'String' && this.present > 0);
    return {
      name: this.name,
      inferred_type: type,
      ...(isNumeric && this.moments.count > 0 && { numerical_statistics: this.numericalStatistics(rows) }),
      ...(isText && { string_statistics: this.stringStatistics(rows) }),
    };
  }

  private categorize(text: string): Category {
    const known = this.categories?.get(text);
    if (known !== undefined) {
      known.count++;
      return known;
    }
    this.distinct.add(text);
    const type = this.isHashed ? 'String' : valueType(text);
    const category = { type, number: type === 'String' ? NaN : numberOf(text), count: 1 };
    this.categories?.set(text, category);
    if ((this.categories?.size ?? 0) > MAX_CATEGORIES) this.categories = undefined;
    return category;
  }

  private get distinctCount(): number {
    return this.categories?.size ?? this.distinct.estimate();
  }

  private numericalStatistics(rows: number): NumericalStatistics {
    const { count, mean, sum, standardDeviation, min, max } = this.moments;
    const sketch = this.kll.toSketch();
    return {
      common: { num_present: count, num_missing: rows - this.present },
      mean, sum, std_dev: standardDeviation, min, max,
      approximate_num_distinct_values: this.distinctCount,
      completeness: this.present / rows,
      distribution: { kll: { buckets: kllBuckets(sketch, min, max), sketch } },
    };
  }

  private stringStatistics(rows: number): StringStatistics {
    return {
      common: { num_present: this.present, num_missing: rows - this.present },
      distinct_count: this.distinctCount,
      completeness: this.present / rows,
      ...(this.categories !== undefined && {
        distribution: { categorical: { buckets: [...this.categories].map(([value, { count }]) => ({ value, count })) } },
      }),
    };
  }
}
