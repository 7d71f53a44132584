import { CustomResource, Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IConstruct } from 'constructs';
import { ModelPackageBaselineRequest } from '../../contract';
import { grant } from '../../private/grants';
import { functionLogs, functionRole, HandlerFunction } from '../../private/handler-function';
import { oncePerStack } from '../../private/once-per-stack';
import { acknowledgeFramework } from './waiting-provider';

/** What CloudFormation calls to read the baselines of model packages, for all of a stack. */
export class ModelPackageReader extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): ModelPackageReader {
    return oncePerStack(user, 'ReaderOfModelPackages', encryptionKey, (stack, id) => new ModelPackageReader(stack, id, encryptionKey));
  }

  private readonly handler: HandlerFunction;
  private readonly provider: Provider;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    this.handler = new HandlerFunction(this, 'OnEvent', {
      asset: 'model-package-baseline', entry: 'onEvent', description: 'Reads the baseline of a model package', timeout: Duration.minutes(1), encryptionKey,
    });
    const logGroup = functionLogs(this, encryptionKey);
    this.provider = new Provider(this, 'Provider', {
      onEventHandler: this.handler.function, logGroup, frameworkOnEventRole: functionRole(this, 'OnEventRole', logGroup),
    });
    acknowledgeFramework(this);
  }

  /** What a model package says of its baseline. */
  public read(scope: Construct, request: ModelPackageBaselineRequest): CustomResource {
    grant(this.handler, { actions: ['sagemaker:DescribeModelPackage'], resourceArns: [request.modelPackageArn] });
    const resource = new CustomResource(scope, 'Resource', {
      resourceType: 'Custom::ModelPackageBaseline', serviceToken: this.provider.serviceToken, properties: request,
    });
    resource.node.addDependency(this);
    return resource;
  }
}
