import { Duration, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { KeyService } from '../security/key-service';
import { grant, grantKey } from './grants';

/** Properties of a queue that is encrypted and speaks TLS only. */
export function encryptedQueue(encryptionKey: kms.IKey | undefined): sqs.QueueProps {
  return encryptionKey === undefined
    ? { enforceSSL: true, encryption: sqs.QueueEncryption.SQS_MANAGED }
    : { enforceSSL: true, encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: encryptionKey };
}

/** Allows to send to a queue, and to use its key. */
export function grantSend(queue: sqs.IQueue, grantee: iam.IGrantable): void {
  grant(grantee, { actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  if (queue.encryptionMasterKey !== undefined) grantKey(queue.encryptionMasterKey, grantee, 'kms:GenerateDataKey', 'kms:Decrypt');
}

/** What failed for good, kept as long as SQS keeps anything: of other queues, of functions and of EventBridge. */
export class DeadLetterQueue extends sqs.Queue implements lambda.IDestination {
  constructor(scope: Construct, id: string, props: { readonly encryptionKey: kms.IKey | undefined }) {
    super(scope, id, { ...encryptedQueue(props.encryptionKey), retentionPeriod: Duration.days(14) });
    if (props.encryptionKey !== undefined) KeyService.events().allowOn(props.encryptionKey);
    Validations.of(this).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'Dead letters of others end here, from where they are replayed.' });
  }

  /** Takes the asynchronous events that a function failed on. */
  public bind(_scope: Construct, fn: lambda.IFunction): lambda.DestinationConfig {
    grantSend(this, fn);
    return { destination: this.queueArn };
  }
}
