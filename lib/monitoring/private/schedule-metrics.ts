import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  biasMetric, checkViolationsMetric, ENDPOINT_DIMENSION, ExecutionMetric, featureDriftMetric, featureMeanShiftMetric, metricNamespace,
  MonitorType as MonitorTypeName, SCHEDULE_DIMENSION,
} from '../../contract';
import { Problems } from '../../private/validation';
import { Cadence } from '../cadence';
import { DataQualityCheck } from '../data-quality-check';
import { Facet } from '../facet';
import { Monitor } from '../monitor';
import { MonitorType } from '../monitor-type';
import { dimensionsOfGroup } from './bias-dimensions';

/**
 * The metrics of a schedule: what its executions publish, to be watched.
 *
 * @internal
 */
export abstract class ScheduleMetrics extends Construct {
  /** Kinds of its monitors, such as `data-quality`. Metrics of an execution as a whole are taken from the first. */
  public readonly monitorTypes: string[];

  protected abstract readonly scheduleName: string;
  protected abstract readonly endpointName: string | undefined;
  protected abstract readonly cadence: Cadence;

  constructor(scope: Construct, id: string, private readonly monitors: readonly Monitor[]) {
    super(scope, id);
    this.monitorTypes = monitors.map(({ type }) => type);
  }

  /**
   * A metric of the data-quality monitor.
   *
   * @default - maximum over the cadence
   */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOf(MonitorType.DATA_QUALITY, metricName, props);
  }

  /**
   * A metric of one monitor.
   *
   * @default - maximum over the cadence
   * @throws ValidationError when the schedule has no such monitor: nobody would publish it.
   */
  public metricOf(monitor: MonitorType, metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const problems = new Problems(this);
    problems.require(this.monitorTypes.includes(monitor),
      `the metric ${metricName} is of a ${monitor} monitor, and the monitors are ${this.monitorTypes.join(', ')}: add one to monitors`);
    problems.throwIfAny();
    return this._metric(monitor, metricName, props);
  }

  /**
   * A metric of one monitor; the maximum over the cadence.
   *
   * @internal
   */
  public _metric(type: string, metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: metricNamespace(type as MonitorTypeName, this.endpointName),
      metricName,
      dimensionsMap: this._dimensions(type),
      statistic: cloudwatch.Stats.MAXIMUM,
      period: this.cadence.period,
      ...props,
    });
  }

  /**
   * Distance (0–1) of a feature's distribution from its baseline. Published always when an alarm watches it, else when it is among the most drifted.
   *
   * @default - maximum over the cadence
   */
  public metricFeatureDrift(feature: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(featureDriftMetric(feature), props);
  }

  /**
   * |mean − baseline mean| / |baseline mean| of a feature: 0.2 is 20 %. Published as `metricFeatureDrift` is.
   *
   * @default - maximum over the cadence
   */
  public metricFeatureMeanShift(feature: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(featureMeanShiftMetric(feature), props);
  }

  /**
   * The largest distance (0–1) of all features.
   *
   * @default - maximum over the cadence
   */
  public metricMaximumDrift(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ExecutionMetric.BASELINE_DRIFT_MAX, props);
  }

  /**
   * How many violations an execution found.
   *
   * @default - maximum over the cadence
   */
  public metricViolations(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(ExecutionMetric.VIOLATIONS, props);
  }

  /**
   * How many violations one check found.
   *
   * @default - maximum over the cadence
   */
  public metricCheckViolations(check: DataQualityCheck, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(checkViolationsMetric(check), props);
  }

  /**
   * A measure of the model's quality, such as `accuracy`.
   *
   * @default - maximum over the cadence
   */
  public metricModelQuality(metric: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOf(MonitorType.MODEL_QUALITY, metric, props);
  }

  /**
   * A measure of bias, such as `DI`, of the group that a facet names by its values or by a threshold.
   *
   * @default - maximum over the cadence
   * @throws ValidationError when the facet is each value of a column: only the data know which groups there are.
   */
  public metricBias(metric: string, facet: Facet, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const dimensionsMap = { ...this._dimensions(MonitorType.MODEL_BIAS), ...dimensionsOfGroup(this, this.monitors, metric, facet) };
    return this.metricOf(MonitorType.MODEL_BIAS, biasMetric(metric), { dimensionsMap, ...props });
  }

  /**
   * nDCG (0–1) of the features' ranking by what they contribute: 1 is the baseline's own ranking, lower is farther from it.
   *
   * @default - minimum over the cadence
   */
  public metricAttributionDrift(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const statistic = cloudwatch.Stats.MINIMUM;
    return this.metricOf(MonitorType.MODEL_EXPLAINABILITY, ExecutionMetric.FEATURE_ATTRIBUTION_NDCG, { statistic, ...props });
  }

  /**
   * Capture records that lie in the window.
   *
   * @default - maximum over the cadence
   */
  public metricRecordsCaptured(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._executionMetric(ExecutionMetric.RECORDS_CAPTURED, props);
  }

  /**
   * Rows that were analysed; a record can carry many.
   *
   * @default - maximum over the cadence
   */
  public metricRecordsAnalysed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._executionMetric(ExecutionMetric.RECORDS_ANALYSED, props);
  }

  /**
   * Lines and rows that could not be analysed.
   *
   * @default - maximum over the cadence
   */
  public metricRecordsRejected(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._executionMetric(ExecutionMetric.RECORDS_REJECTED, props);
  }

  /**
   * Rows analysed that have a label.
   *
   * @default - maximum over the cadence
   */
  public metricRecordsLabelled(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOf(this.labelledMonitor, ExecutionMetric.RECORDS_LABELLED, props);
  }

  /**
   * Share (0–1) of the rows analysed that have a label.
   *
   * @default - minimum over the cadence
   */
  public metricLabelledShare(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOf(this.labelledMonitor, ExecutionMetric.LABELLED_SHARE, { statistic: cloudwatch.Stats.MINIMUM, ...props });
  }

  /**
   * Seconds from a job's start to its end.
   *
   * @default - maximum over the cadence
   */
  public metricDuration(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._executionMetric(ExecutionMetric.DURATION, props);
  }

  /**
   * 1 when a window held no traffic, else 0.
   *
   * @default - maximum over the cadence
   */
  public metricNoData(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._executionMetric(ExecutionMetric.NO_DATA, props);
  }

  /**
   * 1 when there was no finished baseline to compare with, else 0; of the first monitor whose baseline is watched or not waited for.
   *
   * @default - maximum over the cadence
   * @throws ValidationError when there is no such monitor: nobody would publish the metric.
   */
  public metricBaselinePending(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const type = this._awaitingType;
    const problems = new Problems(this);
    problems.require(type !== undefined, 'every baseline is there before the schedule, so that none is ever pending: leave this metric out');
    problems.throwIfAny();
    return this._metric(type ?? '', ExecutionMetric.BASELINE_PENDING, props);
  }

  /**
   * Kind of the first monitor whose baseline may be pending.
   *
   * @internal
   */
  public get _awaitingType(): string | undefined {
    return this.monitors.find(({ baseline }) => baseline.currentUri !== undefined)?.type;
  }

  /**
   * 1 when a job failed or was stopped, or there is no baseline as its job failed, else 0.
   *
   * @default - maximum over the cadence
   */
  public metricFailed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._executionMetric(ExecutionMetric.FAILED, props);
  }

  /**
   * A metric of an execution as a whole; the maximum over the cadence.
   *
   * @internal
   */
  public _executionMetric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._metric(this.monitorTypes[0] ?? 'data-quality', metricName, props);
  }

  /**
   * Kind of the first monitor that looks at captures without waiting for labels.
   *
   * @internal
   */
  public get _promptType(): string | undefined {
    return this.monitors.find(({ _labelDelay: delay }) => (delay?.toSeconds() ?? 0) === 0)?.type;
  }

  private get labelledMonitor(): MonitorType {
    return [MonitorType.MODEL_QUALITY, MonitorType.MODEL_BIAS].find(type => this.monitorTypes.includes(type)) ?? MonitorType.MODEL_QUALITY;
  }

  /**
   * Dimensions of each metric of a monitor.
   *
   * @internal
   */
  public _dimensions(type: string): Record<string, string> {
    return { ...this.endpointName !== undefined && { [ENDPOINT_DIMENSION]: this.endpointName }, [SCHEDULE_DIMENSION]: this._monitorName(type) };
  }

  /**
   * The dimension `MonitoringSchedule` of one monitor's metrics.
   *
   * @internal
   */
  protected _monitorName(type: string): string {
    return `${this.scheduleName}-${type}`;
  }
}
