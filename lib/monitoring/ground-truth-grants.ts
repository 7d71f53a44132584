import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { S3Location } from '../private/s3-location';
import { IGroundTruth } from './ground-truth';

/** What others may be permitted to do with labels. */
export class GroundTruthGrants {
  /**
   * Grants on labels, also on those of somebody else's bucket.
   *
   * @param scope whose account and partition the bucket is in.
   * @param groundTruth the labels.
   */
  public static fromGroundTruth(scope: IConstruct, groundTruth: IGroundTruth): GroundTruthGrants {
    return new GroundTruthGrants(S3Location.folder(scope, groundTruth.groundTruthUri, groundTruth.groundTruthKey));
  }

  private constructor(private readonly location: S3Location) {}

  /**
   * Permits delivering labels.
   *
   * @param grantee who may.
   */
  public put(grantee: iam.IGrantable): void {
    this.location.grantWrite(grantee);
  }

  /**
   * Permits reading and listing labels.
   *
   * @param grantee who may.
   */
  public read(grantee: iam.IGrantable): void {
    this.location.grantRead(grantee);
  }
}
