/** Types that a column can be inferred to have; `Unknown` when every value is missing. */
export type InferredType = 'Integral' | 'Fractional' | 'String' | 'Unknown';

/** Counts of values, in every kind of statistics. */
interface CommonStatistics {
  readonly num_present: number;
  readonly num_missing: number;
}

/** One of the ten equal-width buckets between minimum and maximum. */
export interface KllBucket {
  readonly lower_bound: number;
  readonly upper_bound: number;
  readonly count: number;
}

/** The quantile sketch: `data[level]` holds values that each stand for 2^level rows. */
export interface KllSketch {
  readonly parameters: { readonly c: number; readonly k: number };
  readonly data: readonly (readonly number[])[];
}

/** Statistics of an Integral or Fractional column. */
export interface NumericalStatistics {
  readonly common: CommonStatistics;
  readonly mean: number;
  readonly sum: number;
  /** Population standard deviation. */
  readonly std_dev: number;
  readonly min: number;
  readonly max: number;
  readonly approximate_num_distinct_values?: number;
  readonly completeness?: number;
  readonly distribution: { readonly kll: { readonly buckets: readonly KllBucket[]; readonly sketch: KllSketch } };
}

/** Statistics of a String column. The distribution is there for low cardinality only. */
export interface StringStatistics {
  readonly common: CommonStatistics;
  readonly distinct_count: number;
  readonly completeness?: number;
  /** How many of the values that are present look like numbers. Ours: the service's file has no such key. */
  readonly num_numeric?: number;
  readonly distribution?: { readonly categorical: { readonly buckets: readonly { readonly value: string; readonly count: number }[] } };
}

/** Statistics of one column. */
export interface FeatureStatistics {
  readonly name: string;
  readonly inferred_type: InferredType;
  readonly numerical_statistics?: NumericalStatistics;
  readonly string_statistics?: StringStatistics;
}

/**
 * `statistics.json` of the data-quality monitor, in the service's layout.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-statistics.html
 */
export interface Statistics {
  readonly version: number;
  readonly dataset: { readonly item_count: number };
  readonly features: readonly FeatureStatistics[];
}
