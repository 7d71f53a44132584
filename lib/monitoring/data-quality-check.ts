/** A check of the data-quality monitor, as the service names it. */
export enum DataQualityCheck {
  /** Values have the baseline's type. */
  DATA_TYPE = 'data_type_check',
  /** As many values are there as in the baseline. */
  COMPLETENESS = 'completeness_check',
  /** The distribution is the baseline's. */
  BASELINE_DRIFT = 'baseline_drift_check',
  /** No column of the baseline is missing. */
  MISSING_COLUMN = 'missing_column_check',
  /** No column is there that the baseline does not know. */
  EXTRA_COLUMN = 'extra_column_check',
  /** Categories are those of the baseline. */
  CATEGORICAL_VALUES = 'categorical_values_check',
}
