import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue, encryptedQueue } from '../../private/dead-letter-queue';
import { HandlerFunction } from '../../private/handler-function';
import { ScheduledCall } from '../../private/scheduled-call';
import { BoundSchedule } from './bound-schedule';
import { grantReporting } from './reporting';

/** The last capture file of an hour arrives a minute or two after it. */
const MINUTES_PAST_THE_HOUR = 10;
const TIMEOUT = Duration.minutes(1);
/** Six timeouts, as Lambda advises: a failed start is tried again after so long. */
const VISIBILITY = Duration.minutes(6);
/** Two hours of tries: a start that meets a quota waits for others' jobs to end. */
const TRIES = 20;

/** Scheduler → queue → the function that starts an execution. */
export class ExecutionStarter extends Construct {
  constructor(scope: Construct, id: string, schedule: BoundSchedule, request: string) {
    super(scope, id);
    const { encryptionKey } = schedule;
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { encryptionKey });
    const queue = new sqs.Queue(this, 'Queue', {
      ...encryptedQueue(encryptionKey),
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: TRIES },
    });
    const call = new ScheduledCall(this, 'Schedule', {
      expression: schedule.cadence._expression(MINUTES_PAST_THE_HOUR),
      description: 'Starts an execution for the hours that have ended',
      targetArn: queue.queueArn,
      input: request,
      deadLetterQueue,
    });
    call.grantSend(queue);

    const handler = new HandlerFunction(this, 'Handler', {
      asset: 'start-monitoring-execution',
      description: 'Starts a monitoring execution for a window of captured traffic',
      timeout: TIMEOUT,
      encryptionKey,
    });
    handler.function.addEventSource(new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true }));
    schedule.capture.grantRead(handler);
    schedule.inputs.grantPut(handler);
    schedule.groundTruth?.grantList(handler);
    for (const job of schedule.jobs) job.grantStart(handler);
    grantReporting(handler, schedule);
  }
}
