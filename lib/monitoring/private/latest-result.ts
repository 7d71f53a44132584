import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { S3Location } from '../../private/s3-location';

/** The newest result of a monitor, and who may read it. */
export class LatestResult {
  private readonly location: S3Location;

  constructor(scope: IConstruct, public readonly uri: string, encryptionKey: kms.IKeyRef | undefined) {
    this.location = S3Location.object(scope, uri, encryptionKey);
  }

  /** Allows to read it. */
  public grantRead(grantee: iam.IGrantable): void {
    this.location.grantRead(grantee);
  }
}
