import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BASELINE_DIMENSION, BASELINE_FAILED_METRIC, BASELINE_NAMESPACE, BaselineConfig, BaselineRequest } from '../contract';
import { resourceName, uniquePrefix } from '../private/names';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { Analysis } from './analysis';
import { IBaseline } from './baseline';
import { BaselineJobProps } from './baseline-job-props';
import { DataQualityAnalysisOptions } from './data-quality-analysis';
import { AnalysisJob } from './private/analysis-job';
import { requireCarriable } from './private/analysis-rules';
import { BaselineProvider } from './private/baseline-provider';
import { BaselineWatcher } from './private/baseline-watcher';
import { checkJob, checkPrefix } from './private/checks';
import { checkWatched, DatasetPlace, grantListPlace } from './private/watched-place';

/** CloudFormation waits for an hour, in which the instances have to come, too. */
const LONGEST_WAIT = Duration.minutes(50);
/** SageMaker's default, and what it allows. */
const DAY = Duration.days(1);
const LONGEST = Duration.days(5);
const NAME_LENGTH = 28;
const DATA_QUALITY_OPTIONS: readonly (keyof DataQualityAnalysisOptions)[] = [
  'captureIndexNames', 'categoricalMethod', 'comparisonMethod', 'comparisonThreshold', 'excludedColumns', 'featureOverrides', 'minimumRows', 'sensitiveColumns',
];

/**
 * A Processing job that turns training data into what traffic is compared with while the stack is deployed. The deployment waits for it,
 * and fails with the job's own reason. It runs again when the dataset's asset or its configuration changes; of a watched dataset, also without a
 * deployment, whenever a newer one arrives.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class BaselineJob extends Construct implements IBaseline {
  /** Kind of analysis, such as `data-quality`: only a monitor of that kind can compare with it. */
  public readonly monitorType?: string;
  /** S3 URI of statistics.json; bias and explainability have none, nor has a baseline that `currentUri` tells. */
  public readonly statisticsUri?: string;
  /** S3 URI of constraints.json, of bias and explainability of analysis.json; a baseline that `currentUri` tells has none. */
  public readonly constraintsUri?: string;
  /** S3 URI of current.json, which tells the newest finished baseline: of a watched dataset, and where the deployment does not wait. */
  public readonly currentUri?: string;
  /** Names of the features, where the dataset is a CSV file with a header that ships with the app, and its analysis is of data quality. */
  public readonly features?: string[];
  /** Role of the job. */
  public readonly role: iam.IRole;
  private readonly job: AnalysisJob;
  private readonly output: S3Location;
  private readonly watchUri: string;

  constructor(scope: Construct, id: string, private readonly props: BaselineJobProps) {
    super(scope, id);
    const { bucket, prefix = 'baselines', waitForCompletion = true } = props;
    const maxRuntime = props.maxRuntime ?? (waitForCompletion ? LONGEST_WAIT : DAY);
    const analysis = props.analysis ?? Analysis.dataQuality(props);
    this.check({ ...props, prefix, maxRuntime }, analysis);

    this.output = S3Location.folder(this, bucket.s3UrlForObject(prefix), bucket.encryptionKey);
    this.watchUri = bucket.s3UrlForObject(`${prefix}/watched-${this.node.addr.slice(-8)}.json`);
    this.job = new AnalysisJob(this, 'Job', {
      ...props, maxRuntime, networkIsolation: analysis._endpoint === undefined, namePrefix: uniquePrefix(this, resourceName(this, NAME_LENGTH)),
    });
    this.role = this.job.role;
    this.output.grantRead(this.role);
    this.output.grantWrite(this.role);
    analysis._endpoint?.grantInvoke(this.role);
    const { datasetUri, versionId } = props.dataset._bind(this, this.role);
    const { _watched: watched } = props.dataset;
    const { type, analysis: rendered } = analysis._config;
    const config = { type, datasetFormat: props.dataset.format._value, analysis: rendered } as BaselineConfig;
    const resource = this.resource({
      datasetUri,
      // A job reads no version by name: a folder for each makes a new version a new baseline, and an old one is found again.
      outputUri: bucket.s3UrlForObject(versionId === undefined ? prefix : `${prefix}/${versionId}`),
      ...bucket.encryptionKey && { outputKmsKeyId: bucket.encryptionKey.keyArn },
      config: Stack.of(this).toJsonString(config),
      job: this.job.config,
      ...!waitForCompletion && { continues: true },
      ...watched && { watchUri: this.watchUri },
    }, watched);
    if (props.vpc !== undefined) resource.node.addDependency(props.vpc);
    this.monitorType = type;
    if ('excludedColumns' in rendered && type === 'data-quality') {
      this.features = props.dataset._columns?.filter(column => !rendered.excludedColumns.includes(column));
    }
    if (watched !== undefined || !waitForCompletion) {
      this.currentUri = resource.getAttString('CurrentUri');
    } else {
      if (type.endsWith('quality')) this.statisticsUri = resource.getAttString('StatisticsUri');
      this.constraintsUri = resource.getAttString('ConstraintsUri');
    }
  }

  /** Allows to read the baseline, and those that other configurations made. */
  public grantRead(grantee: iam.IGrantable): void {
    this.output.grantRead(grantee);
  }

  /**
   * 1 when a job failed that was to make a baseline, else 0: the baseline before it stays. It is there of a watched dataset, and where the deployment
   * does not wait.
   *
   * @default - maximum over 5 minutes
   * @throws ValidationError when the deployment waits for the job, and fails with it: nobody would publish the metric.
   */
  public metricFailed(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const problems = new Problems(this);
    problems.require(this.currentUri !== undefined,
      'a job that the deployment waits for fails the deployment, and has no metric: watch the dataset with Dataset.watch, or set waitForCompletion to false');
    problems.throwIfAny();
    return new cloudwatch.Metric({
      namespace: BASELINE_NAMESPACE,
      metricName: BASELINE_FAILED_METRIC,
      dimensionsMap: { [BASELINE_DIMENSION]: this.job.config.namePrefix },
      statistic: cloudwatch.Stats.MAXIMUM,
      ...props,
    });
  }

  private resource(request: BaselineRequest, watched: DatasetPlace | undefined): CustomResource {
    const { encryptionKey } = this.props;
    const provider = BaselineProvider.of(this, encryptionKey);
    for (const handler of [provider.onEvent, provider.isComplete]) {
      this.job.grantDescribe(handler);
      this.output.grantList(handler);
    }
    this.job.grantStart(provider.onEvent);
    this.output.grantPut(provider.onEvent);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ModelMonitorBaseline',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.hours(1),
      properties: request,
    });
    resource.node.addDependency(this.job, provider);
    if (watched !== undefined || request.continues === true) resource.node.addDependency(this.keepCurrent(provider, watched));
    return resource;
  }

  /** What hears of ends of jobs and of new datasets. It is there before the first job, whose end would else go unheard. */
  private keepCurrent(provider: BaselineProvider, watched: DatasetPlace | undefined): Construct {
    const watcher = BaselineWatcher.of(this, this.props.encryptionKey);
    this.output.grantRead(provider.onEvent);
    this.output.grantRead(watcher.handler);
    this.output.grantPut(watcher.handler);
    this.job.grantDescribe(watcher.handler);
    const heard = new Construct(this, 'Changes');
    watcher.followJobs(heard, this.job.config.namePrefix);
    if (watched === undefined) return heard;
    this.job.grantStart(watcher.handler);
    for (const handler of [provider.onEvent, watcher.handler]) grantListPlace(watched, handler);
    watcher.watch(heard, watched, this.watchUri);
    return heard;
  }

  private check(props: BaselineJobProps & { readonly prefix: string; readonly maxRuntime: Duration }, analysis: Analysis): void {
    const problems = new Problems(this);
    const beside = DATA_QUALITY_OPTIONS.filter(option => props[option] !== undefined);
    problems.require(props.analysis === undefined || beside.length === 0,
      `${beside.join(' and ')} beside analysis would be ignored: give them to Analysis.dataQuality, or leave analysis out`);
    analysis._check(problems);
    requireCarriable(problems, [analysis._config]);
    if (props.waitForCompletion ?? true) {
      checkJob(props, LONGEST_WAIT, problems, ', as CloudFormation waits for an hour: set waitForCompletion to false for a job that takes longer');
    } else {
      checkJob(props, LONGEST, problems);
    }
    checkPrefix(props.prefix, problems);
    if (props.dataset._watched !== undefined) checkWatched(props.dataset._watched, props, problems);
    problems.throwIfAny();
  }
}
