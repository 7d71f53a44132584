import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly } from '../../../rehearsal/assembly/assembly';
import { Deployment } from '../../../rehearsal/assembly/deployment';
import { where } from '../../../rehearsal/assembly/stack';
import { UnplayableError } from '../../../rehearsal/assembly/unplayable-error';
import { deploy, resource, writeAssembly } from './small-assembly';

/** What an expression of a topic's display name becomes. */
function resolved(expression: unknown, template: Record<string, unknown> = {}): unknown {
  const deployment = deploy({ ...template, Resources: { Probe: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: expression } }, ...template.Resources as object } });
  return deployment.properties(resource(deployment, 'Probe')).DisplayName;
}

describe('intrinsic functions', () => {
  const mappings = { Mappings: { Sizes: { 'us-east-1': { small: 'ml.m5.large' } } } };
  const conditions = {
    Parameters: { Stage: { Type: 'String', Default: 'prod' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] },
    },
  };

  test.each([
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, {}, 'us-east-1'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }, 3]] }, {}, 'a-123456789012-3'],
    ['Fn::Sub of a string', { 'Fn::Sub': 'x-${AWS::Region}-${!Literal}' }, {}, 'x-us-east-1-${Literal}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}/${AWS::Partition}', { A: { 'Fn::Join': ['', ['b', 'c']] } }] }, {}, 'bc/aws'],
    ['Fn::Sub of an attribute', { 'Fn::Sub': '${Queue.QueueName}' }, { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } } } }, 'q'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, {}, 'b'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, mappings, 'ml.m5.large'],
    ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'small', { DefaultValue: 'none' }] }, mappings, 'none'],
    ['Fn::Base64', { 'Fn::Base64': 'hello' }, {}, 'aGVsbG8='],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'AWS::Region' } } }, {}, '{"a":"us-east-1"}'],
    ['Fn::Length', { 'Fn::Length': [1, 2, 3] }, {}, 3],
    ['Fn::GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, {}, 'us-east-1a'],
    ['Fn::If that holds', { 'Fn::If': ['IsProd', 'yes', 'no'] }, conditions, 'yes'],
    ['Fn::If of Fn::Not', { 'Fn::If': ['IsTest', 'yes', 'no'] }, conditions, 'no'],
    ['Fn::If of Fn::And', { 'Fn::If': ['Both', 'yes', 'no'] }, conditions, 'no'],
    ['Fn::If of Fn::Or', { 'Fn::If': ['Either', 'yes', 'no'] }, conditions, 'yes'],
    ['AWS::NoValue', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, {}, { b: [1] }],
  ])('resolves %s', (_, expression, template, expected) => {
    expect(resolved(expression, template)).toEqual(expected);
  });

  test.each([
    [{ 'Fn::Transform': { Name: 'AWS::Include' } }, 'cannot play Fn::Transform: the rehearsal knows Ref, Fn::GetAtt'],
    [{ Ref: 'Nobody' }, 'the reference to Nobody: the template has no such resource or parameter, in Churn.template.json Probe'],
    [{ 'Fn::ImportValue': 'Other:Thing' }, 'Fn::ImportValue of Other:Thing: no stack of the assembly exports it'],
    [{ 'Fn::Select': [4, ['a']] }, 'Fn::Select of item 4 from a list of 1'],
    ['{{resolve:ssm:/churn/bucket}}', 'the dynamic reference {{resolve:ssm:/churn/bucket}}: its value lies outside of the template'],
    [{ 'Fn::FindInMap': ['A', 'b', 'c'] }, 'the mapping A / b / c is not in the template'],
    [{ 'Fn::If': ['Missing', 1, 2] }, 'the condition Missing: the template has none of that name'],
    [{ Ref: 'AWS::Mystery' }, 'the pseudo parameter AWS::Mystery'],
    [{ 'Fn::Join': ['', [['nested']]] }, 'Fn::Join: it wants a string and was given ["nested"]'],
  ])('names what it cannot resolve: %j', (expression, message) => {
    expect(() => resolved(expression)).toThrow(UnplayableError);
    expect(() => resolved(expression)).toThrow(message);
  });
});

describe('names and ARNs', () => {
  const template = {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'Churn/Bucket/Resource' } },
      Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'reports-${AWS::AccountId}' } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/service/', RoleName: 'runner' } },
      Endpoint: { Type: 'AWS::SageMaker::Endpoint', Properties: { EndpointName: 'churn' } },
      Pipeline: { Type: 'AWS::SageMaker::Pipeline', Properties: { PipelineName: 'retrain' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'starts' } },
      Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { Name: 'hourly', GroupName: 'monitors' } },
      Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'changes' } },
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/x' } },
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Unheard: { Type: 'AWS::Glue::Job' },
      Baseline: { Type: 'Custom::ModelMonitorBaseline' },
      Absent: { Type: 'AWS::SQS::Queue', Condition: 'Never' },
    },
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  };
  const deployment = deploy(template, 'aws://111122223333/eu-central-1');
  const of = (logicalId: string) => resource(deployment, logicalId);

  test('a bucket without a name gets the same lower-case name in every rehearsal', () => {
    const { name } = deployment.physical(of('Bucket'));

    expect(name).toMatch(/^churn-bucket-[0-9a-f]{12}$/);
    expect(deploy(template).physical(resource(deploy(template), 'Bucket')).name).toBe(name);
  });

  test.each([
    ['Named', 'reports-111122223333', 'arn:aws:s3:::reports-111122223333'],
    ['Role', 'runner', 'arn:aws:iam::111122223333:role/service/runner'],
    ['Endpoint', 'arn:aws:sagemaker:eu-central-1:111122223333:endpoint/churn', 'arn:aws:sagemaker:eu-central-1:111122223333:endpoint/churn'],
    ['Pipeline', 'retrain', 'arn:aws:sagemaker:eu-central-1:111122223333:pipeline/retrain'],
    ['Queue', 'https://sqs.eu-central-1.amazonaws.com/111122223333/starts', 'arn:aws:sqs:eu-central-1:111122223333:starts'],
    ['Schedule', 'hourly', 'arn:aws:scheduler:eu-central-1:111122223333:schedule/monitors/hourly'],
    ['Rule', 'changes', 'arn:aws:events:eu-central-1:111122223333:rule/changes'],
    ['Group', '/aws/lambda/x', 'arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/x:*'],
  ])('%s: Ref is %s', (logicalId, ref, arn) => {
    expect(deployment.ref(of(logicalId))).toBe(ref);
    expect(deployment.physical(of(logicalId)).arn).toBe(arn);
    expect(deployment.byArn(arn)).toBe(of(logicalId));
  });

  test('knows the attributes that are properties', () => {
    expect(deployment.getAtt(of('Vpc'), 'CidrBlock')).toBe('10.0.0.0/16');
    expect(deployment.getAtt(of('Endpoint'), 'EndpointName')).toBe('churn');
  });

  test('gives a type it has not heard of a plausible ARN, and nothing else', () => {
    expect(deployment.getAtt(of('Unheard'), 'Arn')).toMatch(/^arn:aws:glue:eu-central-1:111122223333:job\/Churn-Unheard-/);
    expect(() => deployment.getAtt(of('Unheard'), 'Color')).toThrow('cannot play Fn::GetAtt of Color of a AWS::Glue::Job, in Churn.template.json Unheard');
  });

  test('asks a custom resource only after it has run', () => {
    const baseline = of('Baseline');
    expect(() => deployment.getAtt(baseline, 'JobName')).toThrow('Fn::GetAtt of JobName of a custom resource that has not run yet, in Churn.template.json Baseline');

    deployment.attributes.set(baseline, { physicalId: 'job-1', attributes: { JobName: 'job-1' } });

    expect(deployment.getAtt(baseline, 'JobName')).toBe('job-1');
    expect(deployment.ref(baseline)).toBe('job-1');
    expect(() => deployment.getAtt(baseline, 'Other')).toThrow('the custom resource answered with JobName');
  });

  test('leaves out what a condition leaves out', () => {
    expect(deployment.resources('AWS::SQS::Queue').map(queue => queue.logicalId)).toEqual(['Queue']);
  });

  test('says where a resource is', () => {
    expect(where(of('Bucket'))).toBe('Churn.template.json Bucket (Churn/Bucket/Resource)');
  });
});

describe('several stacks', () => {
  const producer = {
    Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } },
    Outputs: { Out: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Arn' } } } },
  };
  const consumer = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::ImportValue': 'Producer:Arn' } } } } };

  test('a value travels from one stack to another', () => {
    const deployment = new Deployment(Assembly.load(writeAssembly({ Consumer: consumer, Producer: producer })));

    expect(deployment.properties(resource(deployment, 'Topic')).DisplayName).toBe('arn:aws:s3:::data');
  });

  test('a template changed on disk is seen at the next load', () => {
    const directory = writeAssembly({ Producer: producer });
    expect(Assembly.load(directory).resources()).toHaveLength(1);

    writeFileSync(join(directory, 'Producer.template.json'), JSON.stringify({ Resources: {} }));

    expect(Assembly.load(directory).resources()).toHaveLength(0);
  });

  test('a directory without manifest is refused with what to do', () => {
    expect(() => Assembly.load(join(writeAssembly({}), 'nowhere'))).toThrow(/is no cloud assembly: it holds no manifest.json; run "cdk synth"/);
  });
});
