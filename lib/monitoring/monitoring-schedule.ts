import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  biasMetric, checkViolationsMetric, ENDPOINT_DIMENSION, ExecutionMetric, featureDriftMetric, featureMeanShiftMetric, latestUri, METRIC_NAMESPACES,
  MonitorType as MonitorTypeName, SCHEDULE_DIMENSION, SCHEDULE_NAME_LENGTH, ScheduleConfig,
} from '../contract';
import { resourceName } from '../private/names';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { Cadence } from './cadence';
import { DataQualityCheck } from './data-quality-check';
import { DriftAlarm } from './drift-alarm';
import { Facet } from './facet';
import { featureAlarms, FeatureAlarmsOptions } from './feature-alarms';
import { MonitorType } from './monitor-type';
import { MonitoringEngine } from './monitoring-engine';
import { MonitoringScheduleProps } from './monitoring-schedule-props';
import { biasDimensions } from './private/bias-dimensions';
import { checkSchedule } from './private/schedule-checks';
import { JobFiles, ScheduleJobs } from './private/schedule-jobs';

/**
 * Analyses the traffic of an endpoint at a cadence: statistics, violations of the baseline, a report, metrics and events.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class MonitoringSchedule extends Construct {
  /** Name in reports, in job names and, followed by the monitor's type, in the dimension `MonitoringSchedule`. */
  public readonly scheduleName: string;
  /** How often the traffic is analysed. */
  public readonly cadence: Cadence;
  /** Name of the endpoint whose traffic is watched. */
  public readonly endpointName: string;
  /** Name of the variant whose traffic is watched. */
  public readonly variantName: string;
  /** Kinds of its monitors, such as `data-quality`. Metrics of an execution as a whole are taken from the first. */
  public readonly monitorTypes: string[];
  /** Role of the jobs; of the isolated one, where another asks the model. */
  public readonly role: iam.IRole;
  /** S3 URI of the newest result of the data-quality monitor, else of the first. */
  public readonly latestUri: string;

  /**
   * The alarms that watch it, for dashboards.
   *
   * @internal
   */
  public readonly _alarms: cloudwatch.Alarm[] = [];
  /**
   * How long after its timestamp a metric may become known.
   *
   * @internal
   */
  public readonly _metricDelay: Duration;

  private readonly alarmedFeatures = new Set<string>();
  private readonly latest: S3Location;

  constructor(scope: Construct, id: string, private readonly props: MonitoringScheduleProps) {
    super(scope, id);
    const { bucket, endpoint, groundTruth, monitors, prefix = 'monitoring' } = props;
    this.cadence = props.cadence ?? Cadence.hourly();
    const maxRuntime = props.maxRuntime ?? Duration.minutes(this.cadence.hours === 1 ? 55 : 60);
    const engine = props.engine ?? MonitoringEngine.processingJobs();
    const problems = new Problems(this);
    checkSchedule(props, { prefix, maxRuntime, cadence: this.cadence }, problems);
    engine._check(this, props, problems);
    problems.throwIfAny();
    this.endpointName = endpoint.endpointName;
    this.variantName = endpoint.variantName;
    this.monitorTypes = monitors.map(({ type }) => type);
    this.scheduleName = props.scheduleName ?? resourceName(this, SCHEDULE_NAME_LENGTH);

    const jobs = new ScheduleJobs(this, monitors, { ...props, image: engine._image(this) ?? props.image, maxRuntime }, this.scheduleName);
    this.role = jobs.main.role;
    const outputUri = bucket.s3UrlForObject(prefix);
    const folder = (name: string): S3Location =>
      S3Location.folder(this, `${outputUri}/${this.endpointName}/${name}`, bucket.encryptionKey);
    const files: JobFiles = {
      capture: S3Location.folder(this, `${endpoint.captureUri}/${this.endpointName}/${endpoint.variantName}`, endpoint.captureKey),
      groundTruth: groundTruth && S3Location.folder(this, groundTruth.groundTruthUri, groundTruth.groundTruthKey),
      inputs: folder(this.scheduleName),
      report: ({ type }) => folder(this.monitorName(type)),
    };
    jobs.grant(files);

    this.latestUri = latestUri(outputUri, this.endpointName, this.monitorName(this.monitorTypes.find(type => type === 'data-quality') ?? this.monitorTypes[0] ?? ''));
    this.latest = S3Location.object(this, this.latestUri, bucket.encryptionKey);
    this._metricDelay = engine._metricDelay(this.cadence);
    engine._bind(this, {
      ...files,
      cadence: this.cadence,
      monitorTypes: monitors.map(({ type }) => type as MonitorTypeName),
      jobs: jobs.all,
      endpointArns: jobs.endpointArns,
      reports: monitors.map(files.report),
      encryptionKey: props.encryptionKey,
      outputKey: bucket.encryptionKey,
      config: () => this.config(outputUri, jobs),
    });
  }

  /** Allows to read the newest result. */
  public grantReadLatest(grantee: iam.IGrantable): void {
    this.latest.grantRead(grantee);
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
      namespace: METRIC_NAMESPACES[type as MonitorTypeName],
      metricName,
      dimensionsMap: this.dimensions(type),
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
   * A measure of bias, such as `DI`, of the group that a facet names by its values.
   *
   * @default - maximum over the cadence
   * @throws ValidationError when the metric's dimensions are not known yet: those of a threshold end in the largest value of the baseline.
   */
  public metricBias(metric: string, facet: Facet, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const dimensionsMap = { ...this.dimensions(MonitorType.MODEL_BIAS), ...biasDimensions(this, this.props.monitors, metric, facet) };
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
   * 1 when a job failed or was stopped, else 0.
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
   * Makes an alarm on the distance of each feature from its baseline.
   *
   * @throws ValidationError when there are more features than `max`, with what their alarms would cost.
   */
  public alarmOnEachFeature(options: FeatureAlarmsOptions): DriftAlarm[] {
    return featureAlarms(this, options);
  }

  /**
   * Has a feature's metrics published whatever its rank, since an alarm watches them.
   *
   * @internal
   */
  public _watch(feature: string): void {
    this.alarmedFeatures.add(feature);
  }

  private get labelledMonitor(): MonitorType {
    return [MonitorType.MODEL_QUALITY, MonitorType.MODEL_BIAS].find(type => this.monitorTypes.includes(type)) ?? MonitorType.MODEL_QUALITY;
  }

  private dimensions(type: string): Record<string, string> {
    return { [ENDPOINT_DIMENSION]: this.endpointName, [SCHEDULE_DIMENSION]: this.monitorName(type) };
  }

  private monitorName(type: string): string {
    return `${this.scheduleName}-${type}`;
  }

  private config(outputUri: string, jobs: ScheduleJobs): ScheduleConfig {
    const { bucket, endpoint, groundTruth, monitors } = this.props;
    return {
      name: this.scheduleName,
      cadenceHours: this.cadence.hours,
      capture: { uri: endpoint.captureUri, endpointName: this.endpointName, variantName: endpoint.variantName },
      ...groundTruth && { groundTruth: { uri: groundTruth.groundTruthUri } },
      output: { uri: outputUri, ...bucket.encryptionKey && { kmsKeyId: bucket.encryptionKey.keyArn } },
      ...jobs.config,
      monitors: monitors.map(monitor => monitor._render(this.monitorName(monitor.type), [...this.alarmedFeatures])),
    };
  }
}
