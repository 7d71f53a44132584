import * as path from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { MonitorConfig } from '../../../contract';
import { handlerAsset } from '../../../private/assets';
import { grantListObjects, grantReadObjects } from '../../../private/grants';

/** The script with which the service's container analyses requests alone; by itself it takes the answers for the first columns. */
export class RequestsOnly extends Construct {
  /** Whether a monitor looks at requests and not at answers. */
  public static isAskedFor({ analysis }: Pick<MonitorConfig, 'analysis'>): boolean {
    return 'captureIndexNames' in analysis && !analysis.captureIndexNames.includes('endpointOutput');
  }

  /** S3 URI of the script. */
  public readonly uri: string;

  constructor(scope: Construct, id: string, reader: iam.IGrantable) {
    super(scope, id);
    const { bucket, s3ObjectKey, s3ObjectUrl } = new assets.Asset(this, 'File', { path: path.join(handlerAsset('model-monitor'), 'requests_only.py') });
    grantReadObjects(bucket, reader, s3ObjectKey);
    grantListObjects(bucket, reader, s3ObjectKey);
    this.uri = s3ObjectUrl;
  }
}
