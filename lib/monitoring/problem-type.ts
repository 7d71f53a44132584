/** What a model predicts, as the service names it. */
export enum ProblemType {
  /** One of two labels. */
  BINARY_CLASSIFICATION = 'BinaryClassification',
  /** One of several labels. */
  MULTICLASS_CLASSIFICATION = 'MulticlassClassification',
  /** A number. */
  REGRESSION = 'Regression',
}
