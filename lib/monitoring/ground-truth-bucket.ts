import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IGroundTruth } from './ground-truth';
import { GroundTruthGrants } from './ground-truth-grants';

/** Properties of a GroundTruthBucket. */
export interface GroundTruthBucketProps {
  /**
   * Key that encrypts the labels.
   *
   * @default - a key of S3's own
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Age at which labels are deleted; longer than the longest label delay.
   *
   * @default - labels are kept for ever
   */
  readonly expiration?: Duration;
  /**
   * Where the accesses to the bucket are logged.
   *
   * @default - they are not logged
   */
  readonly accessLogs?: s3.IBucket;
  /**
   * What becomes of the bucket when its stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A bucket for labels, which come later than the predictions: JSON lines in folders `yyyy/mm/dd/hh` of the hour (UTC) in which they were
 * collected.
 * It is encrypted, versioned, and closed to plain HTTP and to the public.
 */
export class GroundTruthBucket extends Construct implements IGroundTruth {
  /** The bucket. */
  public readonly bucket: s3.Bucket;
  /** S3 URI of the folder that holds the years, without a slash at its end. */
  public readonly groundTruthUri: string;
  /** Key that the labels are encrypted with. */
  public readonly groundTruthKey?: kms.IKey;
  /** How long labels are kept. */
  public readonly groundTruthRetention?: Duration;
  /** What others may be permitted to do with the labels. */
  public readonly grants: GroundTruthGrants;

  constructor(scope: Construct, id: string, props: GroundTruthBucketProps = {}) {
    super(scope, id);
    const { accessLogs, encryptionKey, expiration } = props;
    this.bucket = new s3.Bucket(this, 'Resource', {
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      ...encryptionKey && { encryptionKey, bucketKeyEnabled: true },
      ...accessLogs && { serverAccessLogsBucket: accessLogs, serverAccessLogsPrefix: 'ground-truth/' },
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [{ expiration, noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    this.groundTruthUri = this.bucket.s3UrlForObject();
    this.groundTruthKey = encryptionKey;
    this.groundTruthRetention = expiration;
    this.grants = GroundTruthGrants.fromGroundTruth(this, this);
  }
}
