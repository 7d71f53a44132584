import { Annotations, Duration, Resource, Token } from 'aws-cdk-lib';
import { IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfig, CfnModel, EndpointReference, IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { IEndpointCapture } from '../monitoring/endpoint-capture';
import { grantVolumeKey } from '../private/grants';
import { hasLocalStorage } from '../private/instance-type';
import { retentionOf } from '../private/retention';
import { Problems } from '../private/validation';
import { ExecutionRole } from '../security/execution-role';
import { DataCapture } from './data-capture';
import { EndpointGrants } from './endpoint-grants';
import { Hosting } from './hosting';
import { MonitoredEndpointProps } from './monitored-endpoint-props';

/** The one variant. Its name never changes: deployments with automatic rollback, and scaling, hang on it. */
const VARIANT_NAME = 'AllTraffic';

/**
 * A real-time endpoint that captures its traffic.
 *
 * Neither model nor configuration bears a name of ours, since each update makes new ones beside the old.
 */
export class MonitoredEndpoint extends Resource implements IEndpoint, IEndpointCapture {
  /** Name of the endpoint, in its own case. */
  public readonly endpointName: string;

  /** ARN of the endpoint. */
  public readonly endpointArn: string;

  /** Name of the variant whose traffic is captured. */
  public readonly variantName = VARIANT_NAME;

  /** `DestinationS3Uri` of the data capture, without a slash at its end. */
  public readonly captureUri: string;

  /** Key that the captured traffic is encrypted with. */
  public readonly captureKey?: IKey;

  /** Role of the model. */
  public readonly role: IRole;

  /** What others may be permitted to do with the endpoint. */
  public readonly grants: EndpointGrants;

  private readonly dataCapture: DataCapture;

  constructor(scope: Construct, id: string, props: MonitoredEndpointProps) {
    super(scope, id);
    const hosting = props.hosting ?? Hosting.instances();
    this.validate(props, hosting);
    this.warn(props);

    this.role = props.role ?? new ExecutionRole(this, 'Role', { vpc: props.vpc, description: 'Runs the model of an endpoint' });
    const config = this.createConfig(props, hosting, this.createModel(props));
    const endpoint = new CfnEndpoint(this, 'Resource', { endpointConfigName: config.attrEndpointConfigName });

    this.endpointName = endpoint.attrEndpointName;
    this.endpointArn = endpoint.attrEndpointArn;
    this.dataCapture = props.dataCapture;
    this.captureUri = props.dataCapture.uri;
    this.captureKey = props.dataCapture.bucket.encryptionKey;
    this.grants = EndpointGrants.fromEndpoint(this);
  }

  /** How long captured traffic is kept. */
  public get captureRetention(): Duration | undefined {
    return retentionOf(this.dataCapture.bucket, this.dataCapture.prefix);
  }

  /** Reference to the endpoint. */
  public get endpointRef(): EndpointReference {
    return { endpointArn: this.endpointArn };
  }

  /**
   * Permits asking the model for predictions, as `grants.invoke` does.
   *
   * @param grantee who may.
   */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.grants.invoke(grantee);
  }

  private createModel(props: MonitoredEndpointProps): CfnModel {
    const model = new CfnModel(this, 'Model', {
      executionRoleArn: this.role.roleArn,
      enableNetworkIsolation: props.networkIsolation ?? true,
      primaryContainer: {
        image: props.image.bind(this, this.role).imageUri,
        modelDataUrl: props.modelData.bind(this, this.role).modelDataUrl,
        environment: props.environment,
      },
      vpcConfig: props.vpc && this.vpcConfig(props.vpc, props),
    });
    // SageMaker tries the role at once, and fails if its policy is not there yet.
    model.node.addDependency(this.role);
    return model;
  }

  private vpcConfig(vpc: IVpc, props: MonitoredEndpointProps): CfnModel.VpcConfigProperty {
    const securityGroups = props.securityGroups
      ?? [new SecurityGroup(this, 'SecurityGroup', { vpc, description: `Model of ${this.node.path}` })];
    return {
      subnets: vpc.selectSubnets(props.vpcSubnets).subnetIds,
      securityGroupIds: securityGroups.map(group => group.securityGroupId),
    };
  }

  private createConfig(props: MonitoredEndpointProps, hosting: Hosting, model: CfnModel): CfnEndpointConfig {
    const variant = hosting._variant();
    const volumeKey = hasLocalStorage(variant.instanceType) ? undefined : props.encryptionKey ?? props.dataCapture.bucket.encryptionKey;
    if (volumeKey !== undefined) grantVolumeKey(volumeKey, this.role);
    const config = new CfnEndpointConfig(this, 'EndpointConfig', {
      kmsKeyId: volumeKey?.keyRef.keyArn,
      dataCaptureConfig: props.dataCapture._bind(this.role),
      productionVariants: [{ ...variant, modelName: model.attrModelName, variantName: VARIANT_NAME }],
    });
    config.node.addDependency(this.role);
    return config;
  }

  private validate(props: MonitoredEndpointProps, hosting: Hosting): void {
    const problems = new Problems(this);
    hosting._validate(problems);
    props.dataCapture._validate(problems);
    problems.require(props.vpc !== undefined || (props.vpcSubnets === undefined && props.securityGroups === undefined),
      '\'vpcSubnets\' and \'securityGroups\' have no effect without \'vpc\': give the VPC too, or leave them out');
    problems.throwIfAny();
  }

  private warn(props: MonitoredEndpointProps): void {
    if (props.networkIsolation === false) {
      Annotations.of(this).addWarningV2('cdk-model-monitor:endpointNotIsolated',
        'The container of the model can reach the network: whoever controls the image can send the traffic elsewhere.');
    }
    if (!Token.isUnresolved(props.dataCapture.samplingPercentage) && props.dataCapture.samplingPercentage === 0) {
      Annotations.of(this).addWarningV2('cdk-model-monitor:nothingCaptured',
        'samplingPercentage is 0, so nothing is captured, and no monitor will ever see data.');
    }
  }
}
