import { Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Problems } from '../private/validation';
import { KeyService } from './key-service';

/** How a KmsEncryption keeps its key, and what is encrypted with it. */
export interface KmsEncryptionProps {
  /**
   * Name by which people find the key.
   *
   * @default - generated from the construct's path
   */
  readonly alias?: string;

  /**
   * What becomes of the key and the buckets when the stack is deleted. Without its key, data is lost too.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Empty the buckets before they are deleted; only together with `RemovalPolicy.DESTROY`.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;
}

/** How long an encrypted bucket keeps its objects. */
export interface EncryptedBucketProps {
  /**
   * Age at which objects are deleted. Overwritten and deleted versions go after 30 days in any case.
   *
   * @default - objects are kept for ever
   */
  readonly expiration?: Duration;
}

/**
 * A customer-managed key that rotates every year, and the stores encrypted with it: they refuse plain HTTP and public access.
 */
export class KmsEncryption extends Construct {
  /** The key. */
  public readonly key: Key;

  private readonly autoDeleteObjects: boolean;
  private readonly removalPolicy: RemovalPolicy;
  private accessLogs?: Bucket;

  constructor(scope: Construct, id: string, props: KmsEncryptionProps = {}) {
    super(scope, id);
    // An ACL, the default in apps without this flag, is refused by buckets that enforce their owner.
    this.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.autoDeleteObjects = props.autoDeleteObjects ?? false;
    this.validate();

    this.key = new Key(this, 'Key', {
      description: `Encrypts the data of ${this.node.path}`,
      alias: props.alias ?? Names.uniqueResourceName(this, { maxLength: 200, separator: '-' }),
      enableKeyRotation: true,
      removalPolicy: this.removalPolicy,
    });
  }

  /**
   * Lets a service use the key in its own name.
   *
   * @param service which service.
   */
  public allowService(service: KeyService): void {
    service.allowOn(this.key);
  }

  /**
   * Adds a versioned bucket whose access is logged.
   *
   * @param id of the bucket below this construct.
   * @param props how long it keeps its objects.
   */
  public addBucket(id: string, props: EncryptedBucketProps = {}): Bucket {
    return new Bucket(this, id, {
      ...this.guarded(props.expiration),
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: this.accessLogs ??= this.createAccessLogs(),
      serverAccessLogsPrefix: `${id}/`,
    });
  }

  /**
   * Adds a topic that the alarms of this account publish to: a topic with a policy of its own admits nobody whom it does not name.
   *
   * @param id of the topic below this construct.
   */
  public addAlarmTopic(id: string): Topic {
    this.allowService(KeyService.cloudWatch());
    const topic = new Topic(this, id, { masterKey: this.key, enforceSSL: true });
    topic.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    }));
    return topic;
  }

  private validate(): void {
    const problems = new Problems(this);
    problems.require(!this.autoDeleteObjects || this.removalPolicy === RemovalPolicy.DESTROY,
      `'autoDeleteObjects' would empty buckets that 'removalPolicy' ${JSON.stringify(this.removalPolicy)} keeps: `
      + 'set \'removalPolicy\' to RemovalPolicy.DESTROY too, or leave \'autoDeleteObjects\' out');
    problems.throwIfAny();
  }

  private createAccessLogs(): Bucket {
    // Server access logs cannot be delivered to a bucket with a customer-managed key.
    return new Bucket(this, 'AccessLogs', { ...this.guarded(Duration.days(365)), encryption: BucketEncryption.S3_MANAGED });
  }

  private guarded(expiration?: Duration): BucketProps {
    return {
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [{
        expiration,
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      }],
      removalPolicy: this.removalPolicy,
      autoDeleteObjects: this.autoDeleteObjects,
    };
  }
}
