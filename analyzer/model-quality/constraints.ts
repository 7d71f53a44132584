import {
  ComparisonOperator, ModelQualityConstraints, ModelQualityStatistics, PROBLEM_TYPES, ProblemType, QualityConstraint, QualityMetrics,
} from '../../lib/contract';

/** What the files call the constraints of a kind of prediction. */
export const CONSTRAINTS_KEYS = {
  BinaryClassification: 'binary_classification_constraints',
  MulticlassClassification: 'multiclass_classification_constraints',
  Regression: 'regression_constraints',
} as const satisfies Readonly<Record<ProblemType, keyof ModelQualityConstraints>>;

/** What the files call the metrics of a kind of prediction. */
const METRICS_KEYS = {
  BinaryClassification: 'binary_classification_metrics',
  MulticlassClassification: 'multiclass_classification_metrics',
  Regression: 'regression_metrics',
} as const satisfies Readonly<Record<ProblemType, keyof ModelQualityStatistics>>;

/** The metrics that a baseline suggests constraints on, and on which side of the threshold each is worse. */
const WORSE: Readonly<Record<ProblemType, Readonly<Record<string, ComparisonOperator>>>> = {
  BinaryClassification: {
    ...worse('LessThanThreshold', 'recall', 'precision', 'accuracy', 'true_positive_rate', 'true_negative_rate'),
    ...worse('GreaterThanThreshold', 'false_positive_rate', 'false_negative_rate'),
    ...worse('LessThanThreshold', 'auc', 'f0_5', 'f1', 'f2'),
  },
  MulticlassClassification: worse('LessThanThreshold', 'accuracy', 'weighted_recall', 'weighted_precision', 'weighted_f0_5', 'weighted_f1', 'weighted_f2'),
  Regression: { ...worse('GreaterThanThreshold', 'mae', 'mse', 'rmse'), ...worse('LessThanThreshold', 'r2') },
};

/** Metrics that a constraint may be about, whether or not a baseline suggests one. */
export function knownMetrics(problemType: ProblemType): readonly string[] {
  const judged = Object.keys(WORSE[problemType]);
  if (problemType === 'Regression') return judged;
  const constants = judged.filter(name => /accuracy|precision|recall|f\d/.test(name)).map(name => `${name}_best_constant_classifier`);
  return [...judged, ...problemType === 'BinaryClassification' ? ['au_prc'] : [], ...constants];
}

/** The figures of a file that are one value each. */
export function metricsIn(statistics: ModelQualityStatistics, problemType: ProblemType): QualityMetrics {
  const known = new Set(knownMetrics(problemType));
  const figures = Object.entries<unknown>(statistics[METRICS_KEYS[problemType]] ?? {});
  return Object.fromEntries(figures.filter(([name]) => known.has(name))) as QualityMetrics;
}

/** What holds in a dataset shall hold in production: no metric may be worse. */
export function suggestConstraints(statistics: ModelQualityStatistics, problemType: ProblemType): ModelQualityConstraints {
  const metrics = metricsIn(statistics, problemType);
  const constraints = Object.entries(WORSE[problemType]).flatMap(([name, comparison_operator]): [string, QualityConstraint][] => {
    const metric = metrics[name];
    return metric === undefined ? [] : [[name, { threshold: metric.value, comparison_operator }]];
  });
  return { version: 0, [CONSTRAINTS_KEYS[problemType]]: Object.fromEntries(constraints) };
}

/** The kind of prediction that a file's constraints are about. */
export function problemTypeOf(constraints: ModelQualityConstraints): ProblemType | undefined {
  return PROBLEM_TYPES.find(type => constraints[CONSTRAINTS_KEYS[type]] !== undefined);
}

function worse(operator: ComparisonOperator, ...metrics: readonly string[]): Record<string, ComparisonOperator> {
  return Object.fromEntries(metrics.map(metric => [metric, operator]));
}
