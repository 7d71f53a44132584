import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ReportFile } from '../contract';
import { S3Location } from '../private/s3-location';

/** What traffic is compared with: statistics of the training data, and the constraints that follow from them. */
export interface IBaseline {
  /** S3 URI of statistics.json. */
  readonly statisticsUri: string;
  /** S3 URI of constraints.json. */
  readonly constraintsUri: string;
  /** Allows to read both files. */
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
    return new Baseline(bucket, prefix);
  }

  /** S3 URI of statistics.json. */
  public readonly statisticsUri: string;
  /** S3 URI of constraints.json. */
  public readonly constraintsUri: string;

  private constructor(private readonly bucket: s3.IBucket, private readonly prefix: string) {
    this.statisticsUri = bucket.s3UrlForObject(`${prefix}/${ReportFile.STATISTICS}`);
    this.constraintsUri = bucket.s3UrlForObject(`${prefix}/${ReportFile.CONSTRAINTS}`);
  }

  /** Allows to read both files. */
  public grantRead(grantee: iam.IGrantable): void {
    S3Location.folder(this.bucket, this.bucket.s3UrlForObject(this.prefix), this.bucket.encryptionKey).grantRead(grantee);
  }
}
