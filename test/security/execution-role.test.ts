import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ExecutionRole } from '../../lib';
import { nagFindings } from '../nag';

const inStack = (id = 'Test'): Stack => new Stack(new App(), id);

function actionsOf(stack: Stack): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .flatMap(policy => policy.Properties.PolicyDocument.Statement as { Action: string | string[] }[])
    .flatMap(statement => statement.Action);
}

function importedVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], isolatedSubnetIds: ['subnet-1'] });
}

test('only SageMaker may assume it, and only for this account', () => {
  const stack = inStack();
  new ExecutionRole(stack, 'Role');

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'sagemaker.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }],
    },
    ManagedPolicyArns: Match.absent(),
  });
});

test('it may write to the log groups of SageMaker and no others', () => {
  const stack = inStack();
  new ExecutionRole(stack, 'Role');

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:/aws/sagemaker/*']] },
      }]),
    },
  });
});

test('it manages network interfaces in a VPC only', () => {
  const [without, within] = [inStack(), inStack()];
  new ExecutionRole(without, 'Role');
  new ExecutionRole(within, 'Role', { vpc: importedVpc(within) });

  expect(actionsOf(without).filter(action => action.startsWith('ec2:'))).toEqual([]);
  expect(actionsOf(within)).toContain('ec2:CreateNetworkInterfacePermission');
});

test('cdk-nag finds nothing, whether the account is known or not', () => {
  const known = new Stack(new App(), 'Known', { env: { account: '111122223333', region: 'eu-west-1' } });
  const unknown = inStack();
  for (const stack of [known, unknown]) new ExecutionRole(stack, 'Role', { vpc: importedVpc(stack) });

  expect([...nagFindings(known), ...nagFindings(unknown)]).toEqual([]);
});
