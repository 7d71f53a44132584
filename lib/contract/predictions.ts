/** Where predictions and their labels are. An attribute is a column's name, a dotted path, or in CSV without header its index from '0'. */
export interface Predictions {
  /** Where the prediction is; absent with a probability alone, or where the model answers with one value. */
  readonly inferenceAttribute?: string;
  /** Where the probability of the positive label is. */
  readonly probabilityAttribute?: string;
  /** Probability (0–1) from which on the prediction is positive. */
  readonly probabilityThreshold: number;
  /** Where the label is, in a dataset or in the data of a ground-truth record; absent where that is one value. */
  readonly groundTruthAttribute?: string;
  /** How long labels take (whole hours): the execution at t analyses the requests of the window that ended so long before. */
  readonly labelDelayHours: number;
  /** Fewest rows with a label with which the monitor judges; below, its metrics are absent. */
  readonly minimumRows: number;
}

/** What holds where nothing else is said. */
export const PREDICTIONS_DEFAULTS = { probabilityThreshold: 0.5, minimumRows: 200 } as const satisfies Partial<Predictions>;
