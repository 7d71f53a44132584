import { ArnFormat, Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grant } from '../private/grants';

/** What an ExecutionRole is for. */
export interface ExecutionRoleProps {
  /**
   * The network that jobs or endpoints with this role run in.
   *
   * @default - they run outside of any VPC of the account, and need no network interfaces
   */
  readonly vpc?: IVpc;

  /**
   * What the role is for.
   *
   * @default - the role has no description
   */
  readonly description?: string;
}

const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/**
 * A role that SageMaker runs jobs and endpoints with. It may write SageMaker's logs and metrics and log in to ECR, and in a VPC
 * manage its network interfaces; everything else is granted by what it is given to (an image, a bucket, a key).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export class ExecutionRole extends Role {
  constructor(scope: Construct, id: string, props: ExecutionRoleProps = {}) {
    super(scope, id, {
      description: props.description,
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    });
    this.allowLogs();
    this.allowMetrics();
    grant(this, {
      actions: ['ecr:GetAuthorizationToken'],
      resourceArns: ['*'],
      reason: 'These actions know no resource: ecr:GetAuthorizationToken, cloudwatch:PutMetricData, and ec2 network interfaces of SageMaker.',
    });
    if (props.vpc !== undefined) this.addToPolicy(new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
  }

  private allowLogs(): void {
    grant(this, {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resourceArns: [Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: '/aws/sagemaker/*', arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      reason: 'SageMaker names the log groups and streams of its jobs and endpoints.',
    });
  }

  private allowMetrics(): void {
    this.addToPolicy(new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
    }));
  }
}
