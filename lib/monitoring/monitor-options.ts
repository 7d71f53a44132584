import { Duration } from 'aws-cdk-lib';
import { IBaseline } from './baseline';
import { DataQualityAnalysisOptions } from './data-quality-analysis';
import { ModelBiasAnalysisOptions } from './model-bias-analysis';
import { ModelExplainabilityAnalysisOptions } from './model-explainability-analysis';
import { ModelQualityAnalysisOptions } from './model-quality-analysis';

/** Properties of a data-quality monitor. */
export interface DataQualityMonitorOptions extends DataQualityAnalysisOptions {
  /** What traffic is compared with: a BaselineJob or an existing Baseline. */
  readonly baseline: IBaseline;
  /**
   * How many features' metrics are published beside those that an alarm watches, the most drifted first. A custom metric costs money.
   *
   * @default 50
   */
  readonly publishedFeatures?: number;
}

/** Properties of a model-quality monitor. */
export interface ModelQualityMonitorOptions extends ModelQualityAnalysisOptions {
  /** What traffic is compared with: a BaselineJob with the same analysis, or an existing Baseline. */
  readonly baseline: IBaseline;
  /**
   * How long labels take, in whole hours: each execution analyses the requests of the window that ended so long before.
   *
   * @default - labels are there in the hour of the request
   */
  readonly labelDelay?: Duration;
}

/** Properties of a model-bias monitor. */
export interface ModelBiasMonitorOptions extends ModelBiasAnalysisOptions {
  /** What traffic is compared with: a BaselineJob with the same analysis, or an existing Baseline. */
  readonly baseline: IBaseline;
  /**
   * How long labels take, in whole hours: each execution analyses the requests of the window that ended so long before.
   *
   * @default - labels are there in the hour of the request
   */
  readonly labelDelay?: Duration;
}

/** Properties of a model-explainability monitor. */
export interface ModelExplainabilityMonitorOptions extends ModelExplainabilityAnalysisOptions {
  /** What traffic is compared with: a BaselineJob with the same analysis, or an existing Baseline. */
  readonly baseline: IBaseline;
}
