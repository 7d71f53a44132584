/** How the distribution of a window is compared with the baseline's. */
export enum ComparisonMethod {
  /** The largest gap between the two distributions, less what chance explains with so many rows. */
  ROBUST = 'Robust',
  /** The largest gap itself. */
  SIMPLE = 'Simple',
  /** The number that the service computes. */
  COMPATIBLE = 'Compatible',
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
}
