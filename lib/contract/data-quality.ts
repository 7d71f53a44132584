import { CaptureIndexName } from './capture-record';
import { CategoricalMethod, ComparisonMethod } from './constraints';

/** What the data-quality monitor analyses. */
export interface DataQualityAnalysis {
  /** Sides of the capture record to read. With both, output columns come first, as in the service. */
  readonly captureIndexNames: readonly CaptureIndexName[];
  /** Columns of the dataset that the monitor ignores, such as the label. */
  readonly excludedColumns: readonly string[];
  /** Columns whose values are hashed wherever a value would be written. */
  readonly sensitiveColumns: readonly string[];
  readonly comparisonMethod: ComparisonMethod;
  /** Distance above which a distribution has drifted (0–1). */
  readonly comparisonThreshold: number;
  /** Fewest rows with which drift is judged; below, drift metrics are absent. */
  readonly minimumRows: number;
  /** How the categories of text columns are compared; absent: as the baseline's file says, else `LInfinity`. */
  readonly categoricalMethod?: CategoricalMethod;
  /** What differs for single columns, by name. */
  readonly overrides?: Readonly<Record<string, FeatureOverride>>;
}

/** What differs for one column; what is absent is as for all others. */
export interface FeatureOverride {
  readonly comparisonMethod?: ComparisonMethod;
  readonly categoricalMethod?: CategoricalMethod;
  readonly comparisonThreshold?: number;
  /** Smallest share (0–1) of values that must have the baseline's type. */
  readonly typeThreshold?: number;
  /** Smallest share (0–1) of values that must be in the baseline's domain. */
  readonly domainThreshold?: number;
}

/** What holds where nothing else is said. */
export const DATA_QUALITY_DEFAULTS = {
  comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 200,
} as const satisfies Partial<DataQualityAnalysis>;
