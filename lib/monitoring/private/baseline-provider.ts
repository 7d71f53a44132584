import { Acknowledgment, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IConstruct } from 'constructs';
import { functionLogs, functionRole, HandlerFunction } from '../../private/handler-function';
import { oncePerStack } from '../../private/once-per-stack';

/** What CloudFormation calls to make the baselines of a stack: it starts a job and asks every half minute whether it has ended. */
export class BaselineProvider extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): BaselineProvider {
    return oncePerStack(user, 'MakerOfBaselines', encryptionKey, (stack, id) => new BaselineProvider(stack, id, encryptionKey));
  }

  /** Whom CloudFormation calls. */
  public readonly serviceToken: string;
  /** Starts the job. */
  public readonly onEvent: iam.IGrantable;
  /** Asks whether the job has ended. */
  public readonly isComplete: iam.IGrantable;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    const onEvent = this.handler('OnEvent', 'onEvent', 'Starts the job of a baseline', encryptionKey);
    const isComplete = this.handler('IsComplete', 'isComplete', 'Asks whether the job of a baseline has ended', encryptionKey);
    this.onEvent = onEvent;
    this.isComplete = isComplete;

    const logGroup = functionLogs(this, encryptionKey);
    const provider = new Provider(this, 'Provider', {
      onEventHandler: onEvent.function,
      isCompleteHandler: isComplete.function,
      queryInterval: Duration.seconds(30),
      totalTimeout: Duration.hours(1),
      logGroup,
      frameworkOnEventRole: functionRole(this, 'OnEventRole', logGroup),
      frameworkCompleteAndTimeoutRole: functionRole(this, 'IsCompleteRole', logGroup),
    });
    this.serviceToken = provider.serviceToken;
    this.acknowledge();
  }

  private handler(id: string, entry: string, description: string, encryptionKey: kms.IKey | undefined): HandlerFunction {
    return new HandlerFunction(this, id, { asset: 'baseline-job', entry, description, timeout: Duration.minutes(2), encryptionKey });
  }

  private acknowledge(): void {
    const findings = [
      { id: 'AwsSolutions-SF1', reason: 'The state machine is the CDK\'s own waiter, which logs through its functions.' },
      { id: 'AwsSolutions-SF2', reason: 'The state machine is the CDK\'s own waiter; nothing in it is worth tracing.' },
      { id: 'AwsSolutions-L1', reason: 'The CDK chooses the runtime of its own functions.' },
    ];
    for (const finding of [...findings, ...this.invocations()]) Validations.of(this).acknowledge(finding);
  }

  /** The framework's grants end in `:*`, for versions of a function. */
  private invocations(): Acknowledgment[] {
    return this.node.findAll().filter(child => lambda.CfnFunction.isCfnFunction(child)).map(child => ({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(child)}.Arn>:*]`,
      reason: 'The CDK lets its own functions and waiter invoke every version of a handler.',
    }));
  }
}
