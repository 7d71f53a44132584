import * as iam from 'aws-cdk-lib/aws-iam';
import { S3Location } from '../private/s3-location';

/** What others may be permitted to do with labels. */
export class GroundTruthGrants {
  /** @internal */
  public constructor(private readonly location: S3Location) {}

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
