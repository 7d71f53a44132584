import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Cadence, ComparisonMethod, DriftAlarm, DriftMetric, EndpointCapture, Monitor } from '../../lib';
import { Fixture } from './fixture';

test('the Scheduler sends the whole schedule to the queue ten minutes past the hour', () => {
  const fixture = new Fixture();
  fixture.schedule();
  fixture.template().hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(10 * * * ? *)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^StartOfExecutions\\w+Queue'), 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^StartOfExecutions\\w+DeadLetters'), 'Arn'] } },
    },
  });
  const { scheduledTime, schedule } = fixture.request();
  expect(scheduledTime).toBe('<aws.scheduler.scheduled-time>');
  expect(schedule).toMatchObject({
    name: 'churn',
    cadenceHours: 1,
    capture: { uri: expect.stringMatching(/^s3:\/\/<\w+>\/capture$/), endpointName: 'churn', variantName: 'AllTraffic' },
    output: { uri: expect.stringMatching(/^s3:\/\/<\w+>\/monitoring$/), kmsKeyId: expect.stringMatching(/^<EncryptionKey\w+\.Arn>$/) },
    job: { namePrefix: expect.stringMatching(/^churn-[0-9a-f]{8}$/), instanceType: 'ml.m5.xlarge', volumeSizeInGB: 20, maxRuntimeInSeconds: 3300, networkIsolation: true },
    monitors: [{ type: 'data-quality', name: 'churn-data-quality', publishedFeatures: 50, alarmedFeatures: [] }],
  });
  expect(schedule.monitors[0]!.analysis).toEqual({
    captureIndexNames: ['endpointInput'], excludedColumns: [], sensitiveColumns: [], comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 200,
  });
});

test('with jitter the Scheduler chooses the moment, and the window stays that of the time that was meant', () => {
  const fixture = new Fixture();
  fixture.schedule({ cadence: Cadence.daily({ hour: 6, jitter: Duration.hours(2) }) });
  fixture.template().hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(10 6 * * ? *)',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 120 },
  });
  expect(fixture.request().scheduledTime).toBe('<aws.scheduler.scheduled-time>');
});

test('a feature that an alarm watches is published whatever its rank, once', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule();
  new DriftAlarm(fixture.stack, 'Drift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Shift', { schedule, metric: DriftMetric.featureMeanShift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Age', { schedule, metric: DriftMetric.featureDrift('age'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'All', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.2 });
  expect(fixture.request().schedule.monitors[0]!.alarmedFeatures).toEqual(['income', 'age']);
});

test('only the end of its own jobs is listened to', () => {
  const fixture = new Fixture();
  fixture.schedule();
  const { job } = fixture.request().schedule;
  fixture.template().hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Processing Job State Change'],
      'detail': { ProcessingJobName: [{ prefix: `${job.namePrefix}-` }], ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'] },
    },
    Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
  });
});

test('a start that meets a quota waits in the queue for two hours before it is a dead letter', () => {
  const fixture = new Fixture();
  fixture.schedule();
  const template = fixture.template();
  template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 360, RedrivePolicy: { maxReceiveCount: 20 } });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 1 });
  for (const { Properties } of Object.values(template.findResources('AWS::SQS::Queue'))) expect(Properties).toHaveProperty('KmsMasterKeyId');
});

test('whoever sends dead letters may use the key of their queue', () => {
  const fixture = new Fixture();
  fixture.schedule();
  const template = fixture.template();
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'events.amazonaws.com' }, Action: Match.arrayWith(['kms:Decrypt']) })]) },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^Results\\w+HandlerRole') }],
    PolicyDocument: { Statement: Match.arrayWith([
      Match.objectLike({ Action: 'sqs:SendMessage' }),
      Match.objectLike({ Action: 'kms:GenerateDataKey' }),
      Match.objectLike({ Action: 'kms:Decrypt' }),
    ]) },
  });
});

test('a generated name fits, and is the same at every synthesis', () => {
  const names = [1, 2].map(() => new Fixture().schedule({ scheduleName: undefined }).scheduleName);
  expect(names[0]).toMatch(/^[a-z0-9-]{1,36}$/);
  expect(names[0]).toBe(names[1]);
});

test('without a key nothing names one', () => {
  const fixture = new Fixture();
  fixture.schedule({ encryptionKey: undefined });
  const { job } = fixture.request().schedule;
  expect(job).not.toHaveProperty('volumeKmsKeyId');
  fixture.template().allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
});

describe('fails', () => {
  const baseline = { statisticsUri: 's3://b/s', constraintsUri: 's3://b/c', grantRead: () => undefined };
  const monitor = Monitor.dataQuality({ baseline });
  test.each([
    ['a job longer than the cadence', { maxRuntime: Duration.hours(2) }, 'maxRuntime must be between 1 and 60 minutes, got 7200 seconds'],
    ['no monitor', { monitors: [] }, 'monitors is empty'],
    ['two monitors of a kind', { monitors: [monitor, monitor] }, 'monitors holds two of one kind'],
    ['a name with a dot', { scheduleName: 'a.b' }, 'scheduleName takes 1 to 36 letters, digits and hyphens, got "a.b"'],
    ['a name that would be cut', { scheduleName: 'a'.repeat(37) }, `scheduleName takes 1 to 36 letters, digits and hyphens, got "${'a'.repeat(37)}"`],
    ['a bad analysis', { monitors: [Monitor.dataQuality({ baseline, comparisonThreshold: -1, comparisonMethod: ComparisonMethod.SIMPLE, publishedFeatures: -1 })] },
      /comparisonThreshold must be between 0 and 1, got -1[^]*publishedFeatures must be a whole number from 0, got -1/],
    ['a capture with a slash at its end', { endpoint: { endpointName: 'e', variantName: 'v', captureUri: 's3://b/c/' } }, 'has no slash at its end, got "s3://b/c/"'],
  ])('with %s', (_, props, message) => {
    expect(() => new Fixture().schedule(props)).toThrow(message);
  });
});

test('an endpoint made elsewhere may capture into the bucket itself', () => {
  const fixture = new Fixture();
  fixture.schedule({ endpoint: EndpointCapture.fromAttributes({ endpointName: 'other', bucket: fixture.bucket, variantName: 'blue' }) });
  expect(fixture.request().schedule.capture).toEqual({ uri: expect.stringMatching(/^s3:\/\/<\w+>$/), endpointName: 'other', variantName: 'blue' });
});
