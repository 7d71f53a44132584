import { Stack, Token } from 'aws-cdk-lib';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { grantReadObjects } from '../private/grants';
import { Problems } from '../private/validation';

/** Model data, as the resource that loads it needs it. */
export interface ModelDataConfig {
  /** S3 URI of the archive. */
  readonly modelDataUrl: string;
}

/** A trained model: a `.tar.gz` archive in S3. */
export abstract class ModelData {
  /**
   * A local archive, uploaded when the app is deployed. New content makes a new model.
   *
   * @param path of the `.tar.gz` file.
   */
  public static fromAsset(path: string): ModelData {
    return new AssetModelData(path);
  }

  /**
   * An archive in a bucket. SageMaker takes no version of an object, so put a new model under a new key: what changes
   * under the same key is not deployed.
   *
   * @param bucket the bucket.
   * @param key of the `.tar.gz` object.
   */
  public static fromBucket(bucket: IBucket, key: string): ModelData {
    return new BucketModelData(bucket, key);
  }

  /**
   * Permits the grantee to read the archive, and tells where it is.
   *
   * @param scope the construct that loads the model.
   * @param grantee the role that reads it.
   */
  public abstract bind(scope: Construct, grantee: IGrantable): ModelDataConfig;
}

class AssetModelData extends ModelData {
  private readonly assets = new Map<Stack, Asset>();

  constructor(private readonly path: string) {
    super();
  }

  public bind(scope: Construct, grantee: IGrantable): ModelDataConfig {
    requireArchive(scope, this.path);
    const asset = this.assets.get(Stack.of(scope)) ?? this.createAsset(scope);
    grantReadObjects(asset.bucket, grantee, asset.s3ObjectKey);
    return { modelDataUrl: asset.s3ObjectUrl };
  }

  private createAsset(scope: Construct): Asset {
    const asset = new Asset(scope, 'ModelData', { path: this.path });
    this.assets.set(Stack.of(scope), asset);
    return asset;
  }
}

class BucketModelData extends ModelData {
  constructor(private readonly bucket: IBucket, private readonly key: string) {
    super();
  }

  public bind(scope: Construct, grantee: IGrantable): ModelDataConfig {
    requireArchive(scope, this.key);
    grantReadObjects(this.bucket, grantee, this.key);
    return { modelDataUrl: this.bucket.s3UrlForObject(this.key) };
  }
}

function requireArchive(scope: Construct, path: string): void {
  const problems = new Problems(scope);
  problems.require(Token.isUnresolved(path) || path.endsWith('.tar.gz'),
    `'modelData' must be a .tar.gz archive, which is what SageMaker unpacks into /opt/ml/model, got ${JSON.stringify(path)}`);
  problems.throwIfAny();
}
