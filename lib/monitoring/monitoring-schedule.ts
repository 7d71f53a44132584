import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ContainerImage } from '../endpoint';
import { CaptureSource, latestUri, MonitorType as MonitorTypeName, outputFolderUri, SCHEDULE_NAME_LENGTH, ScheduleConfig } from '../contract';
import { resourceName } from '../private/names';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { Cadence } from './cadence';
import { DriftAlarm } from './drift-alarm';
import { featureAlarms, FeatureAlarmsOptions } from './feature-alarms';
import { Monitor } from './monitor';
import { MonitoringEngine } from './monitoring-engine';
import { MonitoringScheduleProps } from './monitoring-schedule-props';
import { LatestResult } from './private/latest-result';
import { checkSchedule } from './private/schedule-checks';
import { inputOf } from './private/schedule-input-choice';
import { JobFiles, ScheduleJobs } from './private/schedule-jobs';
import { ScheduleMetrics } from './private/schedule-metrics';

/**
 * Analyses the traffic of an endpoint, or what else was captured, at a cadence: statistics, violations of the baseline, a report, metrics, events.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class MonitoringSchedule extends ScheduleMetrics {
  /** Name in reports, in job names and, followed by the monitor's type, in the dimension `MonitoringSchedule`. */
  public readonly scheduleName: string;
  /** How often the traffic is analysed. */
  public readonly cadence: Cadence;
  /** Name of the endpoint whose traffic is watched; `undefined` where `input` is. */
  public readonly endpointName: string | undefined;
  /** Name of the variant whose traffic is watched. */
  public readonly variantName: string | undefined;
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
   * Key that encrypts what is made for it besides its data.
   *
   * @internal
   */
  public readonly _encryptionKey?: kms.IKey;
  /**
   * How long after its timestamp a metric may become known.
   *
   * @internal
   */
  public readonly _metricDelay: Duration;

  private readonly alarmedFeatures = new Set<string>();
  private readonly outputUri: string;
  private readonly source: CaptureSource;

  constructor(scope: Construct, id: string, private readonly props: MonitoringScheduleProps) {
    super(scope, id, props.monitors);
    const { bucket, groundTruth, monitors, prefix = 'monitoring' } = props;
    this.cadence = props.cadence ?? Cadence.hourly();
    const maxRuntime = props.maxRuntime ?? Duration.minutes(this.cadence.hours === 1 ? 55 : 60);
    const engine = props.engine ?? MonitoringEngine.processingJobs();
    const problems = new Problems(this);
    const input = inputOf(props, problems);
    checkSchedule(props, { input, prefix, maxRuntime, cadence: this.cadence }, problems);
    engine._check(this, props, this.cadence, problems);
    problems.throwIfAny();
    this._encryptionKey = props.encryptionKey;
    this.source = input.source(this);
    this.endpointName = this.source.endpointName;
    this.variantName = this.source.variantName;
    this.scheduleName = props.scheduleName ?? resourceName(this, SCHEDULE_NAME_LENGTH);

    const imageOf = ({ type }: Monitor): ContainerImage | undefined => engine._image(this, type) ?? props.image;
    const jobs = new ScheduleJobs(this, monitors, { ...props, imageOf, maxRuntime }, this.scheduleName);
    this.role = jobs.main.role;
    const outputUri = bucket.s3UrlForObject(prefix);
    const folder = (name: string): S3Location =>
      S3Location.folder(this, outputFolderUri(outputUri, this.endpointName, name), bucket.encryptionKey);
    const files: JobFiles = {
      data: input.data(this),
      groundTruth: groundTruth && S3Location.folder(this, groundTruth.groundTruthUri, groundTruth.groundTruthKey),
      inputs: folder(this.scheduleName),
      report: ({ type }) => folder(this._monitorName(type)),
    };
    jobs.grant(files);

    this.outputUri = outputUri;
    this.latestUri = this._latest().uri;
    this._metricDelay = engine._metricDelay(this.cadence);
    engine._bind(this, {
      ...files,
      captures: input.captures(this),
      cadence: this.cadence,
      endpointName: this.endpointName,
      monitorTypes: monitors.map(({ type }) => type as MonitorTypeName),
      jobs: jobs.all,
      asked: jobs.asked,
      reports: monitors.map(files.report),
      baselines: new Map(monitors.map(({ type, baseline }) => [type as MonitorTypeName, baseline])),
      encryptionKey: props.encryptionKey,
      outputKey: bucket.encryptionKey,
      alarms: this._alarms,
      config: () => this.config(jobs),
    });
  }

  /** Allows to read the newest result. */
  public grantReadLatest(grantee: iam.IGrantable): void {
    this._latest().grantRead(grantee);
  }

  /**
   * Makes an alarm on the distance of each feature from its baseline.
   *
   * @throws ValidationError when there are more features than `max`, with what their alarms would cost; or when they are neither given nor known.
   */
  public alarmOnEachFeature(options: FeatureAlarmsOptions = {}): DriftAlarm[] {
    const known = this.props.monitors.find(({ type }) => type === 'data-quality')?._features;
    return featureAlarms(this, { ...options, features: options.features ?? known });
  }

  /**
   * The newest result of one monitor; of data quality, else of the first, when left out.
   *
   * @internal
   */
  public _latest(type = this.monitorTypes.find(each => each === 'data-quality') ?? this.monitorTypes[0] ?? 'data-quality'): LatestResult {
    return new LatestResult(this, latestUri(this.outputUri, this.endpointName, this._monitorName(type)), this.props.bucket.encryptionKey);
  }

  /**
   * Where something happened, in the words of an alarm.
   *
   * @internal
   */
  public get _place(): string {
    return this.endpointName === undefined ? `in schedule ${this.scheduleName}` : `at endpoint ${this.endpointName}`;
  }

  /**
   * Has a feature's metrics published whatever its rank, since an alarm watches them.
   *
   * @internal
   */
  public _watch(feature: string): void {
    this.alarmedFeatures.add(feature);
  }

  private config(jobs: ScheduleJobs): ScheduleConfig {
    const { bucket, groundTruth, monitors } = this.props;
    return {
      name: this.scheduleName,
      cadenceHours: this.cadence.hours,
      capture: this.source,
      ...groundTruth && { groundTruth: { uri: groundTruth.groundTruthUri } },
      output: { uri: this.outputUri, ...bucket.encryptionKey && { kmsKeyId: bucket.encryptionKey.keyArn } },
      ...jobs.config,
      monitors: monitors.map(monitor => monitor._render(this._monitorName(monitor.type), [...this.alarmedFeatures])),
    };
  }
}
