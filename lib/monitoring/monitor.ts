import { Duration } from 'aws-cdk-lib';
import { MonitorConfig, TypedAnalysis } from '../contract';
import { Problems } from '../private/validation';
import { Analysis } from './analysis';
import { IBaseline } from './baseline';
import { IInvocableEndpoint } from './invocable-endpoint';
import {
  DataQualityMonitorOptions, ModelBiasMonitorOptions, ModelExplainabilityMonitorOptions, ModelQualityMonitorOptions,
} from './monitor-options';

/** What a monitor has besides its analysis. */
interface MonitorParts {
  readonly baseline: IBaseline;
  readonly publishedFeatures?: number;
  readonly labelDelay?: Duration;
}

/** One thing that a schedule watches in the traffic of an endpoint. */
export class Monitor {
  /** Watches the values: types, completeness, columns, categories and distributions, each against the baseline. */
  public static dataQuality(options: DataQualityMonitorOptions): Monitor {
    return new Monitor(Analysis.dataQuality(options), { publishedFeatures: 50, ...options });
  }

  /** Watches the predictions against the labels that come later: none of the metrics may be worse than the baseline's. */
  public static modelQuality(options: ModelQualityMonitorOptions): Monitor {
    return new Monitor(Analysis.modelQuality(options), { labelDelay: Duration.hours(0), ...options });
  }

  /** Watches how differently groups fare, in labels and in predictions. */
  public static modelBias(options: ModelBiasMonitorOptions): Monitor {
    return new Monitor(Analysis.modelBias(options), { labelDelay: Duration.hours(0), ...options });
  }

  /** Watches what each feature contributes to the predictions, by asking the model. */
  public static modelExplainability(options: ModelExplainabilityMonitorOptions): Monitor {
    return new Monitor(Analysis.modelExplainability(options), options);
  }

  /** Kind of monitor, as the service names it, such as `data-quality`. */
  public readonly type: string;

  /** What traffic is compared with. */
  public readonly baseline: IBaseline;

  private constructor(private readonly analysis: Analysis, private readonly parts: MonitorParts) {
    this.type = analysis.type;
    this.baseline = parts.baseline;
  }

  /**
   * How long the labels take that it needs; `undefined` where it needs none.
   *
   * @internal
   */
  public get _labelDelay(): Duration | undefined {
    return this.parts.labelDelay;
  }

  /**
   * The model that it asks.
   *
   * @internal
   */
  public get _endpoint(): IInvocableEndpoint | undefined {
    return this.analysis._endpoint;
  }

  /**
   * What is analysed, with the delay of its labels.
   *
   * @internal
   */
  public get _analysis(): TypedAnalysis {
    const { type, analysis } = this.analysis._config;
    const delay = this._labelDelay && { labelDelayHours: this._labelDelay.toHours({ integral: false }) };
    return { type, analysis: { ...analysis, ...delay } } as TypedAnalysis;
  }

  /**
   * The features that it compares, as far as the baseline tells them at synthesis.
   *
   * @internal
   */
  public get _features(): string[] | undefined {
    const { analysis } = this._analysis;
    const excluded = 'excludedColumns' in analysis ? analysis.excludedColumns : [];
    return this.baseline.features?.filter(feature => !excluded.includes(feature));
  }

  /** @internal */
  public _check(problems: Problems): void {
    const { labelDelay, publishedFeatures = 0 } = this.parts;
    const delay = labelDelay?.toHours({ integral: false }) ?? 0;
    this.analysis._check(problems);
    this.checkBaseline(problems);
    problems.require(Number.isInteger(delay), `labelDelay of the ${this.type} monitor must be whole hours, got ${labelDelay?.toHumanString()}`);
    problems.require(Number.isInteger(publishedFeatures) && publishedFeatures >= 0, `publishedFeatures must be a whole number from 0, got ${publishedFeatures}`);
  }

  /**
   * @param name value of the dimension `MonitoringSchedule`.
   * @param alarmedFeatures features whose metrics are always published.
   * @internal
   */
  public _render(name: string, alarmedFeatures: readonly string[]): MonitorConfig {
    const { currentUri, statisticsUri, constraintsUri } = this.baseline;
    const { type, analysis } = this._analysis;
    return {
      type,
      name,
      baseline: currentUri !== undefined ? { currentUri } : { ...statisticsUri !== undefined && { statisticsUri }, constraintsUri },
      analysis,
      alarmedFeatures: type === 'data-quality' ? alarmedFeatures : [],
      publishedFeatures: this.parts.publishedFeatures ?? 0,
    } as MonitorConfig;
  }

  /** Data and model quality are compared with two files, bias and explainability with one. */
  private checkBaseline(problems: Problems): void {
    const { constraintsUri, currentUri, monitorType = this.type, statisticsUri } = this.baseline;
    const hasStatistics = statisticsUri !== undefined;
    problems.require(monitorType === this.type,
      `the ${this.type} monitor was given a baseline of ${monitorType}: give a BaselineJob with the same analysis, or a Baseline of that kind`);
    if (currentUri !== undefined || monitorType !== this.type) return;
    problems.require(constraintsUri !== undefined, `the baseline of the ${this.type} monitor has neither constraintsUri nor currentUri: give one of them`);
    if (this.type.endsWith('quality')) {
      problems.require(hasStatistics, `the baseline of the ${this.type} monitor has no statistics.json, which it is compared with: `
      + 'give a BaselineJob with the same analysis, or Baseline.fromBucket');
    } else {
      problems.require(!hasStatistics, `the baseline of the ${this.type} monitor has a statistics.json, as those of data and model quality; `
      + 'this monitor is compared with analysis.json: give a BaselineJob with the same analysis, or Baseline.fromAnalysis');
    }
  }
}
