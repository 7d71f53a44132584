/** How local SHAP values become a global one: mean of magnitudes, median of magnitudes, mean of squares. */
export const SHAP_AGGREGATIONS = ['mean_abs', 'median', 'mean_sq'] as const;

/** A way to sum up local SHAP values. */
export type ShapAggregation = (typeof SHAP_AGGREGATIONS)[number];

/** How the model is asked. */
export interface PredictorConfig {
  /** The endpoint that is asked; absent: the one whose traffic is watched. */
  readonly endpointName?: string;
  /** Media type of the requests. */
  readonly contentType: 'text/csv' | 'application/json' | 'application/jsonlines';
  /**
   * What a request in JSON looks like, `$records` being its rows, or a line in JSON lines, with the placeholders of `recordTemplate`;
   * absent: `{"instances":$records}` and `{"features":$features}`.
   */
  readonly contentTemplate?: string;
  /** What a row of a request in JSON looks like: `$features` (the values), `$features_kvp` (an object), `$feature_names`; absent: `$features`. */
  readonly recordTemplate?: string;
  /** Media type of the answers. */
  readonly acceptType: 'text/csv' | 'application/json' | 'application/jsonlines';
  /** Where the score is in an answer's row: a name, a dotted path or an index; absent: each value of the row is the score of one label. */
  readonly scoreAttribute?: string;
  /** Names of the scores; absent: `label0` … */
  readonly labelHeaders?: readonly string[];
  /** Most rows of one request. */
  readonly rowsPerRequest: number;
  /** Most requests under way at once. */
  readonly concurrency: number;
  /** Most requests a second. */
  readonly requestsPerSecond: number;
}

/** How a model is asked where nothing else is said: gently, as it may be in service. */
export const PREDICTOR_DEFAULTS = {
  contentType: 'text/csv', rowsPerRequest: 500, concurrency: 2, requestsPerSecond: 10,
} as const satisfies Partial<PredictorConfig>;

/** What the model-explainability monitor analyses. */
export interface ModelExplainabilityAnalysis {
  /** Names of the feature columns, in order, for requests in CSV without header; absent: those of the baseline. */
  readonly headers?: readonly string[];
  /** Columns of the dataset that are no features, such as the label. */
  readonly excludedColumns: readonly string[];
  /** Rows that stand for "feature absent"; absent: medians and most frequent values of the baseline's dataset. */
  readonly background?: readonly (readonly (string | number | null)[])[];
  /** Coalitions of features that are tried for each row; with at most 10 features all are. Absent: 2 × features + 2048, as in the shap package. */
  readonly samples?: number;
  /** Most rows of a window that are explained, spread over it evenly. */
  readonly maximumRows: number;
  readonly aggregation: ShapAggregation;
  /** Whether scores are turned into log odds first. */
  readonly useLogit: boolean;
  readonly predictor: PredictorConfig;
  /** nDCG (0–1) of the features' ranking below which attribution has drifted; the service's is 0.9. */
  readonly ndcgThreshold: number;
  /** Fewest rows with which drift is judged; below, its metric is absent. */
  readonly minimumRows: number;
}

/** What holds where nothing else is said. */
export const EXPLAINABILITY_DEFAULTS = {
  maximumRows: 300, aggregation: 'mean_abs', useLogit: false, ndcgThreshold: 0.9, minimumRows: 30,
} as const satisfies Partial<ModelExplainabilityAnalysis>;

/** Global SHAP values of one label. */
export interface GlobalShapValues {
  readonly global_shap_values: Readonly<Record<string, number>>;
  readonly expected_value: number;
}

/** `analysis.json` of an explainability baseline or execution, in the service's layout. */
export interface ExplainabilityAnalysisFile {
  readonly version: string;
  readonly explanations: { readonly kernel_shap: Readonly<Record<string, GlobalShapValues>> };
  /** Rows that stood for "feature absent", so that an execution uses the same. Ours: the service's file has no such key. */
  readonly background?: readonly (readonly (string | number | null)[])[];
}

/** The inferenceId of every request that the analyzer itself sends begins so; no monitor analyses such a request. */
export const EXPLANATION_INFERENCE_ID_PREFIX = 'model-monitor-explanation-';
