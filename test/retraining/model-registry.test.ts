import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ModelRegistry } from '../../lib/retraining';

const newStack = (): Stack => new Stack(new App(), 'Churn');

test('a registry has a generated lower-case name, and no description that would bind it for ever', () => {
  const stack = newStack();
  new ModelRegistry(stack, 'Registry');

  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::ModelPackageGroup', {
    ModelPackageGroupName: Match.stringLikeRegexp('^[a-z0-9-]{1,40}$'),
    ModelPackageGroupDescription: Match.absent(),
  });
});

test('two registries of one stack do not share a name', () => {
  const stack = newStack();
  const names = ['One', 'Two'].map(id => new ModelRegistry(stack, id).modelPackageGroupName);
  expect(new Set(names).size).toBe(2);
});

test('a description is passed on', () => {
  const stack = newStack();
  new ModelRegistry(stack, 'Registry', { description: 'Churn of customers' });
  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::ModelPackageGroup', { ModelPackageGroupDescription: 'Churn of customers' });
});

test('whoever registers may do so in this group only', () => {
  const stack = newStack();
  const registry = new ModelRegistry(stack, 'Registry');
  registry._grantRegister(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }));

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: ['sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage', 'sagemaker:AddTags'],
        Resource: [
          { 'Fn::GetAtt': [Match.stringLikeRegexp('^Registry'), 'ModelPackageGroupArn'] },
          { 'Fn::Join': ['', Match.arrayWith([`:model-package/${registry.modelPackageGroupName}/*`])] },
        ],
      }],
    },
  });
});
