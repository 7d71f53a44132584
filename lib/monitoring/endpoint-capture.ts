import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { retentionOf } from '../private/retention';

/** An endpoint that captures its traffic, such as a MonitoredEndpoint. */
export interface IEndpointCapture {
  /** Name of the endpoint. */
  readonly endpointName: string;
  /** Name of the variant whose traffic is watched. */
  readonly variantName: string;
  /** `DestinationS3Uri` of the data capture, without a slash at its end. */
  readonly captureUri: string;
  /**
   * Key that the captured traffic is encrypted with.
   *
   * @default - a key that AWS manages
   */
  readonly captureKey?: kms.IKey;
  /**
   * Account that owns the bucket of the captured traffic; where it is not that of the schedule, it is required of the bucket.
   *
   * @default - the account of the schedule
   */
  readonly captureBucketOwner?: string;
  /**
   * How long captured traffic is kept.
   *
   * @default - for ever, or nobody knows
   */
  readonly captureRetention?: Duration;
}

/** Where an endpoint of somebody else's making captures its traffic. */
export interface EndpointCaptureAttributes {
  /** Name of the endpoint, in its own case. */
  readonly endpointName: string;
  /**
   * Name of the variant whose traffic is watched.
   *
   * @default AllTraffic
   */
  readonly variantName?: string;
  /**
   * Bucket of the capture's `DestinationS3Uri`. One of another account is imported with its `account`, which is then required of it, and its
   * `encryptionKey`; its policy, and that of the key, must allow to read it.
   */
  readonly bucket: s3.IBucket;
  /**
   * Folder of the capture's `DestinationS3Uri`, without slashes around it.
   *
   * @default - the bucket itself
   */
  readonly prefix?: string;
}

/** Endpoints that exist already. */
export class EndpointCapture implements IEndpointCapture {
  /** An endpoint that was made elsewhere, with data capture switched on. */
  public static fromAttributes(attributes: EndpointCaptureAttributes): EndpointCapture {
    return new EndpointCapture(attributes);
  }

  /** Name of the endpoint. */
  public readonly endpointName: string;
  /** Name of the variant whose traffic is watched. */
  public readonly variantName: string;
  /** `DestinationS3Uri` of the data capture, without a slash at its end. */
  public readonly captureUri: string;
  /** Key that the captured traffic is encrypted with. */
  public readonly captureKey?: kms.IKey;
  /** Account that owns the bucket of the captured traffic. */
  public readonly captureBucketOwner?: string;

  private constructor(private readonly attributes: EndpointCaptureAttributes) {
    const { endpointName, variantName, bucket, prefix } = attributes;
    this.endpointName = endpointName;
    this.variantName = variantName ?? 'AllTraffic';
    this.captureUri = bucket.s3UrlForObject(prefix);
    this.captureKey = bucket.encryptionKey;
    this.captureBucketOwner = bucket.env.account;
  }

  /** How long captured traffic is kept. */
  public get captureRetention(): Duration | undefined {
    return retentionOf(this.attributes.bucket, this.attributes.prefix ?? '');
  }
}
