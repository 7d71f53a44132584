import {
  FlowLogDestination, GatewayVpcEndpoint, GatewayVpcEndpointAwsService, IIpAddresses, InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Port,
  SecurityGroup, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { KeyService } from './key-service';

/** Size and logs of a SecureVpc. */
export interface SecureVpcProps {
  /**
   * Number of availability zones. Each interface endpoint is paid for in each of them.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * Address range.
   *
   * @default - 10.0.0.0/16
   */
  readonly ipAddresses?: IIpAddresses;

  /**
   * Key that encrypts the flow logs.
   *
   * @default - a key that CloudWatch Logs manages
   */
  readonly encryptionKey?: IKey;

  /**
   * How long flow logs are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly flowLogRetention?: RetentionDays;

  /**
   * Let members of `securityGroup` talk to each other, as jobs on more than one instance must.
   *
   * @default false
   */
  readonly interContainerTraffic?: boolean;
}

/**
 * A network without a way to the internet: isolated subnets, no NAT, and endpoints for what SageMaker needs.
 *
 * Give `securityGroup` to jobs, models and functions: it alone is let in to the interface endpoints. It may send anywhere,
 * since there is nowhere to send but the endpoints. The S3 endpoint has no policy of its own, since S3 also serves ECR's layers and
 * the answers of custom resources from buckets that AWS owns; the permissions of roles and buckets decide.
 * Functions that call other services (Lambda, SQS, Step Functions …) need `addInterfaceEndpoint` for those.
 */
export class SecureVpc extends Vpc {
  /** Security group of jobs, models and functions. */
  public readonly securityGroup: SecurityGroup;

  /** S3, free of charge. */
  public readonly s3Endpoint: GatewayVpcEndpoint;

  /** `sagemaker.api`: the control plane. */
  public readonly sageMakerApiEndpoint: InterfaceVpcEndpoint;

  /** `sagemaker.runtime`: predictions. */
  public readonly sageMakerRuntimeEndpoint: InterfaceVpcEndpoint;

  /** `ecr.api`: logging in to ECR. */
  public readonly ecrApiEndpoint: InterfaceVpcEndpoint;

  /** `ecr.dkr`: pulling images. */
  public readonly ecrDockerEndpoint: InterfaceVpcEndpoint;

  /** `logs`: CloudWatch Logs. */
  public readonly logsEndpoint: InterfaceVpcEndpoint;

  private readonly endpointSecurityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: SecureVpcProps = {}) {
    super(scope, id, {
      maxAzs: props.maxAzs ?? 2,
      ipAddresses: props.ipAddresses,
      natGateways: 0,
      createInternetGateway: false,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', { vpc: this, description: 'Jobs, models and functions' });
    if (props.interContainerTraffic === true) this.securityGroup.connections.allowInternally(Port.allTraffic(), 'between containers of one job');
    this.endpointSecurityGroup = this.createEndpointSecurityGroup();

    this.s3Endpoint = this.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    this.sageMakerApiEndpoint = this.addEndpoint('SageMakerApi', InterfaceVpcEndpointAwsService.SAGEMAKER_API);
    this.sageMakerRuntimeEndpoint = this.addEndpoint('SageMakerRuntime', InterfaceVpcEndpointAwsService.SAGEMAKER_RUNTIME);
    this.ecrApiEndpoint = this.addEndpoint('EcrApi', InterfaceVpcEndpointAwsService.ECR);
    this.ecrDockerEndpoint = this.addEndpoint('EcrDocker', InterfaceVpcEndpointAwsService.ECR_DOCKER);
    this.logsEndpoint = this.addEndpoint('Logs', InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS);

    this.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(this.createFlowLogGroup(props)) });
  }

  private createEndpointSecurityGroup(): SecurityGroup {
    const group = new SecurityGroup(this, 'EndpointSecurityGroup', { vpc: this, description: 'Interface endpoints', allowAllOutbound: false });
    group.addIngressRule(this.securityGroup, Port.HTTPS, 'from jobs, models and functions');
    return group;
  }

  private addEndpoint(id: string, service: InterfaceVpcEndpointAwsService): InterfaceVpcEndpoint {
    return this.addInterfaceEndpoint(id, { service, securityGroups: [this.endpointSecurityGroup], open: false });
  }

  private createFlowLogGroup(props: SecureVpcProps): LogGroup {
    if (props.encryptionKey !== undefined) KeyService.logs().allowOn(props.encryptionKey);
    return new LogGroup(this, 'FlowLogs', {
      encryptionKey: props.encryptionKey,
      retention: props.flowLogRetention ?? RetentionDays.THREE_MONTHS,
    });
  }
}
