import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { oncePerStack } from '../../private/once-per-stack';
import { QueuedHandler, queuedHandler } from '../../private/queued-handler';
import { ScheduledCall } from '../../private/scheduled-call';
import { BoundSchedule } from './bound-schedule';
import { grantReporting } from './reporting';

/** The last capture file of an hour arrives a minute or two after it. */
const MINUTES_PAST_THE_HOUR = 10;

/** Scheduler → queue → the function that starts executions, for all schedules of a stack. */
export class ExecutionStarter extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): ExecutionStarter {
    return oncePerStack(user, 'StartOfExecutions', encryptionKey, (stack, id) => new ExecutionStarter(stack, id, encryptionKey));
  }

  private readonly starts: QueuedHandler;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    this.starts = queuedHandler(this, {
      asset: 'start-monitoring-execution',
      description: 'Starts a monitoring execution for a window of captured traffic',
      encryptionKey,
    });
  }

  /** Has the Scheduler send a request whenever an execution of the schedule is due. */
  public startAtCadence(scope: Construct, schedule: BoundSchedule, request: string): void {
    const { deadLetterQueue, handler, queue } = this.starts;
    const call = new ScheduledCall(scope, 'Schedule', {
      expression: schedule.cadence._expression(MINUTES_PAST_THE_HOUR),
      jitter: schedule.cadence.jitter,
      description: 'Starts an execution for the hours that have ended',
      targetArn: queue.queueArn,
      input: request,
      deadLetterQueue,
    });
    call.grantSend(queue);
    schedule.captures.grantRead(handler);
    schedule.inputs.grantPut(handler);
    schedule.groundTruth?.grantList(handler);
    for (const job of schedule.jobs) job.grantStart(handler);
    for (const baseline of schedule.baselines.values()) {
      // Where the others are, the configuration tells.
      if (baseline.currentUri !== undefined) baseline.grantRead(handler);
    }
    grantReporting(handler, schedule);
  }
}
