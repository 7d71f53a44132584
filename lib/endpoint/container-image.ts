import { Stack, Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grant } from '../private/grants';
import { Problems } from '../private/validation';

/** A container image, as the resource that runs it needs it. */
export interface ContainerImageConfig {
  /** URI of the image in ECR, with its tag or digest. */
  readonly imageUri: string;
}

/** How an image is built. */
export interface ContainerImageAssetOptions {
  /**
   * Platform that the image is built for. No processing instance is Graviton.
   *
   * @default Platform.LINUX_AMD64
   */
  readonly platform?: Platform;
}

/** A container image in ECR that an endpoint or a job runs. */
export abstract class ContainerImage {
  /**
   * An image by its URI, for who has no Docker at deployment.
   *
   * A URI that is a single token tells no repository: then permit the role to pull yourself.
   *
   * @param uri `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`, with `:<tag>` or `@<digest>`.
   */
  public static fromUri(uri: string): ContainerImage {
    return new UriImage(uri);
  }

  /**
   * An image of a repository.
   *
   * @param repository the repository.
   * @param tagOrDigest a tag, or a digest that begins with `sha256:`.
   */
  public static fromEcrRepository(repository: IRepository, tagOrDigest: string): ContainerImage {
    return new RepositoryImage(repository, tagOrDigest);
  }

  /**
   * An image that is built, with Docker, when the app is deployed.
   *
   * @param directory folder that holds a Dockerfile.
   * @param options how the image is built.
   */
  public static fromAsset(directory: string, options: ContainerImageAssetOptions = {}): ContainerImage {
    return new AssetImage(directory, options);
  }

  /**
   * Permits the grantee to pull the image, and tells where it is.
   *
   * @param scope the construct that runs the image.
   * @param grantee the role that pulls it.
   */
  public abstract bind(scope: Construct, grantee: IGrantable): ContainerImageConfig;
}

const TOKEN = String.raw`\$\{Token\[[^\]]+\]\}`;
const ECR_URI = new RegExp(
  String.raw`^(?<account>\d{12}|${TOKEN})\.dkr\.ecr\.(?<region>[a-z\d-]+|${TOKEN})\.(?:[a-z\d.-]+|${TOKEN})/(?<repository>[^:@\s]+)(?:[:@]\S+)?$`,
);

class UriImage extends ContainerImage {
  constructor(private readonly uri: string) {
    super();
  }

  public bind(scope: Construct, grantee: IGrantable): ContainerImageConfig {
    const parts = ECR_URI.exec(this.uri)?.groups;
    if (parts !== undefined) grantPull(scope, grantee, parts);
    else if (!Token.isUnresolved(this.uri)) refuse(scope, this.uri);
    return { imageUri: this.uri };
  }
}

class RepositoryImage extends ContainerImage {
  constructor(private readonly repository: IRepository, private readonly tagOrDigest: string) {
    super();
  }

  public bind(_scope: Construct, grantee: IGrantable): ContainerImageConfig {
    this.repository.grantPull(grantee);
    return { imageUri: this.repository.repositoryUriForTagOrDigest(this.tagOrDigest) };
  }
}

class AssetImage extends ContainerImage {
  private readonly assets = new Map<Stack, DockerImageAsset>();

  constructor(private readonly directory: string, private readonly options: ContainerImageAssetOptions) {
    super();
  }

  public bind(scope: Construct, grantee: IGrantable): ContainerImageConfig {
    const asset = this.assets.get(Stack.of(scope)) ?? this.createAsset(scope);
    asset.repository.grantPull(grantee);
    return { imageUri: asset.imageUri };
  }

  private createAsset(scope: Construct): DockerImageAsset {
    const asset = new DockerImageAsset(scope, 'Image', { directory: this.directory, platform: this.options.platform ?? Platform.LINUX_AMD64 });
    this.assets.set(Stack.of(scope), asset);
    return asset;
  }
}

function grantPull(scope: Construct, grantee: IGrantable, { account, region, repository }: Record<string, string>): void {
  grant(grantee, { actions: ['ecr:GetAuthorizationToken'], resourceArns: ['*'], reason: 'ecr:GetAuthorizationToken knows no resource.' });
  grant(grantee, {
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resourceArns: [Stack.of(scope).formatArn({ service: 'ecr', account, region, resource: 'repository', resourceName: repository })],
  });
}

function refuse(scope: Construct, uri: string): void {
  const problems = new Problems(scope);
  problems.add(`SageMaker cannot pull the image ${JSON.stringify(uri)}: it takes images from ECR only, `
    + 'so push it there and give <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>');
  problems.throwIfAny();
}
