import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ModelMonitoringConfig, ModelMonitoringStack } from '../lib';
import { joined } from './monitoring/fixture';
import { nagFindings } from './nag';

const folder = mkdtempSync(path.join(tmpdir(), 'model-monitoring-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const target = path.join(folder, name);
  writeFileSync(target, content);
  return target;
}
file('Dockerfile', 'FROM scratch');

const CONFIG: ModelMonitoringConfig = {
  model: { container: folder, modelData: file('model.tar.gz', 'weights') },
  dataset: {
    trainingData: file('training.csv', 'churn,age,"income"\n1,30,67500.5\n'),
    label: 'churn',
    features: ['age', 'income'],
    sensitiveFeatures: ['age'],
  },
  monitoring: { analyzerImageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1' },
  alarms: { email: 'ml@example.com', featureDrift: { income: 0.2 }, featureMeanShift: { income: 0.2 }, violations: ['completeness_check'] },
};

function stackOf(config: ModelMonitoringConfig = CONFIG): ModelMonitoringStack {
  return new ModelMonitoringStack(new App(), 'Churn', { config });
}

describe('from one configuration', () => {
  const stack = stackOf();
  const template = Template.fromStack(stack);

  test('the whole loop stands in the template', () => {
    const types = [
      'AWS::SageMaker::Endpoint', 'Custom::ModelMonitorBaseline', 'AWS::SageMaker::Pipeline', 'AWS::SageMaker::ModelPackageGroup', 'AWS::EC2::VPC',
      'AWS::KMS::Key', 'AWS::SNS::Topic', 'AWS::CloudWatch::CompositeAlarm',
    ];
    for (const type of types) template.resourceCountIs(type, 1);
    template.resourceCountIs('AWS::Scheduler::Schedule', 2);
    // One waits for baselines, one for CloudWatch.
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 2);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('every alarm tells the topic, and the drift alarms train the model again', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/Alarms/) }]);
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'feature_baseline_drift_income', Statistic: 'Average', Threshold: 0.2 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'baseline_drift_max', Threshold: 0.1 });
    const [rule] = Object.values(template.findResources('AWS::Events::Rule', { Properties: { EventPattern: { source: ['aws.cloudwatch'] } } }));
    expect(rule!.Properties.EventPattern.resources).toHaveLength(4);
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'ml@example.com', Protocol: 'email' });
  });

  test('CloudWatch may publish to the topic and use its key', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } })]) },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })]) },
    });
  });

  test('the label is not analysed and the sensitive features are hashed, in the baseline and in the monitor', () => {
    const analysis = { excludedColumns: ['churn'], sensitiveColumns: ['age'] };
    template.hasResourceProperties('Custom::ModelMonitorBaseline', { config: Match.serializedJson(Match.objectLike({ analysis: Match.objectLike(analysis) })) });
    const [start] = Object.values(template.findResources('AWS::Scheduler::Schedule', { Properties: { ScheduleExpression: 'cron(10 * * * ? *)' } }));
    const { schedule } = JSON.parse(joined(start!.Properties.Target.Input));
    expect(schedule.monitors[0]).toMatchObject({ analysis, alarmedFeatures: ['income'] });
    expect(schedule.job.subnets).toHaveLength(2);
  });

  test('what cannot be made again is kept when the stack goes', () => {
    for (const type of ['AWS::KMS::Key', 'AWS::S3::Bucket']) template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(Object.keys(template.findResources('AWS::KMS::Key'))).toEqual(['EncryptionKey3A692D6E']);
    expect(Object.keys(template.findResources('AWS::S3::Bucket'))).toContain('EncryptionData84A6F7AB');
  });

  test('only what AWS demands a name of has one', () => {
    const resources = Object.values(template.toJSON().Resources as Record<string, { Type: string; Properties?: Record<string, unknown> }>);
    const named = resources.filter(({ Type, Properties = {} }) => ['Name', 'GroupName', `${Type.split('::').at(-1)}Name`].some(name => name in Properties));
    const types = named.map(({ Type }) => Type).filter(type => type !== 'AWS::IAM::Policy');
    expect(types).toEqual(['AWS::KMS::Alias', 'AWS::SageMaker::ModelPackageGroup', 'AWS::SageMaker::Pipeline']);
  });

  test('cdk-nag finds nothing that was not acknowledged', () => {
    expect(nagFindings(stack)).toEqual([]);
  });

  test('synthesizing again gives the same template', () => {
    expect(JSON.stringify(Template.fromStack(stackOf()).toJSON())).toBe(JSON.stringify(template.toJSON()));
  });
});

test('with images by URI, nothing is built with Docker: endpoint and pipeline run the model\'s image', () => {
  const imageUri = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1';
  const app = new App();
  const template = Template.fromStack(new ModelMonitoringStack(app, 'Churn', { config: { ...CONFIG, model: { ...CONFIG.model, imageUri } } }));

  template.hasResourceProperties('AWS::SageMaker::Model', { PrimaryContainer: { Image: imageUri } });
  expect(JSON.stringify(template.findResources('AWS::SageMaker::Pipeline'))).toContain(imageUri);
  expect(app.synth().getStackByName('Churn').assets.filter(({ packaging }) => packaging === 'container-image')).toEqual([]);
});

test('fails with everything that is wrong with the configuration, at once', () => {
  const { dataset } = CONFIG;
  const build = (): unknown => stackOf({
    ...CONFIG,
    model: { container: 'nowhere', modelData: 'none.tar.gz', instanceType: 'ml.m5.huge' },
    dataset: { ...dataset, sensitiveFeatures: ['email'] },
    capture: { samplingPercentage: 120 },
    monitoring: { cadenceHours: 1.5, instanceType: 'm5.large' },
    alarms: { email: 'nobody', featureDrift: { incme: 0.2, income: 20 }, featureMeanShift: { age: 0 }, maximumDrift: -1, violations: ['null_check'] },
    retraining: { cooldownHours: -1, maximumPer30Days: 0, instanceType: 'ml.none' },
  });
  for (const problem of [
    'model.container is no folder: "nowhere"',
    'model.modelData is no file: "none.tar.gz"',
    'unknown instance type "ml.m5.huge" for an endpoint: did you mean ml.m5.large',
    'unknown instance type "m5.large" for a Processing job: did you mean ml.m5.large',
    'unknown instance type "ml.none" for a training job: did you mean ml.',
    'dataset.sensitiveFeatures names "email", which is no feature: the features are age, income',
    'capture.samplingPercentage must be between 0 and 100, got 120',
    'monitoring.cadenceHours must be whole hours that divide the day (1, 2, 3, 4, 6, 8, 12, 24), got 1.5',
    'alarms.email must be an address, got "nobody"',
    'alarms.featureDrift names "incme", which is no feature: the features are age, income',
    'alarms.featureDrift.income must be from 0 to below 1, got 20',
    'alarms.featureMeanShift.age must be above 0 (0.2 is 20 %), got 0',
    'alarms.maximumDrift must be from 0 to below 1, got -1',
    'alarms.violations knows no check "null_check": the checks are data_type_check, completeness_check',
    'retraining.cooldownHours must be between 0 and 720, got -1',
    'retraining.maximumPer30Days must be a whole number above 0, got 0',
  ]) expect(build).toThrow(problem);
});

test.each([
  ['no feature', { features: [] }, 'dataset.features is empty'],
  ['the label among the features', { features: ['churn', 'age', 'income'] }, 'dataset.features holds the label "churn"'],
  ['features in another order', { features: ['income', 'age'], sensitiveFeatures: [] }, /in their order, as traffic is read by position: got income, age; the file has age, income/],
  ['a label that the file does not know', { label: 'left' }, 'dataset.label "left" is no column of'],
  ['a file that is not there', { trainingData: '/nowhere.csv' }, 'dataset.trainingData is no file: "/nowhere.csv"'],
])('fails with %s', (_, dataset, message) => {
  expect(() => stackOf({ ...CONFIG, dataset: { ...CONFIG.dataset, ...dataset } })).toThrow(message);
});
