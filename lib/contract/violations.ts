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

/** One broken constraint. */
export interface Violation {
  readonly feature_name: string;
  readonly constraint_check_type: DataQualityCheck;
  /** The service's own sentence: public tools parse it. */
  readonly description: string;
  /** The same for people: what it was, what it is. Ours, the service has no such field. */
  readonly explanation: string;
}

/** `constraint_violations.json`; there also when it is empty. */
export interface ConstraintViolations {
  readonly violations: readonly Violation[];
}
