import { Deployment } from '../../assembly/deployment';
import { TemplateResource } from '../../assembly/stack';
import { Principal } from '../principal';
import { messageKey, useKey } from './keys';
import { required, RequiredPermission } from './required-permission';

const SQS_KMS = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html';
const SQS_ACTIONS = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html';
const SNS_KMS = 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html';
const SNS_ACTIONS = 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html';

/** Who sends where. */
export interface Sending {
  readonly principal: Principal;
  /** A queue or a topic. */
  readonly to: TemplateResource;
  /** On whose behalf a service sends. */
  readonly context?: Readonly<Record<string, string>>;
  /** What of it the service tells KMS too: CloudWatch all, EventBridge nothing. */
  readonly keyContext?: Readonly<Record<string, string>>;
}

/** To send to an encrypted queue is to make a data key. */
export function sendMessage(sending: Sending, deployment: Deployment): RequiredPermission[] {
  const { principal, to, context = {} } = sending;
  const { arn } = deployment.physical(to);
  return [
    ...required({ principal, actions: ['sqs:SendMessage'], resource: arn, context }, 'it sends to the queue', SQS_ACTIONS),
    ...encrypt(sending, 'sqs', SQS_KMS, deployment),
  ];
}

/** To publish to an encrypted topic is to make a data key. */
export function publish(sending: Sending, deployment: Deployment): RequiredPermission[] {
  const { principal, to, context = {} } = sending;
  const { arn } = deployment.physical(to);
  return [
    ...required({ principal, actions: ['sns:Publish'], resource: arn, context }, 'it publishes to the topic', SNS_ACTIONS),
    ...encrypt(sending, 'sns', SNS_KMS, deployment),
  ];
}

/** To receive from an encrypted queue is to decrypt. */
export function receiveMessages({ principal, to: queue }: Sending, deployment: Deployment): RequiredPermission[] {
  const { arn } = deployment.physical(queue);
  const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const because = 'the queue hands over its messages decrypted';
  return [
    ...required({ principal, actions, resource: arn }, 'Lambda polls the queue in the name of the function', 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'),
    ...useKey(
      { principal, actions: ['kms:Decrypt'], key: messageKey(queue, deployment), via: 'sqs', because, documentation: SQS_KMS }, queue.stack.environment, deployment,
    ),
  ];
}

function encrypt({ principal, to, keyContext = {} }: Sending, via: string, documentation: string, deployment: Deployment): RequiredPermission[] {
  const key = messageKey(to, deployment);
  const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
  const because = 'its sender encrypts the message';
  return useKey({ principal, actions, key, via, context: keyContext, because, documentation }, to.stack.environment, deployment);
}
