import { Predictions } from './predictions';

/** What a model predicts, as the service names it. */
export const PROBLEM_TYPES = ['BinaryClassification', 'MulticlassClassification', 'Regression'] as const;

/** A kind of prediction. */
export type ProblemType = (typeof PROBLEM_TYPES)[number];

/** What the model-quality monitor analyses. */
export interface ModelQualityAnalysis extends Predictions {
  readonly problemType: ProblemType;
  /** The label that a probability speaks of; absent: 1. */
  readonly positiveLabel?: string;
  /** By how much a metric may be worse than the baseline's, as a share (0–1) of it; the service has none. */
  readonly tolerance: number;
}

/** A figure and how far it would scatter in samples of 80 %; `'NaN'` below 200 rows, as the service writes it. */
export interface QualityMetric {
  readonly value: number;
  readonly standard_deviation: number | 'NaN';
}

/** Rows by true label, then by predicted label. */
export type ConfusionMatrix = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Figures of a binary classifier besides its metrics. */
export interface BinaryClassificationCurves {
  readonly confusion_matrix: ConfusionMatrix;
  readonly receiver_operating_characteristic_curve?: {
    readonly false_positive_rates: readonly number[];
    readonly true_positive_rates: readonly number[];
  };
  readonly precision_recall_curve?: { readonly precisions: readonly number[]; readonly recalls: readonly number[] };
}

/** Metrics by their snake_case names. */
export type QualityMetrics = Readonly<Record<string, QualityMetric>>;

/**
 * `statistics.json` of the model-quality monitor, in the service's layout: one of the three, beside the number of rows.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export interface ModelQualityStatistics {
  readonly version: number;
  readonly dataset: { readonly item_count: number };
  readonly binary_classification_metrics?: QualityMetrics & BinaryClassificationCurves;
  readonly multiclass_classification_metrics?: QualityMetrics & { readonly confusion_matrix: ConfusionMatrix };
  readonly regression_metrics?: QualityMetrics;
}

/** On which side of the threshold a metric is worse. */
export type ComparisonOperator = 'LessThanThreshold' | 'GreaterThanThreshold';

/** What one metric must not be. */
export interface QualityConstraint {
  readonly threshold: number;
  readonly comparison_operator: ComparisonOperator;
}

/** `constraints.json` of the model-quality monitor, in the service's layout: one of the three. */
export interface ModelQualityConstraints {
  readonly version: number;
  readonly binary_classification_constraints?: Readonly<Record<string, QualityConstraint>>;
  readonly multiclass_classification_constraints?: Readonly<Record<string, QualityConstraint>>;
  readonly regression_constraints?: Readonly<Record<string, QualityConstraint>>;
}
