import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { DeadLetterQueue, encryptedQueue } from '../../private/dead-letter-queue';
import { HandlerFunction } from '../../private/handler-function';
import { oncePerStack } from '../../private/once-per-stack';
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

/** Scheduler → queue → the function that starts executions, for all schedules of a stack. */
export class ExecutionStarter extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): ExecutionStarter {
    return oncePerStack(user, 'StartOfExecutions', encryptionKey, (stack, id) => new ExecutionStarter(stack, id, encryptionKey));
  }

  private readonly deadLetterQueue: DeadLetterQueue;
  private readonly queue: sqs.Queue;
  private readonly handler: HandlerFunction;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { encryptionKey });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...encryptedQueue(encryptionKey),
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: TRIES },
    });
    this.handler = new HandlerFunction(this, 'Handler', {
      asset: 'start-monitoring-execution',
      description: 'Starts a monitoring execution for a window of captured traffic',
      timeout: TIMEOUT,
      encryptionKey,
    });
    this.handler.function.addEventSource(new SqsEventSource(this.queue, { batchSize: 1, reportBatchItemFailures: true }));
  }

  /** Has the Scheduler send a request whenever an execution of the schedule is due. */
  public startAtCadence(scope: Construct, schedule: BoundSchedule, request: string): void {
    const call = new ScheduledCall(scope, 'Schedule', {
      expression: schedule.cadence._expression(MINUTES_PAST_THE_HOUR),
      jitter: schedule.cadence.jitter,
      description: 'Starts an execution for the hours that have ended',
      targetArn: this.queue.queueArn,
      input: request,
      deadLetterQueue: this.deadLetterQueue,
    });
    call.grantSend(this.queue);
    schedule.captures.grantRead(this.handler);
    schedule.inputs.grantPut(this.handler);
    schedule.groundTruth?.grantList(this.handler);
    for (const job of schedule.jobs) job.grantStart(this.handler);
    for (const baseline of schedule.baselines) baseline.grantRead(this.handler);
    grantReporting(this.handler, schedule);
  }
}
