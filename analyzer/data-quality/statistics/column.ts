import { FeatureStatistics, InferredType, KllBucket, KllSketch, NumericalStatistics, StringStatistics } from '../../../lib/contract';
import { MomentsSummary } from './moments-summary';
import { columnType, ValueType } from './value-type';

/** What is known of the values of a column, as plain data: threads hand it to each other. */
export interface ColumnValues {
  /** How many there are. */
  readonly present: number;
  readonly types: Readonly<Record<ValueType, number>>;
  /** Of those that are numbers. */
  readonly moments: MomentsSummary;
  readonly sketch: KllSketch;
  /** How the sketch spreads over the range of the numbers. */
  readonly buckets: readonly KllBucket[];
  readonly distinct: number;
  /** Each value and how often it came; absent where there are too many. */
  readonly categories: ReadonlyMap<string, number> | undefined;
  /** Values outside the domain, those that came first told apart. */
  readonly outsideDomain: number;
  readonly unseen: ReadonlyMap<string, number>;
}

/** One column, once all is read. */
export class Column {
  constructor(readonly name: string, readonly isHashed: boolean, private readonly values: ColumnValues) {}

  get present(): number {
    return this.values.present;
  }

  get types(): ColumnValues['types'] {
    return this.values.types;
  }

  get moments(): ColumnValues['moments'] {
    return this.values.moments;
  }

  get outsideDomain(): number {
    return this.values.outsideDomain;
  }

  get unseen(): ColumnValues['unseen'] {
    return this.values.unseen;
  }

  get inferredType(): InferredType {
    return columnType(this.types);
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

  private numericalStatistics(rows: number): NumericalStatistics {
    const { moments: { count, mean, sum, standardDeviation, min, max }, buckets, sketch, distinct } = this.values;
    return {
      common: { num_present: count, num_missing: rows - this.present },
      mean, sum, std_dev: standardDeviation, min, max,
      approximate_num_distinct_values: distinct,
      completeness: this.present / rows,
      distribution: { kll: { buckets, sketch } },
    };
  }

  private stringStatistics(rows: number): StringStatistics {
    const { categories, distinct, types } = this.values;
    return {
      common: { num_present: this.present, num_missing: rows - this.present },
      distinct_count: distinct,
      completeness: this.present / rows,
      num_numeric: types.Integral + types.Fractional,
      ...(categories !== undefined && {
        distribution: { categorical: { buckets: [...categories].map(([value, count]) => ({ value, count })) } },
      }),
    };
  }
}
