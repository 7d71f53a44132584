import { App, Stack } from 'aws-cdk-lib';
import { Match, Matcher, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ModelRegistry, TrainingPipeline } from '../../../lib/retraining';
import { KmsEncryption } from '../../../lib/security';
import { nagFindings } from '../../nag';
import { build, propsOf } from './fixture';

function arnEnding(text: string): { 'Fn::Join': [string, Matcher] } {
  return { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(text.replaceAll('*', '\\*'))])] };
}

describe('permissions', () => {
  test('the role passes itself to SageMaker only, and runs jobs of pipelines only', () => {
    const { stack } = build();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['sagemaker:CreateProcessingJob']), Resource: arnEnding(':processing-job/pipelines-*') }),
          Match.objectLike({ Action: Match.arrayWith(['sagemaker:CreateTrainingJob']), Resource: arnEnding(':training-job/pipelines-*') }),
          Match.objectLike({
            Action: 'iam:PassRole',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TrainingRole'), 'Arn'] },
            Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
          }),
        ]),
      },
    });
  });

  test('the role writes to its own folder only', () => {
    const { stack } = build({ prefix: 'retraining' });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const writes = policies.flatMap(policy => policy.Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
      .filter(statement => [statement.Action].flat().includes('s3:PutObject'));
    expect(writes).toHaveLength(1);
    expect(JSON.stringify(writes[0]!.Resource)).toMatch(/\/retraining\/\*/);
  });

  test('the pipeline is made after its role\'s policy', () => {
    const { stack } = build();
    Template.fromStack(stack).hasResource('AWS::SageMaker::Pipeline', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^TrainingRoleDefaultPolicy')]) });
  });

  test('a role that is given is used, and granted what it needs', () => {
    const stack = new Stack(new App(), 'Other');
    const bucket = new KmsEncryption(stack, 'Encryption').addBucket('Artifacts');
    const role = new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new TrainingPipeline(stack, 'Training', { ...propsOf(stack), bucket, registry: new ModelRegistry(stack, 'Registry'), role });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SageMaker::Pipeline', { RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } });
    template.hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^Mine') }] });
  });

  test('starting it can be granted', () => {
    const { stack, pipeline } = build();
    pipeline.grants.start(new Role(stack, 'Starter', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: arnEnding(':pipeline/') }] },
      Roles: [{ Ref: Match.stringLikeRegexp('^Starter') }],
    });
  });

  test('cdk-nag finds nothing', () => {
    expect(nagFindings(build().stack)).toEqual([]);
  });
});
