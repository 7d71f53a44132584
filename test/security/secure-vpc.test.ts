import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IpAddresses } from 'aws-cdk-lib/aws-ec2';
import { KmsEncryption, SecureVpc } from '../../lib';
import { nagFindings } from '../nag';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Test');
});

test('has isolated subnets only, and no way to the internet', () => {
  new SecureVpc(stack, 'Vpc', { ipAddresses: IpAddresses.cidr('10.7.0.0/16') });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.7.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true });
  template.resourceCountIs('AWS::EC2::Subnet', 2);
  template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route']) template.resourceCountIs(type, 0);
});

test('closes the default security group', () => {
  new SecureVpc(stack, 'Vpc');

  Template.fromStack(stack).resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
});

test('has the six endpoints that SageMaker needs, private by name', () => {
  const vpc = new SecureVpc(stack, 'Vpc');
  const endpoints = [vpc.sageMakerApiEndpoint, vpc.sageMakerRuntimeEndpoint, vpc.ecrApiEndpoint, vpc.ecrDockerEndpoint, vpc.logsEndpoint];

  const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Properties: Record<string, unknown> }> };
  const services = endpoints.map(endpoint => template.Resources[stack.getLogicalId(endpoint.node.defaultChild as never)]!.Properties);
  expect(services.map(properties => JSON.stringify(properties.ServiceName))).toEqual([
    expect.stringContaining('.sagemaker.api"'),
    expect.stringContaining('.sagemaker.runtime"'),
    expect.stringContaining('.ecr.api"'),
    expect.stringContaining('.ecr.dkr"'),
    expect.stringContaining('.logs"'),
  ]);
  expect(services.every(properties => properties.PrivateDnsEnabled === true)).toBe(true);
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Gateway', ServiceName: { 'Fn::Join': ['', Match.arrayWith(['.s3'])] }, RouteTableIds: [Match.anyValue(), Match.anyValue()],
  });
});

test('lets its own security group, and no address, in to the endpoints', () => {
  new SecureVpc(stack, 'Vpc');
  const template = Template.fromStack(stack);

  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 443, ToPort: 443, CidrIp: Match.absent(), SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^VpcSecurityGroup'), 'GroupId'] },
  });
  template.allResourcesProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
});

test('lets containers of one job talk to each other when asked', () => {
  new SecureVpc(stack, 'Vpc', { interContainerTraffic: true });

  const group = { 'Fn::GetAtt': [Match.stringLikeRegexp('^VpcSecurityGroup'), 'GroupId'] };
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { IpProtocol: '-1', GroupId: group, SourceSecurityGroupId: group });
});

test('logs all traffic, encrypted with the key, whose policy lets the logs in', () => {
  const { key } = new KmsEncryption(stack, 'Encryption');
  new SecureVpc(stack, 'Vpc', { encryptionKey: key });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90, KmsKeyId: stack.resolve(key.keyArn) });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } } })]) },
  });
});

test('raises no finding of cdk-nag', () => {
  new SecureVpc(stack, 'Vpc', { interContainerTraffic: true });

  expect(nagFindings(stack)).toEqual([]);
});
