import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue, encryptedQueue } from './dead-letter-queue';
import { HandlerFunction, HandlerFunctionProps } from './handler-function';

const TIMEOUT = Duration.minutes(1);
/** Six timeouts, as Lambda advises: what failed is tried again after so long. */
const VISIBILITY = Duration.minutes(6);
/** Two hours of tries: a start that meets a quota waits for others' jobs to end. */
const TRIES = 20;

/** A handler, the queue that it is given one message of at a time, and where those end that fail for good. */
export interface QueuedHandler {
  readonly queue: sqs.Queue;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly handler: HandlerFunction;
}

/** Makes a handler of queued messages in a scope that has no other. */
export function queuedHandler(scope: Construct, props: Omit<HandlerFunctionProps, 'timeout' | 'onFailure'>): QueuedHandler {
  const { encryptionKey } = props;
  const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', { encryptionKey });
  const queue = new sqs.Queue(scope, 'Queue', {
    ...encryptedQueue(encryptionKey),
    visibilityTimeout: VISIBILITY,
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: TRIES },
  });
  const handler = new HandlerFunction(scope, 'Handler', { ...props, timeout: TIMEOUT });
  handler.function.addEventSource(new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true }));
  return { queue, deadLetterQueue, handler };
}
