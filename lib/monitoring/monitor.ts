import { DataQualityAnalysis, MonitorConfig } from '../contract';
import { Problems } from '../private/validation';
import { IBaseline } from './baseline';
import { DataQualityAnalysisOptions } from './data-quality-analysis';
import { checkAnalysis, dataQualityAnalysis } from './private/analysis';

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

/** One thing that a schedule watches in the traffic of an endpoint. */
export abstract class Monitor {
  /** Watches the values: types, completeness, columns, categories and distributions, each against the baseline. */
  public static dataQuality(options: DataQualityMonitorOptions): Monitor {
    return new DataQualityMonitor(options);
  }

  /** Kind of monitor, as the service names it: `data-quality`. */
  public abstract readonly type: string;

  /** What traffic is compared with. */
  public abstract readonly baseline: IBaseline;

  /** @internal */
  public abstract _check(problems: Problems): void;

  /**
   * @param name value of the dimension `MonitoringSchedule`.
   * @param alarmedFeatures features whose metrics are always published.
   * @internal
   */
  public abstract _render(name: string, alarmedFeatures: readonly string[]): MonitorConfig;
}

class DataQualityMonitor extends Monitor {
  public readonly type = 'data-quality';
  public readonly baseline: IBaseline;
  private readonly analysis: DataQualityAnalysis;
  private readonly publishedFeatures: number;

  constructor(options: DataQualityMonitorOptions) {
    super();
    this.baseline = options.baseline;
    this.analysis = dataQualityAnalysis(options);
    this.publishedFeatures = options.publishedFeatures ?? 50;
  }

  /** @internal */
  public _check(problems: Problems): void {
    checkAnalysis(this.analysis, problems);
    const { publishedFeatures } = this;
    problems.require(Number.isInteger(publishedFeatures) && publishedFeatures >= 0, `publishedFeatures must be a whole number from 0, got ${publishedFeatures}`);
  }

  /** @internal */
  public _render(name: string, alarmedFeatures: readonly string[]): MonitorConfig {
    const { statisticsUri, constraintsUri } = this.baseline;
    return {
      type: this.type,
      name,
      baseline: { statisticsUri, constraintsUri },
      analysis: this.analysis,
      alarmedFeatures,
      publishedFeatures: this.publishedFeatures,
    };
  }
}
