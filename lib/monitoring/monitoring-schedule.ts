import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  checkViolationsMetric, ENDPOINT_DIMENSION, ExecutionMetric, featureDriftMetric, featureMeanShiftMetric, latestUri, METRIC_NAMESPACES, MonitorType,
  SCHEDULE_DIMENSION, SCHEDULE_NAME_LENGTH, ScheduleConfig,
} from '../contract';
import { resourceName, uniquePrefix } from '../private/names';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { Cadence } from './cadence';
import { DataQualityCheck } from './data-quality-check';
import { DriftAlarm } from './drift-alarm';
import { featureAlarms, FeatureAlarmsOptions } from './feature-alarms';
import { MonitoringEngine } from './monitoring-engine';
import { MonitoringScheduleProps } from './monitoring-schedule-props';
import { AnalysisJob } from './private/analysis-job';
import { checkJob, checkPrefix } from './private/checks';

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
  /** Role of the jobs. */
  public readonly role: iam.IRole;
  /** S3 URI of the newest result of the data-quality monitor. */
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
    const { bucket, endpoint, prefix = 'monitoring' } = props;
    this.cadence = props.cadence ?? Cadence.hourly();
    const maxRuntime = props.maxRuntime ?? Duration.minutes(this.cadence.hours === 1 ? 55 : 60);
    this.check(prefix, maxRuntime);
    this.endpointName = endpoint.endpointName;
    this.variantName = endpoint.variantName;
    this.monitorTypes = props.monitors.map(({ type }) => type);
    this.scheduleName = props.scheduleName ?? resourceName(this, SCHEDULE_NAME_LENGTH);

    const job = new AnalysisJob(this, 'Job', { ...props, maxRuntime, namePrefix: uniquePrefix(this, this.scheduleName) });
    this.role = job.role;
    const outputUri = bucket.s3UrlForObject(prefix);
    const folder = (name: string): S3Location =>
      S3Location.folder(this, `${outputUri}/${this.endpointName}/${name}`, bucket.encryptionKey);
    const inputs = folder(this.scheduleName);
    const reports = props.monitors.map(({ type }) => folder(this.monitorName(type)));
    const capture = S3Location.folder(this, `${endpoint.captureUri}/${this.endpointName}/${endpoint.variantName}`, endpoint.captureKey);
    this.grantJob(capture, inputs, reports);

    this.latestUri = latestUri(outputUri, this.endpointName, this.monitorName('data-quality'));
    this.latest = S3Location.object(this, this.latestUri, bucket.encryptionKey);
    const engine = props.engine ?? MonitoringEngine.processingJobs();
    this._metricDelay = engine._metricDelay(this.cadence);
    engine._bind(this, {
      cadence: this.cadence,
      job,
      capture,
      inputs,
      reports,
      encryptionKey: props.encryptionKey,
      config: () => this.config(outputUri, job),
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
    return this._metric('data-quality', metricName, props);
  }

  /**
   * A metric of one monitor; the maximum over the cadence.
   *
   * @internal
   */
  public _metric(type: string, metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRIC_NAMESPACES[type as MonitorType],
      metricName,
      dimensionsMap: { [ENDPOINT_DIMENSION]: this.endpointName, [SCHEDULE_DIMENSION]: this.monitorName(type) },
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

  private monitorName(type: string): string {
    return `${this.scheduleName}-${type}`;
  }

  private grantJob(capture: S3Location, inputs: S3Location, reports: readonly S3Location[]): void {
    for (const read of [capture, inputs]) read.grantRead(this.role);
    for (const { baseline } of this.props.monitors) baseline.grantRead(this.role);
    for (const folder of reports) folder.grantWrite(this.role);
  }

  private config(outputUri: string, job: AnalysisJob): ScheduleConfig {
    const { bucket, endpoint, monitors } = this.props;
    return {
      name: this.scheduleName,
      cadenceHours: this.cadence.hours,
      capture: { uri: endpoint.captureUri, endpointName: this.endpointName, variantName: endpoint.variantName },
      output: { uri: outputUri, ...bucket.encryptionKey && { kmsKeyId: bucket.encryptionKey.keyArn } },
      job: job.config,
      monitors: monitors.map(monitor => monitor._render(this.monitorName(monitor.type), [...this.alarmedFeatures])),
    };
  }

  private check(prefix: string, maxRuntime: Duration): void {
    const { endpoint, monitors, scheduleName } = this.props;
    const problems = new Problems(this);
    checkJob({ ...this.props, maxRuntime }, this.cadence.period, problems);
    checkPrefix(prefix, problems);
    problems.require(scheduleName === undefined || Token.isUnresolved(scheduleName) || /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,35}$/.test(scheduleName),
      `scheduleName takes 1 to ${SCHEDULE_NAME_LENGTH} letters, digits and hyphens, got ${JSON.stringify(scheduleName)}`);
    problems.require(/^s3:\/\/.*[^/]$/.test(endpoint.captureUri), `captureUri begins with s3:// and has no slash at its end, got ${JSON.stringify(endpoint.captureUri)}`);
    problems.require(monitors.length > 0, 'monitors is empty: give at least one, such as Monitor.dataQuality({ baseline })');
    problems.require(new Set(monitors.map(monitor => monitor.type)).size === monitors.length, 'monitors holds two of one kind: make a schedule for each');
    for (const monitor of monitors) monitor._check(problems);
    problems.throwIfAny();
  }
}
