import * as s3 from 'aws-cdk-lib/aws-s3';

/** A folder of a bucket. */
export interface BucketFolder {
  /**
   * The bucket. One of another account is imported with its `account`, which is then required of it, and its `encryptionKey`; its policy, and
   * that of the key, must allow to read it.
   */
  readonly bucket: s3.IBucket;
  /**
   * The folder, without slashes around it.
   *
   * @default - the bucket itself
   */
  readonly prefix?: string;
}
