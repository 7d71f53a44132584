import { Token } from 'aws-cdk-lib';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { grantWriteObjects } from '../private/grants';
import { Problems } from '../private/validation';

/** What of the traffic is captured, and under which folder. */
export interface DataCaptureOptions {
  /**
   * Folder in the bucket, without slashes around it.
   *
   * @default capture
   */
  readonly prefix?: string;

  /**
   * Share of requests captured, in whole percent from 0 to 100. Lower it in production to save storage and analysis.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Content types stored as CSV text; what is in neither list is stored base64-encoded.
   *
   * @default ['text/csv']
   */
  readonly csvContentTypes?: string[];

  /**
   * Content types stored as JSON text; what is in neither list is stored base64-encoded.
   *
   * @default ['application/json']
   */
  readonly jsonContentTypes?: string[];
}

const CONTENT_TYPE = /^[a-z\d](?:-*[a-z\d])*\/[a-z\d](?:-*[a-z\d.])*$/i;

/**
 * How an endpoint writes down requests and answers, for monitoring.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export class DataCapture {
  /**
   * Captures into a bucket, encrypted with the bucket's own key.
   *
   * @param bucket the bucket.
   * @param options what is captured.
   */
  public static toBucket(bucket: IBucket, options: DataCaptureOptions = {}): DataCapture {
    return new DataCapture(bucket, options);
  }

  /** Where the files go. */
  public readonly bucket: IBucket;

  /** Folder in the bucket, without slashes around it. */
  public readonly prefix: string;

  /** Share of requests captured, in percent. */
  public readonly samplingPercentage: number;

  private readonly csvContentTypes: string[];
  private readonly jsonContentTypes: string[];

  private constructor(bucket: IBucket, options: DataCaptureOptions) {
    this.bucket = bucket;
    this.prefix = options.prefix ?? 'capture';
    this.samplingPercentage = options.samplingPercentage ?? 100;
    this.csvContentTypes = options.csvContentTypes ?? ['text/csv'];
    this.jsonContentTypes = options.jsonContentTypes ?? ['application/json'];
  }

  /** The `DestinationS3Uri`, without a slash at its end. */
  public get uri(): string {
    return this.bucket.s3UrlForObject(this.prefix);
  }

  /**
   * Permits the role of the model, in whose name the platform writes, and gives the configuration.
   *
   * @internal
   */
  public _bind(grantee: IGrantable): CfnEndpointConfig.DataCaptureConfigProperty {
    grantWriteObjects(this.bucket, grantee, `${this.prefix}/*`);
    return {
      enableCapture: true,
      initialSamplingPercentage: this.samplingPercentage,
      destinationS3Uri: this.uri,
      kmsKeyId: this.bucket.encryptionKey?.keyArn,
      captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
      captureContentTypeHeader: { csvContentTypes: this.csvContentTypes, jsonContentTypes: this.jsonContentTypes },
    };
  }

  /**
   * Notes what is wrong.
   *
   * @internal
   */
  public _validate(problems: Problems): void {
    this.validateSampling(problems);
    this.validatePrefix(problems);
    this.validateContentTypes(problems, 'csvContentTypes', this.csvContentTypes);
    this.validateContentTypes(problems, 'jsonContentTypes', this.jsonContentTypes);
  }

  private validateSampling(problems: Problems): void {
    const percentage = this.samplingPercentage;
    problems.require(Token.isUnresolved(percentage) || (Number.isInteger(percentage) && percentage >= 0 && percentage <= 100),
      `'samplingPercentage' must be a whole number from 0 to 100, got ${percentage}`);
  }

  private validatePrefix(problems: Problems): void {
    problems.require(Token.isUnresolved(this.prefix) || /^[^/]+(?:\/[^/]+)*$/.test(this.prefix),
      `'prefix' of the data capture must be a folder without slashes around it, as the service adds its own, got ${JSON.stringify(this.prefix)}`);
  }

  private validateContentTypes(problems: Problems, name: string, contentTypes: string[]): void {
    if (Token.isUnresolved(contentTypes)) return;
    problems.require(contentTypes.length >= 1 && contentTypes.length <= 10, `'${name}' must hold 1 to 10 content types, got ${contentTypes.length}`);
    for (const contentType of contentTypes.filter(text => !Token.isUnresolved(text) && !CONTENT_TYPE.test(text))) {
      problems.add(`'${name}' must hold types without parameters, such as text/csv, which match requests with parameters too, got ${JSON.stringify(contentType)}`);
    }
  }
}
