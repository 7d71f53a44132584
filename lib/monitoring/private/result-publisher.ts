import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { MonitorType } from '../../contract';
import { DeadLetterQueue } from '../../private/dead-letter-queue';
import { grant } from '../../private/grants';
import { HandlerFunction } from '../../private/handler-function';
import { oncePerStack } from '../../private/once-per-stack';
import { BoundSchedule } from './bound-schedule';
import { grantReporting } from './reporting';

/** An event pattern takes 2,048 characters, a job's name begins with up to 46. */
const JOBS_A_RULE = 24;
/** Monitors of which the managed service does not tell how far a window is from its baseline. */
const COMPARED: readonly MonitorType[] = ['data-quality', 'model-explainability'];

/** End of a job → the function that publishes its results, for all schedules of a stack. */
export class ResultPublisher extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): ResultPublisher {
    return oncePerStack(user, 'Results', encryptionKey, (stack, id) => new ResultPublisher(stack, id, encryptionKey));
  }

  private readonly handler: HandlerFunction;
  private readonly target: events.IRuleTarget;
  private readonly rules: events.Rule[] = [];
  private jobs = 0;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { encryptionKey });
    this.handler = new HandlerFunction(this, 'Handler', {
      asset: 'publish-monitoring-results',
      description: 'Publishes the metrics and events of a monitoring execution',
      timeout: Duration.minutes(2),
      encryptionKey,
      onFailure: deadLetterQueue,
    });
    this.target = new targets.LambdaFunction(this.handler.function, { deadLetterQueue, maxEventAge: Duration.hours(24), retryAttempts: 185 });
  }

  /** Has the results of the schedule's jobs published. */
  public publish(schedule: BoundSchedule): void {
    for (const job of schedule.jobs) {
      job.grantDescribe(this.handler);
      this.listen(`${job.config.namePrefix}-`);
    }
    schedule.inputs.grantRead(this.handler);
    grantReporting(this.handler, schedule);
  }

  /** Has the results of the managed service's jobs published. Their names are not ours, so that they are known by their roles. */
  public publishManaged(scope: Construct, schedule: BoundSchedule): void {
    grant(this.handler, {
      actions: ['sagemaker:DescribeProcessingJob'],
      resourceArns: [Stack.of(this).formatArn({ service: 'sagemaker', resource: 'processing-job', resourceName: '*' })],
      reason: 'The managed service names its jobs.',
    });
    for (const type of COMPARED) schedule.baselines.get(type)?.grantRead(this.handler);
    grantReporting(this.handler, schedule);
    this.rule('Ended', scope).addEventPattern({ detail: { RoleArn: schedule.jobs.map(({ role }) => role.roleArn) } });
  }

  /** A rule for many jobs: a bus has 300 rules, and each takes some of the function's resource policy, which ends at 20 KB. */
  private listen(namePrefix: string): void {
    const number = Math.floor(this.jobs / JOBS_A_RULE);
    this.jobs += 1;
    this.rules[number] ??= this.rule(`Ended${number}`);
    this.rules[number].addEventPattern({ detail: { ProcessingJobName: events.Match.prefix(namePrefix) } });
  }

  private rule(id: string, scope: Construct = this): events.Rule {
    return new events.Rule(scope, id, {
      description: 'A monitoring job has ended',
      eventPattern: {
        source: ['aws.sagemaker'],
        detailType: ['SageMaker Processing Job State Change'],
        detail: { ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'] },
      },
      targets: [this.target],
    });
  }
}
