import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { DeadLetterQueue } from '../../private/dead-letter-queue';
import { HandlerFunction } from '../../private/handler-function';
import { oncePerStack } from '../../private/once-per-stack';
import { admitRules } from '../../private/rule-permission';

/** The function that starts training pipelines, for all triggers of a stack. */
export class PipelineStarter extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): PipelineStarter {
    return oncePerStack(user, 'StartOfPipelines', encryptionKey, (stack, id) => new PipelineStarter(stack, id, encryptionKey));
  }

  /** The function. */
  public readonly handler: HandlerFunction;
  /** What could not be delivered to it, and what it failed on for good. */
  public readonly deadLetterQueue: DeadLetterQueue;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { encryptionKey });
    this.handler = new HandlerFunction(this, 'Handler', {
      asset: 'trigger-retraining',
      description: 'Starts the training pipeline when drift raised an alarm',
      timeout: Duration.minutes(1),
      encryptionKey,
      onFailure: this.deadLetterQueue,
    });
    admitRules(this.deadLetterQueue);
  }

  /** Has a rule call the function with a request. */
  public target(request: object): events.IRuleTarget {
    const target = new targets.LambdaFunction(this.handler.function, { event: events.RuleTargetInput.fromObject(request) });
    return { bind: (rule, id) => ({ ...target.bind(rule, id), deadLetterConfig: { arn: this.deadLetterQueue.queueArn } }) };
  }
}
