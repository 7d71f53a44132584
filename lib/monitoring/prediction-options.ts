/**
 * Where predictions and labels are. An attribute is a column's name, a dotted path, or in CSV without header its index from `'0'`.
 */
export interface PredictionOptions {
  /**
   * Where the prediction is.
   *
   * @default - the probability decides, or the one value that the model answers with
   */
  readonly inferenceAttribute?: string;
  /**
   * Where the probability of the positive label is.
   *
   * @default - the prediction is taken as it is
   */
  readonly probabilityAttribute?: string;
  /**
   * Probability (0–1) from which on the prediction is the positive label.
   *
   * @default 0.5
   */
  readonly probabilityThreshold?: number;
  /**
   * Where the label is in the data of a ground-truth record, and in a dataset.
   *
   * @default - the one value that a ground-truth record holds
   */
  readonly groundTruthAttribute?: string;
  /**
   * Fewest rows with a label with which the model is judged; below, metrics are absent.
   *
   * @default 200
   */
  readonly minimumRows?: number;
}
