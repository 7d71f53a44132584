import { Deployed, globalArn, Physical, regionalArn } from './physical';
import { Environment } from './stack';

/** How CloudFormation names a type of resource, and what it says of it. */
export interface ResourceType {
  /** Property with which the user may name it. */
  readonly nameProperty?: string;
  /** How CloudFormation names it otherwise; an id of this prefix, a UUID, or a name. */
  readonly generated?: { readonly id: string } | 'uuid' | { readonly maxLength: number; readonly lowerCase?: true };
  readonly arn: (name: string, environment: Environment, properties: Readonly<Record<string, unknown>>) => string;
  /** What `Ref` returns. */
  readonly ref: (deployed: Deployed) => string;
  /** What `Fn::GetAtt` returns, by attribute. */
  readonly attributes: Readonly<Record<string, (deployed: Deployed) => unknown>>;
}

const byName = ({ name }: Physical): string => name;
const byArn = ({ arn }: Physical): string => arn;
const queueUrl = ({ name, environment: { region, account, urlSuffix } }: Deployed): string => `https://sqs.${region}.${urlSuffix}/${account}/${name}`;

function regional(service: string, prefix: string): ResourceType['arn'] {
  return (name, environment) => regionalArn(environment, service, `${prefix}${name}`);
}

/** A type whose name the user may give. */
function named(nameProperty: string, arn: ResourceType['arn'], rest: Partial<ResourceType> = {}): ResourceType {
  return { nameProperty, generated: { maxLength: 64 }, arn, ref: byName, attributes: { Arn: byArn }, ...rest };
}

/** A type that only has an id. */
function identified(id: string, ec2Type: string, attributes: ResourceType['attributes']): ResourceType {
  return { generated: { id }, arn: regional('ec2', `${ec2Type}/`), ref: byName, attributes };
}

/** SageMaker's resources are referred to by their ARN, all but the pipeline. */
function sageMaker(kind: string, nameProperty: string, attributes: ResourceType['attributes'] = { [nameProperty]: byName }): ResourceType {
  return named(nameProperty, regional('sagemaker', `${kind}/`), { generated: { maxLength: 63 }, ref: byArn, attributes });
}

/** Name of a job definition, the schedule's or the model package group's ARN … as `Fn::GetAtt` knows them. */
function jobDefinition(kind: string): ResourceType {
  return sageMaker(kind, 'JobDefinitionName', { JobDefinitionArn: byArn });
}

function ruleArn(name: string, environment: Environment, { EventBusName: bus }: Readonly<Record<string, unknown>>): string {
  const onBus = typeof bus === 'string' && bus !== 'default' ? `${bus.slice(bus.lastIndexOf('/') + 1)}/` : '';
  return regionalArn(environment, 'events', `rule/${onBus}${name}`);
}

/** A path of IAM begins and ends with a slash. */
function iamArn(kind: string): ResourceType['arn'] {
  return (name, environment, { Path: path = '/' }) => globalArn(environment, 'iam', `${kind}${String(path)}${name}`);
}

/**
 * The types that the rehearsal knows by name. What another type's `Ref` and `…Arn` return is made by one rule, see `Deployment`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::S3::Bucket': named('BucketName', (name, { partition }) => `arn:${partition}:s3:::${name}`, {
    generated: { maxLength: 63, lowerCase: true },
    attributes: {
      Arn: byArn,
      DomainName: ({ name, environment: { urlSuffix } }) => `${name}.s3.${urlSuffix}`,
      RegionalDomainName: ({ name, environment: { region, urlSuffix } }) => `${name}.s3.${region}.${urlSuffix}`,
    },
  }),
  'AWS::KMS::Key': { generated: 'uuid', arn: regional('kms', 'key/'), ref: byName, attributes: { Arn: byArn, KeyId: byName } },
  'AWS::KMS::Alias': named('AliasName', regional('kms', ''), { attributes: {} }),
  'AWS::SQS::Queue': named('QueueName', regional('sqs', ''), {
    generated: { maxLength: 80 }, ref: queueUrl, attributes: { Arn: byArn, QueueName: byName, QueueUrl: queueUrl },
  }),
  'AWS::SNS::Topic': named('TopicName', regional('sns', ''), {
    generated: { maxLength: 256 }, ref: byArn, attributes: { TopicArn: byArn, TopicName: byName },
  }),
  'AWS::Lambda::Function': named('FunctionName', regional('lambda', 'function:')),
  'AWS::Lambda::EventSourceMapping': {
    generated: 'uuid', arn: regional('lambda', 'event-source-mapping:'), ref: byName, attributes: { Id: byName, EventSourceMappingArn: byArn },
  },
  'AWS::IAM::Role': named('RoleName', iamArn('role'), { attributes: { Arn: byArn, RoleId: ({ name }) => `AROA${name.toUpperCase()}`.slice(0, 21) } }),
  'AWS::IAM::Policy': named('PolicyName', iamArn('policy'), { attributes: {} }),
  'AWS::IAM::ManagedPolicy': named('ManagedPolicyName', iamArn('policy'), { ref: byArn, attributes: { PolicyArn: byArn } }),
  'AWS::IAM::InstanceProfile': named('InstanceProfileName', iamArn('instance-profile')),
  'AWS::Events::Rule': named('Name', ruleArn, {
    ref: ({ name, arn }) => arn.endsWith(`:rule/${name}`) ? name : arn.slice(arn.indexOf('rule/') + 'rule/'.length).replace('/', '|'),
  }),
  'AWS::Events::EventBus': named('Name', regional('events', 'event-bus/'), { attributes: { Arn: byArn, Name: byName } }),
  'AWS::Scheduler::Schedule': named('Name', (name, environment, { GroupName: group = 'default' }) =>
    regionalArn(environment, 'scheduler', `schedule/${String(group)}/${name}`)),
  'AWS::Scheduler::ScheduleGroup': named('Name', regional('scheduler', 'schedule-group/')),
  'AWS::SageMaker::Model': sageMaker('model', 'ModelName'),
  'AWS::SageMaker::EndpointConfig': sageMaker('endpoint-config', 'EndpointConfigName'),
  'AWS::SageMaker::Endpoint': sageMaker('endpoint', 'EndpointName', { EndpointName: byName, EndpointArn: byArn }),
  'AWS::SageMaker::Pipeline': { ...sageMaker('pipeline', 'PipelineName', {}), ref: byName },
  'AWS::SageMaker::ModelPackage': sageMaker('model-package', 'ModelPackageName', { ModelPackageArn: byArn }),
  'AWS::SageMaker::ModelPackageGroup': sageMaker('model-package-group', 'ModelPackageGroupName', { ModelPackageGroupArn: byArn }),
  'AWS::SageMaker::MonitoringSchedule': sageMaker('monitoring-schedule', 'MonitoringScheduleName', { MonitoringScheduleArn: byArn }),
  'AWS::SageMaker::DataQualityJobDefinition': jobDefinition('data-quality-job-definition'),
  'AWS::SageMaker::ModelQualityJobDefinition': jobDefinition('model-quality-job-definition'),
  'AWS::SageMaker::ModelBiasJobDefinition': jobDefinition('model-bias-job-definition'),
  'AWS::SageMaker::ModelExplainabilityJobDefinition': jobDefinition('model-explainability-job-definition'),
  'AWS::CloudWatch::Alarm': named('AlarmName', regional('cloudwatch', 'alarm:'), { generated: { maxLength: 255 } }),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', regional('cloudwatch', 'alarm:'), { generated: { maxLength: 255 } }),
  'AWS::CloudWatch::Dashboard': named('DashboardName', (name, environment) => globalArn(environment, 'cloudwatch', `dashboard/${name}`), { attributes: {} }),
  'AWS::Logs::LogGroup': named('LogGroupName', (name, environment) => regionalArn(environment, 'logs', `log-group:${name}:*`), {
    generated: { maxLength: 512 },
  }),
  'AWS::StepFunctions::StateMachine': named('StateMachineName', regional('states', 'stateMachine:'), {
    generated: { maxLength: 80 }, ref: byArn, attributes: { Arn: byArn, Name: byName },
  }),
  'AWS::CloudTrail::Trail': named('TrailName', regional('cloudtrail', 'trail/'), { generated: { maxLength: 128 } }),
  'AWS::ECR::Repository': named('RepositoryName', regional('ecr', 'repository/'), {
    generated: { maxLength: 256, lowerCase: true },
    attributes: {
      Arn: byArn,
      RepositoryUri: ({ name, environment: { account, region, urlSuffix } }) => `${account}.dkr.ecr.${region}.${urlSuffix}/${name}`,
    },
  }),
  'AWS::SSM::Parameter': named('Name', (name, environment) => regionalArn(environment, 'ssm', `parameter/${name.replace(/^\//, '')}`), {
    attributes: { Type: ({ property }) => property('Type'), Value: ({ property }) => property('Value') },
  }),
  'AWS::EC2::VPC': identified('vpc', 'vpc', {
    VpcId: byName, CidrBlock: ({ property }) => property('CidrBlock'), DefaultSecurityGroup: ({ name }) => name.replace(/^vpc-/, 'sg-'),
  }),
  'AWS::EC2::Subnet': identified('subnet', 'subnet', {
    SubnetId: byName, AvailabilityZone: ({ property }) => property('AvailabilityZone'), CidrBlock: ({ property }) => property('CidrBlock'),
  }),
  'AWS::EC2::SecurityGroup': identified('sg', 'security-group', { GroupId: byName, Id: byName, VpcId: ({ property }) => property('VpcId') }),
  'AWS::EC2::VPCEndpoint': identified('vpce', 'vpc-endpoint', { Id: byName }),
  'AWS::EC2::RouteTable': identified('rtb', 'route-table', { RouteTableId: byName }),
  'AWS::EC2::FlowLog': identified('fl', 'vpc-flow-log', { Id: byName }),
  'AWS::EC2::InternetGateway': identified('igw', 'internet-gateway', { InternetGatewayId: byName }),
  'AWS::EC2::EIP': identified('eipalloc', 'elastic-ip', { AllocationId: byName }),
  'AWS::EC2::NatGateway': identified('nat', 'natgateway', { NatGatewayId: byName }),
};
