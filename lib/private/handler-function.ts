import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { KeyService } from '../security/key-service';
import { handlerAsset } from './assets';
import { DeadLetterQueue } from './dead-letter-queue';
import { grant } from './grants';

/** What runs, and where its logs and its failures go. */
export interface HandlerFunctionProps {
  /** Folder of assets/ that holds the bundle. */
  readonly asset: string;
  readonly description: string;
  readonly timeout: Duration;
  /** Exported function of the bundle. */
  readonly entry?: string;
  /** Encrypts the logs. */
  readonly encryptionKey: kms.IKey | undefined;
  /** Where an asynchronous event goes that failed for good. */
  readonly onFailure?: DeadLetterQueue;
}

/** An ARN of objects holds names of a bucket, an endpoint and a schedule: by this length CDK cuts a long policy into several. */
const ARN_LENGTH = 200;

/** A handler of this package, with a role and a log group of its own. */
export class HandlerFunction extends Construct implements iam.IGrantable {
  /** The function. */
  public readonly function: lambda.Function;
  /** Its role. */
  public readonly role: iam.Role;
  /** Its role, as what is granted something. */
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    this.node.setContext('@aws-cdk/aws-iam.arnSizeEstimate', ARN_LENGTH);
    const logGroup = functionLogs(this, props.encryptionKey);
    this.role = functionRole(this, 'Role', logGroup);
    this.grantPrincipal = this.role;
    this.function = new lambda.Function(this, 'Function', {
      runtime: lambda.determineLatestNodeRuntime(this),
      code: lambda.Code.fromAsset(handlerAsset(props.asset)),
      handler: `index.${props.entry ?? 'handler'}`,
      description: props.description,
      environment: { POWERTOOLS_SERVICE_NAME: props.asset },
      memorySize: 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      ...props.onFailure && { onFailure: props.onFailure, retryAttempts: 2 },
    });
  }
}

/** A log group that ends with its stack: logs hold no data, and a rebuilt stack starts a new one. */
export function functionLogs(scope: Construct, encryptionKey: kms.IKey | undefined): logs.LogGroup {
  if (encryptionKey !== undefined) KeyService.logs().allowOn(encryptionKey);
  return new logs.LogGroup(scope, 'Logs', {
    retention: logs.RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
    ...encryptionKey && { encryptionKey },
  });
}

/** A function's role that may write to its log group and nothing else. */
export function functionRole(scope: Construct, id: string, logGroup: logs.ILogGroup): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `Of a function of ${Stack.of(scope).stackName}`,
  });
  grant(role, {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resourceArns: [logGroup.logGroupArn],
    reason: 'Lambda names the log streams of a function.',
  });
  return role;
}
