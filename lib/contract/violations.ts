import { ComparisonOperator } from './model-quality';

/** The checks of the data-quality monitor, as the service names them. */
export const DATA_QUALITY_CHECKS = [
  'data_type_check',
  'completeness_check',
  'baseline_drift_check',
  'missing_column_check',
  'extra_column_check',
  'categorical_values_check',
] as const;

/** A check of the data-quality monitor. */
export type DataQualityCheck = (typeof DATA_QUALITY_CHECKS)[number];

/** What the violations of all monitors have in common. */
interface BrokenConstraint {
  /** The service's own sentence: public tools parse it. */
  readonly description: string;
  /** The same for people: what it was, what it is. Ours, the service has no such field. */
  readonly explanation: string;
}

/** A broken constraint of the data-quality monitor. */
export interface DataQualityViolation extends BrokenConstraint {
  readonly feature_name: string;
  readonly constraint_check_type: DataQualityCheck;
}

/** A broken constraint of the model-quality monitor. */
export interface ModelQualityViolation extends BrokenConstraint {
  readonly constraint_check_type: ComparisonOperator;
  /** In camelCase, as the service writes it here: `truePositiveRate`. */
  readonly metric_name: string;
}

/** A broken constraint of the model-bias monitor; `bias_check` is a bound that we add to the service's rule. */
export interface ModelBiasViolation extends BrokenConstraint {
  readonly facet: string;
  readonly facet_value: string;
  /** Such as `DI`. */
  readonly metric_name: string;
  readonly constraint_check_type: 'bias_drift_check' | 'bias_check';
}

/** A broken constraint of the model-explainability monitor. */
export interface ModelExplainabilityViolation extends BrokenConstraint {
  readonly label: string;
  readonly metric_name: 'shap';
  readonly constraint_check_type: 'feature_attribution_drift_check';
}

/** One broken constraint. */
export type Violation = DataQualityViolation | ModelQualityViolation | ModelBiasViolation | ModelExplainabilityViolation;

/** What a violation is about, in a word: a feature, a metric, a group's metric, a label. */
export function violationSubject(violation: Violation): string {
  if ('feature_name' in violation) return violation.feature_name;
  if ('facet' in violation) return `${violation.facet}=${violation.facet_value} ${violation.metric_name}`;
  return 'label' in violation ? violation.label : violation.metric_name;
}

/** `constraint_violations.json`; there also when it is empty. */
export interface ConstraintViolations {
  /** Only in bias and explainability, as in the service: `1.0`. */
  readonly version?: string;
  readonly violations: readonly Violation[];
}
