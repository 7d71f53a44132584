/** How the distribution of a window is compared with the baseline's. */
export enum ComparisonMethod {
  /** The largest gap between the two distributions, less what chance explains with so many rows. */
  ROBUST = 'Robust',
  /** The largest gap itself. */
  SIMPLE = 'Simple',
  /** The number that the service computes. */
  COMPATIBLE = 'Compatible',
  /** The index over the baseline's deciles, and over categories: usually read as moderate drift from 0.1, strong drift from 0.25. */
  POPULATION_STABILITY_INDEX = 'PopulationStabilityIndex',
}

/** How the shares of a window's categories are compared with the baseline's. */
export enum CategoricalMethod {
  /** The largest gap of one category. */
  L_INFINITY = 'LInfinity',
  /** The chi-squared distance, where the test sees a difference. */
  CHI_SQUARED = 'ChiSquared',
}

/** What differs for one column; what is left out is as for all others. */
export interface FeatureOverride {
  /**
   * How its distribution is compared.
   *
   * @default - as all others
   */
  readonly comparisonMethod?: ComparisonMethod;
  /**
   * How its categories are compared.
   *
   * @default - as all others
   */
  readonly categoricalMethod?: CategoricalMethod;
  /**
   * Distance above which its distribution has drifted.
   *
   * @default - as all others
   */
  readonly comparisonThreshold?: number;
  /**
   * Smallest share (0–1) of values that must have the baseline's type.
   *
   * @default - as the baseline says
   */
  readonly typeThreshold?: number;
  /**
   * Smallest share (0–1) of values that must be in the baseline's domain.
   *
   * @default - as the baseline says
   */
  readonly domainThreshold?: number;
}

/** A side of the captured request. */
export enum CaptureIndexName {
  /** What the caller sent. */
  ENDPOINT_INPUT = 'endpointInput',
  /** What the model answered. */
  ENDPOINT_OUTPUT = 'endpointOutput',
}

/** How data quality is analysed: the same for a baseline and for the monitor that compares with it. */
export interface DataQualityAnalysisOptions {
  /**
   * Sides of the captured request to read.
   *
   * @default - what the caller sent
   */
  readonly captureIndexNames?: CaptureIndexName[];
  /**
   * Columns of the dataset that are not analysed, such as the label.
   *
   * @default - every column is analysed
   */
  readonly excludedColumns?: string[];
  /**
   * Columns whose values are hashed wherever a value would be written.
   *
   * @default - values are written as they are
   */
  readonly sensitiveColumns?: string[];
  /**
   * How distributions are compared.
   *
   * @default ComparisonMethod.ROBUST
   */
  readonly comparisonMethod?: ComparisonMethod;
  /**
   * How categories are compared.
   *
   * @default - as the baseline says, else CategoricalMethod.L_INFINITY
   */
  readonly categoricalMethod?: CategoricalMethod;
  /**
   * Distance (0–1) above which a distribution has drifted.
   *
   * @default 0.1
   */
  readonly comparisonThreshold?: number;
  /**
   * Fewest rows with which drift is judged.
   *
   * @default 200
   */
  readonly minimumRows?: number;
  /**
   * What differs for single columns, by name.
   *
   * @default - nothing differs
   */
  readonly featureOverrides?: { [feature: string]: FeatureOverride };
}
