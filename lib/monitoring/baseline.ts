import { CustomResource, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ReportFile } from '../contract';
import { checkBaselineFiles } from '../private/baseline-check';
import { grant, grantKey, grantListObjects, grantReadObjects } from '../private/grants';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { BaselineFilesProps } from './baseline-files-props';
import { ModelPackageBaselineProps } from './model-package-baseline-props';
import { ModelPackageReader } from './private/model-package-reader';

/** What traffic is compared with: of data and model quality, statistics and constraints; of bias and explainability, an analysis. */
export interface IBaseline {
  /**
   * S3 URI of statistics.json.
   *
   * @default - none, as of bias and explainability
   */
  readonly statisticsUri?: string;
  /**
   * S3 URI of constraints.json; of bias and explainability, of analysis.json.
   *
   * @default - none, where `currentUri` tells
   */
  readonly constraintsUri?: string;
  /**
   * S3 URI of the file that tells where the newest finished baseline is: each execution looks into it.
   *
   * @default - none: the other two URIs stay
   */
  readonly currentUri?: string;
  /**
   * Kind of monitor that may compare with it, such as `data-quality`.
   *
   * @default - any that is compared with such files
   */
  readonly monitorType?: string;
  /**
   * Names of the features that are compared.
   *
   * @default - not known before the baseline is made
   */
  readonly features?: string[];
  /** Allows to read these files. */
  grantRead(grantee: iam.IGrantable): void;
}

/** A baseline that exists already. */
export class Baseline implements IBaseline {
  /**
   * A folder that holds statistics.json and constraints.json, also those of the service itself.
   *
   * @param prefix the folder, without a slash at its end.
   */
  public static fromBucket(bucket: s3.IBucket, prefix: string): Baseline {
    const uri = (name: string): string => bucket.s3UrlForObject(`${prefix}/${name}`);
    return new Baseline(grantFolder(bucket, prefix), { constraintsUri: uri(ReportFile.CONSTRAINTS), statisticsUri: uri(ReportFile.STATISTICS) });
  }

  /**
   * A folder that holds analysis.json, of bias or of explainability, also that of the service itself.
   *
   * @param prefix the folder, without a slash at its end.
   */
  public static fromAnalysis(bucket: s3.IBucket, prefix: string): Baseline {
    return new Baseline(grantFolder(bucket, prefix), { constraintsUri: bucket.s3UrlForObject(`${prefix}/${ReportFile.ANALYSIS}`) });
  }

  /**
   * Files that ship with the app, also those of the service itself. They are read at synthesis as a monitor would read them.
   *
   * @throws ValidationError that names the file and the first field that is not as expected.
   */
  public static fromFiles(scope: Construct, id: string, props: BaselineFilesProps): Baseline {
    const place = new Construct(scope, id);
    const { constraints, statistics } = props;
    const problems = new Problems(place, Baseline.name);
    const monitorType = checkBaselineFiles(constraints, statistics, problems);
    problems.require(statistics === undefined || !/bias|explainability/.test(monitorType ?? ''),
      `the baseline of a ${monitorType} monitor is analysis.json alone, got statistics too: leave them out`);
    problems.require(statistics !== undefined || !monitorType?.endsWith('quality'),
      `a ${monitorType} monitor compares with statistics too: give the statistics.json that was made with ${constraints}`);
    problems.throwIfAny();
    const files = [constraints, statistics].filter(file => file !== undefined)
      .map((file, index) => new assets.Asset(place, index === 0 ? 'Constraints' : 'Statistics', { path: file }));
    const [constraintsUri, statisticsUri] = files.map(({ s3BucketName, s3ObjectKey }) => `s3://${s3BucketName}/${s3ObjectKey}`);
    return new Baseline((grantee) => {
      for (const { bucket, s3ObjectKey } of files) {
        grantReadObjects(bucket, grantee, s3ObjectKey);
        grantListObjects(bucket, grantee, s3ObjectKey);
      }
    }, { constraintsUri, statisticsUri, monitorType });
  }

  /**
   * What a model package names as its drift check baselines: the deployment reads it. Of bias, it is what was measured after training.
   *
   * The deployment fails when the package names none for such a monitor, and says which section is missing.
   *
   * @throws ValidationError when the ARN is none of a model package.
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DriftCheckBaselines.html
   */
  public static fromModelPackage(scope: Construct, id: string, props: ModelPackageBaselineProps): Baseline {
    const place = new Construct(scope, id);
    const { dataKey, encryptionKey, modelPackageArn, monitorType } = props;
    const problems = new Problems(place, Baseline.name);
    problems.require(Token.isUnresolved(modelPackageArn) || /^arn:[^:]+:sagemaker:[^:]+:\d{12}:model-package\/.+$/.test(modelPackageArn),
      `modelPackageArn must be the ARN of a model package, got ${JSON.stringify(modelPackageArn)}`);
    problems.throwIfAny();
    const resource = ModelPackageReader.of(place, encryptionKey).read(place, { modelPackageArn, monitorType });
    const files = monitorType.endsWith('quality') ? ['Constraints', 'Statistics'] : ['Constraints'];
    const [constraintsUri, statisticsUri] = files.map(file => resource.getAttString(`${file}Uri`));
    return new Baseline((grantee) => {
      for (const file of files) grantReadFile(resource, file, grantee);
      if (dataKey !== undefined) grantKey(dataKey, grantee, 'kms:Decrypt');
    }, { constraintsUri, statisticsUri, monitorType });
  }

  /** S3 URI of statistics.json. */
  public readonly statisticsUri?: string;
  /** S3 URI of constraints.json; of bias and explainability, of analysis.json. */
  public readonly constraintsUri?: string;
  /** Kind of monitor that compares with it; `undefined` where only the files tell. */
  public readonly monitorType?: string;

  private constructor(
    private readonly grantFiles: (grantee: iam.IGrantable) => void, files: Pick<IBaseline, 'constraintsUri' | 'monitorType' | 'statisticsUri'>,
  ) {
    this.constraintsUri = files.constraintsUri;
    this.statisticsUri = files.statisticsUri;
    this.monitorType = files.monitorType;
  }

  /** Allows to read these files. */
  public grantRead(grantee: iam.IGrantable): void {
    this.grantFiles(grantee);
  }
}

function grantFolder(bucket: s3.IBucket, prefix: string): (grantee: iam.IGrantable) => void {
  return (grantee) => { S3Location.folder(bucket, bucket.s3UrlForObject(prefix), bucket.encryptionKey).grantRead(grantee); };
}

/** Where a file is, the deployment alone knows. */
function grantReadFile(resource: CustomResource, file: string, grantee: iam.IGrantable): void {
  grant(grantee, { actions: ['s3:GetObject'], resourceArns: [resource.getAttString(`${file}Arn`)] });
  grant(grantee, {
    actions: ['s3:ListBucket'],
    resourceArns: [resource.getAttString(`${file}BucketArn`)],
    conditions: { StringLike: { 's3:prefix': resource.getAttString(`${file}Key`) } },
  });
}
