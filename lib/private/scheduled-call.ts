import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue, grantSend } from './dead-letter-queue';
import { grant } from './grants';

/** What the Scheduler calls, when and with what. */
export interface ScheduledCallProps {
  /** cron(…), UTC. */
  readonly expression: string;
  /**
   * The call may come so much later.
   *
   * @default - it does not
   */
  readonly jitter?: Duration;
  readonly description: string;
  readonly targetArn: string;
  /** JSON, which may hold `<aws.scheduler.scheduled-time>`. */
  readonly input: string;
  /** Where a call goes that the Scheduler could not make in a day. */
  readonly deadLetterQueue: DeadLetterQueue;
}

/** A schedule, and the role with which it calls. */
export class ScheduledCall extends Construct {
  private readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: ScheduledCallProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    grantSend(props.deadLetterQueue, this.role);
    new scheduler.CfnSchedule(this, 'Resource', {
      description: props.description,
      flexibleTimeWindow: props.jitter === undefined ? { mode: 'OFF' } : { mode: 'FLEXIBLE', maximumWindowInMinutes: props.jitter.toMinutes() },
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: 'UTC',
      target: { arn: props.targetArn, roleArn: this.role.roleArn, input: props.input, deadLetterConfig: { arn: props.deadLetterQueue.queueArn } },
    }).node.addDependency(this.role);
  }

  /** Allows the Scheduler to send to its target. */
  public grantSend(queue: sqs.IQueue): void {
    grantSend(queue, this.role);
  }

  /** Allows the Scheduler to invoke its target. */
  public grantInvoke(target: lambda.IFunction): void {
    grant(this.role, { actions: ['lambda:InvokeFunction'], resourceArns: [target.functionArn] });
  }
}
