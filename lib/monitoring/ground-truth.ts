import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { retentionOf } from '../private/retention';

/** Where labels are, in folders `yyyy/mm/dd/hh` of the hour (UTC) in which they were collected, such as a GroundTruthBucket. */
export interface IGroundTruth {
  /** S3 URI of the folder that holds the years, without a slash at its end. */
  readonly groundTruthUri: string;
  /**
   * Key that the labels are encrypted with.
   *
   * @default - a key that AWS manages
   */
  readonly groundTruthKey?: kms.IKey;
  /**
   * How long labels are kept.
   *
   * @default - for ever, or nobody knows
   */
  readonly groundTruthRetention?: Duration;
}

/** Labels that lie in a bucket. */
export class GroundTruth implements IGroundTruth {
  /**
   * A folder that holds the years.
   *
   * @param prefix the folder, without slashes around it; the bucket itself when left out.
   */
  public static fromBucket(bucket: s3.IBucket, prefix?: string): GroundTruth {
    return new GroundTruth(bucket, prefix);
  }

  /** S3 URI of the folder that holds the years, without a slash at its end. */
  public readonly groundTruthUri: string;
  /** Key that the labels are encrypted with. */
  public readonly groundTruthKey?: kms.IKey;

  private constructor(private readonly bucket: s3.IBucket, private readonly prefix: string | undefined) {
    this.groundTruthUri = bucket.s3UrlForObject(prefix);
    this.groundTruthKey = bucket.encryptionKey;
  }

  /** How long labels are kept. */
  public get groundTruthRetention(): Duration | undefined {
    return retentionOf(this.bucket, this.prefix ?? '');
  }
}
