import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ReportFile } from '../contract';
import { S3Location } from '../private/s3-location';

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
    return new Baseline(bucket, prefix, uri(ReportFile.CONSTRAINTS), uri(ReportFile.STATISTICS));
  }

  /**
   * A folder that holds analysis.json, of bias or of explainability, also that of the service itself.
   *
   * @param prefix the folder, without a slash at its end.
   */
  public static fromAnalysis(bucket: s3.IBucket, prefix: string): Baseline {
    return new Baseline(bucket, prefix, bucket.s3UrlForObject(`${prefix}/${ReportFile.ANALYSIS}`));
  }

  /** S3 URI of statistics.json. */
  public readonly statisticsUri?: string;
  /** S3 URI of constraints.json; of bias and explainability, of analysis.json. */
  public readonly constraintsUri?: string;

  private constructor(private readonly bucket: s3.IBucket, private readonly prefix: string, constraintsUri: string, statisticsUri?: string) {
    this.constraintsUri = constraintsUri;
    this.statisticsUri = statisticsUri;
  }

  /** Allows to read these files. */
  public grantRead(grantee: iam.IGrantable): void {
    S3Location.folder(this.bucket, this.bucket.s3UrlForObject(this.prefix), this.bucket.encryptionKey).grantRead(grantee);
  }
}
