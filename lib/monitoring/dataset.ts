import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { csvHeader } from '../private/csv-header';
import { grantListObjects, grantReadObjects } from '../private/grants';
import { DatasetFormat } from './dataset-format';
import { DatasetPlace, grantReadPlace } from './private/watched-place';

/** Properties of a dataset that ships with the app. */
export interface DatasetAssetOptions {
  /**
   * How it is written down.
   *
   * @default - CSV with a header
   */
  readonly format?: DatasetFormat;
}

/** Properties of a dataset that lies in a bucket. */
export interface DatasetBucketOptions extends DatasetAssetOptions {
  /**
   * Version of the object. A deployment sees a new dataset under an old key only when its version changes here.
   *
   * @default - the newest version at the time of the job
   */
  readonly versionId?: string;
}

/** Where a dataset lies, once it is placed. */
interface BoundDataset {
  readonly datasetUri: string;
  readonly versionId?: string;
}

/** Data that a model was trained with. */
export abstract class Dataset {
  /** A file that ships with the app: the baseline is made again when its content changes. */
  public static fromAsset(path: string, options: DatasetAssetOptions = {}): Dataset {
    return new AssetDataset(path, options);
  }

  /** An object, or a folder with its trailing slash, that lies in a bucket. */
  public static fromBucket(bucket: s3.IBucket, key: string, options: DatasetBucketOptions = {}): Dataset {
    return new BucketDataset(bucket, key, options);
  }

  /**
   * Whatever is the newest in a bucket: the baseline is made again when a newer object arrives, without a deployment, and schedules compare with it
   * as soon as it is finished. Amazon S3 has to tell EventBridge of new objects: a bucket of this app is told to do so, of another bucket turn it on.
   *
   * @param key an object, of which each new version is a dataset; or a folder with its trailing slash, in which each new object is one.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html
   */
  public static watch(bucket: s3.IBucket, key: string, options: DatasetAssetOptions = {}): Dataset {
    return new WatchedDataset(bucket, key, options);
  }

  /** How it is written down. */
  public readonly format: DatasetFormat;

  protected constructor(options: DatasetAssetOptions) {
    this.format = options.format ?? DatasetFormat.csv();
  }

  /**
   * Where newer datasets arrive; `undefined` when this one stays.
   *
   * @internal
   */
  public get _watched(): DatasetPlace | undefined {
    return undefined;
  }

  /**
   * Names of its columns; `undefined` when they are not known at synthesis.
   *
   * @internal
   */
  public get _columns(): string[] | undefined {
    return undefined;
  }

  /**
   * Places the dataset and lets the reader read it.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, reader: iam.IGrantable): BoundDataset;
}

class AssetDataset extends Dataset {
  constructor(private readonly path: string, options: DatasetAssetOptions) {
    super(options);
  }

  /** @internal */
  public override get _columns(): string[] | undefined {
    const format = this.format._value;
    return 'csv' in format && format.csv.header && this.path.endsWith('.csv') ? csvHeader(this.path) : undefined;
  }

  /** @internal */
  public _bind(scope: Construct, reader: iam.IGrantable): BoundDataset {
    const asset = new assets.Asset(scope, 'Dataset', { path: this.path });
    const datasetUri = `s3://${asset.s3BucketName}/${asset.s3ObjectKey}`;
    grantReadObjects(asset.bucket, reader, asset.s3ObjectKey);
    grantListObjects(asset.bucket, reader, asset.s3ObjectKey);
    return { datasetUri };
  }
}

class BucketDataset extends Dataset {
  constructor(private readonly bucket: s3.IBucket, private readonly key: string, private readonly options: DatasetBucketOptions) {
    super(options);
  }

  /** @internal */
  public _bind(_scope: Construct, reader: iam.IGrantable): BoundDataset {
    grantReadPlace({ bucket: this.bucket, key: this.key }, reader);
    return { datasetUri: this.bucket.s3UrlForObject(this.key), versionId: this.options.versionId };
  }
}

class WatchedDataset extends Dataset {
  constructor(private readonly bucket: s3.IBucket, private readonly key: string, options: DatasetAssetOptions) {
    super(options);
  }

  /** @internal */
  public override get _watched(): DatasetPlace {
    return { bucket: this.bucket, key: this.key };
  }

  /** @internal */
  public _bind(_scope: Construct, reader: iam.IGrantable): BoundDataset {
    grantReadPlace(this._watched, reader);
    return { datasetUri: this.bucket.s3UrlForObject(this.key) };
  }
}
