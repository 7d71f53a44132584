import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { grantListObjects, grantReadObjects } from '../private/grants';
import { DatasetFormat } from './dataset-format';

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

  /** How it is written down. */
  public readonly format: DatasetFormat;

  protected constructor(options: DatasetAssetOptions) {
    this.format = options.format ?? DatasetFormat.csv();
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
    const pattern = this.key.endsWith('/') ? `${this.key}*` : this.key;
    grantReadObjects(this.bucket, reader, pattern);
    grantListObjects(this.bucket, reader, pattern);
    return { datasetUri: this.bucket.s3UrlForObject(this.key), versionId: this.options.versionId };
  }
}
