import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BaselineConfig, BaselineRequest } from '../contract';
import { resourceName, uniquePrefix } from '../private/names';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { Analysis } from './analysis';
import { AnalysisJobOptions } from './analysis-job-options';
import { IBaseline } from './baseline';
import { DataQualityAnalysisOptions } from './data-quality-analysis';
import { Dataset } from './dataset';
import { AnalysisJob } from './private/analysis-job';
import { requireCarriable } from './private/analysis-rules';
import { BaselineProvider } from './private/baseline-provider';
import { checkJob, checkPrefix } from './private/checks';

/** Properties of a BaselineJob. */
export interface BaselineJobProps extends AnalysisJobOptions, DataQualityAnalysisOptions {
  /** The data that the model was trained with. */
  readonly dataset: Dataset;
  /**
   * What is analysed: `Analysis.modelQuality(options)`, with the options of the monitor that compares with it.
   *
   * @default - data quality, as the other properties say
   */
  readonly analysis?: Analysis;
  /** Where the baseline goes. */
  readonly bucket: s3.IBucket;
  /**
   * Folder in the bucket, without slashes around it. Each configuration has a folder of its own in it, so that a rollback points back.
   *
   * @default baselines
   */
  readonly prefix?: string;
  /**
   * Longest time that the job may take, at most 50 minutes: CloudFormation waits for an hour.
   *
   * @default Duration.minutes(50)
   */
  readonly maxRuntime?: Duration;
}

const LONGEST = Duration.minutes(50);
const NAME_LENGTH = 28;
const DATA_QUALITY_OPTIONS: readonly (keyof DataQualityAnalysisOptions)[] = [
  'captureIndexNames', 'categoricalMethod', 'comparisonMethod', 'comparisonThreshold', 'excludedColumns', 'featureOverrides', 'minimumRows', 'sensitiveColumns',
];

/**
 * A Processing job that turns training data into what traffic is compared with while the stack is deployed. The deployment waits for it,
 * and fails with the job's own reason. It runs again when the dataset's asset or its configuration changes.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class BaselineJob extends Construct implements IBaseline {
  /** S3 URI of statistics.json; bias and explainability have none. */
  public readonly statisticsUri?: string;
  /** S3 URI of constraints.json; of bias and explainability, of analysis.json. */
  public readonly constraintsUri: string;
  /** Role of the job. */
  public readonly role: iam.IRole;
  private readonly output: S3Location;

  constructor(scope: Construct, id: string, props: BaselineJobProps) {
    super(scope, id);
    const { bucket, prefix = 'baselines', maxRuntime = LONGEST } = props;
    const analysis = props.analysis ?? Analysis.dataQuality(props);
    this.check({ ...props, prefix, maxRuntime }, analysis);

    this.output = S3Location.folder(this, bucket.s3UrlForObject(prefix), bucket.encryptionKey);
    const job = new AnalysisJob(this, 'Job', {
      ...props, maxRuntime, networkIsolation: analysis._endpoint === undefined, namePrefix: uniquePrefix(this, resourceName(this, NAME_LENGTH)),
    });
    this.role = job.role;
    this.output.grantRead(this.role);
    this.output.grantWrite(this.role);
    analysis._endpoint?.grantInvoke(this.role);
    const { datasetUri, versionId } = props.dataset._bind(this, this.role);
    const { type, analysis: rendered } = analysis._config;
    const config = { type, datasetFormat: props.dataset.format._value, analysis: rendered } as BaselineConfig;
    const resource = this.resource(job, BaselineProvider.of(this, props.encryptionKey), {
      datasetUri,
      // A job reads no version by name: a folder for each makes a new version a new baseline, and an old one is found again.
      outputUri: bucket.s3UrlForObject(versionId === undefined ? prefix : `${prefix}/${versionId}`),
      ...bucket.encryptionKey && { outputKmsKeyId: bucket.encryptionKey.keyArn },
      config: Stack.of(this).toJsonString(config),
      job: job.config,
    });
    if (props.vpc !== undefined) resource.node.addDependency(props.vpc);
    if (type.endsWith('quality')) this.statisticsUri = resource.getAttString('StatisticsUri');
    this.constraintsUri = resource.getAttString('ConstraintsUri');
  }

  /** Allows to read the baseline, and those that other configurations made. */
  public grantRead(grantee: iam.IGrantable): void {
    this.output.grantRead(grantee);
  }

  private resource(job: AnalysisJob, provider: BaselineProvider, request: BaselineRequest): CustomResource {
    for (const handler of [provider.onEvent, provider.isComplete]) {
      job.grantDescribe(handler);
      this.output.grantList(handler);
    }
    job.grantStart(provider.onEvent);
    this.output.grantPut(provider.onEvent);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ModelMonitorBaseline',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.hours(1),
      properties: request,
    });
    resource.node.addDependency(job, provider);
    return resource;
  }

  private check(props: BaselineJobProps & { readonly prefix: string; readonly maxRuntime: Duration }, analysis: Analysis): void {
    const problems = new Problems(this);
    const beside = DATA_QUALITY_OPTIONS.filter(option => props[option] !== undefined);
    problems.require(props.analysis === undefined || beside.length === 0,
      `${beside.join(' and ')} beside analysis would be ignored: give them to Analysis.dataQuality, or leave analysis out`);
    analysis._check(problems);
    requireCarriable(problems, [analysis._config]);
    checkJob(props, LONGEST, problems);
    checkPrefix(props.prefix, problems);
    problems.throwIfAny();
  }
}
