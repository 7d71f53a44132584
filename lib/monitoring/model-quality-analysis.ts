import { PredictionOptions } from './prediction-options';
import { ProblemType } from './problem-type';

/** How model quality is analysed: the same for a baseline and for the monitor that compares with it. */
export interface ModelQualityAnalysisOptions extends PredictionOptions {
  /** What the model predicts. */
  readonly problemType: ProblemType;
  /**
   * The label that a probability speaks of.
   *
   * @default '1'
   */
  readonly positiveLabel?: string;
  /**
   * By how much a metric may be worse than the baseline's, as a share (0–1) of it.
   *
   * @default 0
   */
  readonly tolerance?: number;
}
