import { Acknowledgment, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { functionLogs, functionRole, HandlerFunction } from '../../private/handler-function';

/** A handler that begins something, `onEvent`, and says whether it has ended, `isComplete`. */
export interface WaitingProviderProps {
  /** Folder of assets/ that holds the bundle. */
  readonly asset: string;
  /** What `onEvent` does. */
  readonly begins: string;
  /** What `isComplete` does. */
  readonly asks: string;
  readonly encryptionKey: kms.IKey | undefined;
}

/** What CloudFormation calls where a deployment has to wait: it begins something and asks every half minute whether that has ended. */
export class WaitingProvider extends Construct {
  /** Whom CloudFormation calls. */
  public readonly serviceToken: string;
  /** Begins it. */
  public readonly onEvent: iam.IGrantable;
  /** Asks whether it has ended. */
  public readonly isComplete: iam.IGrantable;

  constructor(scope: Construct, id: string, { asset, begins, asks, encryptionKey }: WaitingProviderProps) {
    super(scope, id);
    const handler = (name: string, entry: string, description: string): HandlerFunction =>
      new HandlerFunction(this, name, { asset, entry, description, timeout: Duration.minutes(2), encryptionKey });
    const onEvent = handler('OnEvent', 'onEvent', begins);
    const isComplete = handler('IsComplete', 'isComplete', asks);
    this.onEvent = onEvent;
    this.isComplete = isComplete;

    const logGroup = functionLogs(this, encryptionKey);
    this.serviceToken = new Provider(this, 'Provider', {
      onEventHandler: onEvent.function,
      isCompleteHandler: isComplete.function,
      queryInterval: Duration.seconds(30),
      totalTimeout: Duration.hours(1),
      logGroup,
      frameworkOnEventRole: functionRole(this, 'OnEventRole', logGroup),
      frameworkCompleteAndTimeoutRole: functionRole(this, 'IsCompleteRole', logGroup),
    }).serviceToken;
    acknowledgeFramework(this);
  }
}

/** Says of what CDK makes of a provider why it is as it is. */
export function acknowledgeFramework(provider: Construct): void {
  const findings = [
    { id: 'AwsSolutions-SF1', reason: 'The state machine is the CDK\'s own waiter, which logs through its functions.' },
    { id: 'AwsSolutions-SF2', reason: 'The state machine is the CDK\'s own waiter; nothing in it is worth tracing.' },
    { id: 'AwsSolutions-L1', reason: 'The CDK chooses the runtime of its own functions.' },
  ];
  for (const finding of [...findings, ...invocations(provider)]) Validations.of(provider).acknowledge(finding);
}

/** The framework's grants end in `:*`, for versions of a function. */
function invocations(provider: Construct): Acknowledgment[] {
  return provider.node.findAll().filter(child => lambda.CfnFunction.isCfnFunction(child)).map(child => ({
    id: `AwsSolutions-IAM5[Resource::<${Stack.of(provider).getLogicalId(child)}.Arn>:*]`,
    reason: 'The CDK lets its own functions and waiter invoke every version of a handler.',
  }));
}
