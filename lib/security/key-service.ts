import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';

const ENVELOPE_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/**
 * An AWS service that uses a key in its own name, so that the key's policy must name it.
 *
 * Services that act through a role (Scheduler, SageMaker, Lambda) are granted the key on that role instead.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class KeyService {
  /** Alarms of this account that publish to an encrypted SNS topic. */
  public static cloudWatch(): KeyService {
    return new KeyService('cloudwatch', ENVELOPE_ACTIONS, ofThisAccount);
  }

  /** EventBridge rules that send events, or dead letters, to an encrypted SQS queue or SNS topic. */
  public static events(): KeyService {
    // EventBridge's KMS requests carry neither aws:SourceAccount nor aws:SourceArn: a condition would drop every message.
    return new KeyService('events', ENVELOPE_ACTIONS, () => ({}));
  }

  /** SNS topics of this account that deliver to an encrypted SQS queue. */
  public static sns(): KeyService {
    return new KeyService('sns', ENVELOPE_ACTIONS, ofThisAccount);
  }

  /** Encrypted log groups of this account and region. */
  public static logs(): KeyService {
    const actions = ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
    return new KeyService('logs', actions, stack => ({
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) },
    }));
  }

  private constructor(
    private readonly name: string,
    private readonly actions: string[],
    private readonly conditions: (stack: Stack) => Record<string, unknown>,
  ) {}

  /**
   * Adds the service to the key's policy. The policy of an imported key is its owner's to change.
   *
   * @param key the key that the service uses.
   */
  public allowOn(key: IKey): void {
    const stack = Stack.of(key);
    key.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal(this.name === 'logs' ? `logs.${stack.region}.amazonaws.com` : `${this.name}.amazonaws.com`)],
      actions: this.actions,
      resources: ['*'],
      conditions: this.conditions(stack),
    }));
  }
}

function ofThisAccount(stack: Stack): Record<string, unknown> {
  return { StringEquals: { 'aws:SourceAccount': stack.account } };
}
