/** A measure of a model's quality, as the service names it. */
export enum QualityMetric {
  /** Share of right predictions, of two or several labels. */
  ACCURACY = 'accuracy',
  /** Share of the positive labels that are predicted. */
  RECALL = 'recall',
  /** Share of the positive predictions that are right. */
  PRECISION = 'precision',
  /** Area under the receiver operating characteristic. */
  AUC = 'auc',
  /** Area under the curve of precision and recall. */
  AU_PRC = 'au_prc',
  /** Mean of precision and recall in which precision counts more. */
  F0_5 = 'f0_5',
  /** Harmonic mean of precision and recall. */
  F1 = 'f1',
  /** Mean of precision and recall in which recall counts more. */
  F2 = 'f2',
  /** Share of the positive labels that are predicted so. */
  TRUE_POSITIVE_RATE = 'true_positive_rate',
  /** Share of the negative labels that are predicted so. */
  TRUE_NEGATIVE_RATE = 'true_negative_rate',
  /** Share of the negative labels that are predicted positive; higher is worse. */
  FALSE_POSITIVE_RATE = 'false_positive_rate',
  /** Share of the positive labels that are predicted negative; higher is worse. */
  FALSE_NEGATIVE_RATE = 'false_negative_rate',
  /** Recall of several labels, each by its share. */
  WEIGHTED_RECALL = 'weighted_recall',
  /** Precision of several labels, each by its share. */
  WEIGHTED_PRECISION = 'weighted_precision',
  /** F0.5 of several labels, each by its share. */
  WEIGHTED_F0_5 = 'weighted_f0_5',
  /** F1 of several labels, each by its share. */
  WEIGHTED_F1 = 'weighted_f1',
  /** F2 of several labels, each by its share. */
  WEIGHTED_F2 = 'weighted_f2',
  /** Mean absolute error; higher is worse. */
  MAE = 'mae',
  /** Mean squared error; higher is worse. */
  MSE = 'mse',
  /** Root of the mean squared error; higher is worse. */
  RMSE = 'rmse',
  /** Share of the variance that is explained. */
  R2 = 'r2',
}
