import { IInvocableEndpoint } from './invocable-endpoint';
import { PredictorOptions } from './predictor-options';

/** How SHAP values of single rows become one of all. */
export enum ShapAggregation {
  /** Mean of the magnitudes. */
  MEAN_ABS = 'mean_abs',
  /** Median of the magnitudes. */
  MEDIAN = 'median',
  /** Mean of the squares. */
  MEAN_SQ = 'mean_sq',
}

/** How the model is explained: the same for a baseline and for the monitor that compares with it. */
export interface ModelExplainabilityAnalysisOptions {
  /** The endpoint that is asked; one beside that of the traffic leaves the traffic alone. */
  readonly endpoint: IInvocableEndpoint;
  /**
   * How it is asked.
   *
   * @default - CSV, at most 10 requests of 500 rows a second
   */
  readonly predictor?: PredictorOptions;
  /**
   * Names of the feature columns, in order, for requests in CSV without header.
   *
   * @default - those of the baseline
   */
  readonly headers?: string[];
  /**
   * Columns of the dataset that are no features, such as the label.
   *
   * @default - every column is a feature
   */
  readonly excludedColumns?: string[];
  /**
   * Rows of text, numbers and nulls that stand for "feature absent".
   *
   * @default - medians and most frequent values of the baseline's dataset
   */
  readonly background?: unknown[][];
  /**
   * Coalitions of features that are tried for each row; with at most 10 features all are.
   *
   * @default - 2 × features + 2048
   */
  readonly samples?: number;
  /**
   * Most rows of a window that are explained, spread over it evenly.
   *
   * @default 300
   */
  readonly maximumRows?: number;
  /**
   * How SHAP values of single rows become one of all.
   *
   * @default ShapAggregation.MEAN_ABS
   */
  readonly aggregation?: ShapAggregation;
  /**
   * Whether scores are turned into log odds first.
   *
   * @default false
   */
  readonly useLogit?: boolean;
  /**
   * nDCG (0–1) of the features' ranking below which attribution has drifted.
   *
   * @default 0.9
   */
  readonly ndcgThreshold?: number;
  /**
   * Fewest rows with which drift is judged.
   *
   * @default 30
   */
  readonly minimumRows?: number;
}
