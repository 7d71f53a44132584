import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import {
  BiasMetric, Cadence, ComparisonMethod, ContainerImage, DataCapture, DataQualityCheck, DriftAlarm, DriftMetric, EndpointCapture, ExecutionRole,
  Facet, GroundTruth, ModelData, Monitor, MonitoredEndpoint, MonitorType, QualityMetric,
} from '../../lib';
import { METRIC_NAMESPACES, MONITOR_TYPES, StartRequest } from '../../lib/contract';
import { ANALYSIS_BASELINE, BASELINE, BIAS, Fixture, joined, QUALITY } from './fixture';

function requestOf(fixture: Fixture): StartRequest {
  const [schedule] = Object.values(fixture.template().findResources('AWS::Scheduler::Schedule'));
  return JSON.parse(joined(schedule!.Properties.Target.Input)) as StartRequest;
}

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
  const { scheduledTime, schedule } = requestOf(fixture);
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
  expect(requestOf(fixture).scheduledTime).toBe('<aws.scheduler.scheduled-time>');
});

test('a feature that an alarm watches is published whatever its rank, once', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule();
  new DriftAlarm(fixture.stack, 'Drift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Shift', { schedule, metric: DriftMetric.featureMeanShift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Age', { schedule, metric: DriftMetric.featureDrift('age'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'All', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.2 });
  expect(requestOf(fixture).schedule.monitors[0]!.alarmedFeatures).toEqual(['income', 'age']);
});

test('only the end of its own jobs is listened to', () => {
  const fixture = new Fixture();
  fixture.schedule();
  const { job } = requestOf(fixture).schedule;
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

/** What both handlers of a stack's schedules are called. */
const HANDLERS = ['StartOfExecutions', 'Results'];

test('metrics may be put into the namespace of data quality only', () => {
  const fixture = new Fixture();
  fixture.schedule();
  for (const handler of HANDLERS) {
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp(`^${handler}\\w+HandlerRole`) }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({
        Action: 'cloudwatch:PutMetricData', Condition: { StringEquals: { 'cloudwatch:namespace': 'aws/sagemaker/Endpoints/data-metrics' } },
      })]) },
    });
  }
});

test('a metric bears the endpoint and the monitor, over the cadence', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule({ cadence: Cadence.everyHours(6) });
  expect(schedule.metricFeatureDrift('income')).toMatchObject({
    namespace: 'aws/sagemaker/Endpoints/data-metrics',
    metricName: 'feature_baseline_drift_income',
    dimensions: { Endpoint: 'churn', MonitoringSchedule: 'churn-data-quality' },
    statistic: 'Maximum',
  });
  expect(schedule.metricMaximumDrift().period.toHours()).toBe(6);
  expect(schedule.metricViolations({ statistic: 'Sum' })).toMatchObject({ metricName: 'violations', statistic: 'Sum' });
  expect(schedule.metricCheckViolations(DataQualityCheck.COMPLETENESS).metricName).toBe('violations_completeness_check');
});

test('a generated name fits, and is the same at every synthesis', () => {
  const names = [1, 2].map(() => new Fixture().schedule({ scheduleName: undefined }).scheduleName);
  expect(names[0]).toMatch(/^[a-z0-9-]{1,36}$/);
  expect(names[0]).toBe(names[1]);
});

test('without a key nothing names one', () => {
  const fixture = new Fixture();
  fixture.schedule({ encryptionKey: undefined });
  const { job } = requestOf(fixture).schedule;
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
  expect(requestOf(fixture).schedule.capture).toEqual({ uri: expect.stringMatching(/^s3:\/\/<\w+>$/), endpointName: 'other', variantName: 'blue' });
});

interface Statement { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: unknown }
interface Policy { readonly Roles: readonly { readonly Ref: string }[]; readonly PolicyDocument: { readonly Statement: Statement[] } }

describe('all four monitors', () => {
  const fixture = new Fixture();
  const schedule = fixture.watching(MONITOR_TYPES);
  const { schedule: config } = requestOf(fixture);
  const template = fixture.template();
  const statements = (role: string): Statement[] => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties as Policy);
    const [policy] = policies.filter(({ Roles }) => new RegExp(`^${role}`).test(Roles[0]?.Ref ?? ''));
    return policy?.PolicyDocument.Statement ?? [];
  };
  const allows = (role: string, action: string): Statement[] => statements(role).filter(({ Action }) => [Action].flat().includes(action));
  const on = (found: readonly Statement[]): string => JSON.stringify(found.map(({ Resource }) => Resource));

  test('an isolated job reads for three of them, and another asks the model', () => {
    expect(config.monitors.map(({ name }) => name)).toEqual(MONITOR_TYPES.map(type => `churn-${type}`));
    expect(config.groundTruth?.uri).toMatch(/^s3:\/\/<\w+>\/labels$/);
    expect(config.job).toMatchObject({ networkIsolation: true });
    expect(config.explanationJob).toMatchObject({ networkIsolation: false, maxRuntimeInSeconds: 3300 });
    expect(config.explanationJob?.roleArn).not.toBe(config.job.roleArn);
  });

  test('the names of the two jobs begin differently, and the end of both is listened to', () => {
    const prefixes = [config.job.namePrefix, config.explanationJob!.namePrefix];
    expect(prefixes[0]).not.toBe(prefixes[1]);
    for (const prefix of prefixes) expect(prefix).toMatch(/^churn-[0-9a-f]{8}$/);
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { ProcessingJobName: prefixes.map(prefix => ({ prefix: `${prefix}-` })) } } });
  });

  test('the role of the explaining job alone may invoke the endpoint, and reads no labels', () => {
    expect(allows('ScheduleExplanationJobRole', 'sagemaker:InvokeEndpoint')).toHaveLength(1);
    expect(allows('ScheduleJobRole', 'sagemaker:InvokeEndpoint')).toEqual([]);
    expect(on(allows('ScheduleJobRole', 's3:GetObject'))).toContain('/labels/*');
    expect(on(allows('ScheduleExplanationJobRole', 's3:GetObject'))).not.toContain('/labels/*');
    expect(on(allows('ScheduleExplanationJobRole', 's3:PutObject'))).toContain('/churn-model-explainability/*');
    expect(on(allows('ScheduleJobRole', 's3:PutObject'))).not.toContain('/churn-model-explainability/*');
  });

  test('who starts them may pass both roles, and list the labels', () => {
    expect(on(allows(String.raw`StartOfExecutions\w+HandlerRole`, 'iam:PassRole'))).toMatch(/ScheduleJobRole.*ScheduleExplanationJobRole/);
    expect(JSON.stringify(allows(String.raw`StartOfExecutions\w+HandlerRole`, 's3:ListBucket').map(({ Condition }) => Condition))).toContain('labels/*');
    expect(on(allows(String.raw`StartOfExecutions\w+HandlerRole`, 's3:GetObject'))).not.toContain('labels');
  });

  test('metrics may be put into the namespaces of these monitors only', () => {
    for (const handler of HANDLERS) {
      const [statement] = allows(`${handler}\\w+HandlerRole`, 'cloudwatch:PutMetricData');
      expect(statement).toMatchObject({ Condition: { StringEquals: { 'cloudwatch:namespace': Object.values(METRIC_NAMESPACES) } } });
    }
  });

  test('each measure is in the namespace of its monitor, under its name', () => {
    const dimensions = (type: string) => ({ Endpoint: 'churn', MonitoringSchedule: `churn-${type}` });
    expect(schedule.metricModelQuality(QualityMetric.ACCURACY)).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/model-metrics', metricName: 'accuracy', dimensions: dimensions('model-quality'),
    });
    expect(schedule.metricBias(BiasMetric.DI, Facet.values('sex', ['f']))).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/bias-metrics',
      metricName: 'bias_metric_DI',
      dimensions: { ...dimensions('model-bias'), BiasStage: 'Post-Training', Label: 'approved', LabelValue: '1', Facet: 'sex', FacetValue: 'f' },
    });
    const facets = [Facet.values('sex', ['f', 'ü'])];
    const others = new Fixture().watching(['model-bias'], { monitors: [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, facets })] });
    expect(others.metricBias('DPL', facets[0]!)).toMatchObject({ dimensions: { BiasStage: 'Pre-training', FacetValue: 'f,%C3%BC' } });
    expect(schedule.metricAttributionDrift()).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/explainability-metrics', metricName: 'feature_attribution_ndcg', statistic: 'Minimum', dimensions: dimensions('model-explainability'),
    });
    expect([schedule.metricRecordsCaptured(), schedule.metricRecordsAnalysed(), schedule.metricRecordsRejected(), schedule.metricDuration()])
      .toMatchObject(['records_captured', 'records_analysed', 'records_rejected', 'execution_duration'].map(metricName => ({ metricName, dimensions: dimensions('data-quality') })));
    expect([schedule.metricRecordsLabelled(), schedule.metricLabelledShare()])
      .toMatchObject([{ metricName: 'records_labelled' }, { metricName: 'labelled_share', statistic: 'Minimum' }].map(metric => ({ ...metric, dimensions: dimensions('model-quality') })));
    expect(schedule.metricOf(MonitorType.MODEL_BIAS, 'violations')).toMatchObject({ dimensions: dimensions('model-bias') });
  });
});

test('explainability alone needs no isolated job', () => {
  const fixture = new Fixture();
  const schedule = fixture.watching(['model-explainability']);
  const { job, explanationJob } = requestOf(fixture).schedule;
  expect(explanationJob).toEqual(job);
  expect(job.networkIsolation).toBe(false);
  expect(joined(fixture.stack.resolve(schedule.latestUri))).toContain('/churn/churn-model-explainability/latest.json');
});

test('a role of one\'s own is for the isolated job, never for the one that asks the model', () => {
  const fixture = new Fixture();
  const role = new ExecutionRole(fixture.stack, 'Role');
  const schedule = fixture.watching(MONITOR_TYPES, { role });
  expect(schedule.role).toBe(role);
  const { job, explanationJob } = requestOf(fixture).schedule;
  expect(job.roleArn).toMatch(/^<Role\w+\.Arn>$/);
  expect(explanationJob?.roleArn).toMatch(/^<ScheduleExplanationJobRole\w+\.Arn>$/);
});

describe('labels that come late', () => {
  const labelled = (fixture: Fixture, delay: Duration, props: Parameters<Fixture['schedule']>[0] = {}) => fixture.schedule({
    monitors: [Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, labelDelay: delay })],
    groundTruth: GroundTruth.fromBucket(fixture.bucket, 'labels'),
    ...props,
  });
  const keeping = (days: number, prefix?: string): Fixture => {
    const fixture = new Fixture();
    fixture.bucket.addLifecycleRule({ expiration: Duration.days(days), prefix });
    return fixture;
  };
  const ENOUGH = 'keep them longer, or shorten labelDelay';

  test('captures and labels that are kept long enough are fine', () => {
    expect(() => labelled(keeping(31), Duration.days(30))).not.toThrow();
    expect(() => labelled(keeping(1, 'elsewhere/'), Duration.days(30))).not.toThrow();
    expect(() => labelled(new Fixture(), Duration.days(365))).not.toThrow();
  });

  test.each([
    ['as long as the delay, but not the window', 30, undefined, Cadence.hourly(), 'captures are kept for 30 days, but the model-quality monitor reads them up to 30 days 1 hour later (labelDelay 30 days and a cadence of 1 hour)'],
    ['only the captures go', 7, 'capture/', Cadence.daily(), 'captures are kept for 7 days, but the model-quality monitor reads them up to 31 days later'],
    ['only the labels go', 7, 'labels/', Cadence.hourly(), 'labels are kept for 7 days, but the model-quality monitor reads them up to 30 days 1 hour later'],
    ['a part of the captures goes', 7, 'capture/churn/', Cadence.hourly(), 'captures are kept for 7 days'],
  ])('fails when %s', (_, days, prefix, cadence, message) => {
    const build = () => labelled(keeping(days, prefix), Duration.days(30), { cadence });
    expect(build).toThrow(message);
    expect(build).toThrow(ENOUGH);
  });

  test('fails also for what a MonitoredEndpoint captures', () => {
    const fixture = keeping(7);
    const endpoint = new MonitoredEndpoint(fixture.stack, 'Endpoint', {
      image: ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1'),
      modelData: ModelData.fromBucket(fixture.bucket, 'model.tar.gz'),
      dataCapture: DataCapture.toBucket(fixture.bucket),
    });
    expect(() => labelled(fixture, Duration.days(30), { endpoint, groundTruth: GroundTruth.fromBucket(new Fixture().bucket) })).toThrow('captures are kept for 7 days');
  });

  test('fails without labels, and with labels that nobody reads', () => {
    expect(() => labelled(new Fixture(), Duration.hours(0), { groundTruth: undefined }))
      .toThrow('model-quality compares predictions with labels: give groundTruth, such as GroundTruth.fromBucket(bucket, \'labels\')');
    expect(() => labelled(new Fixture(), Duration.hours(0), { groundTruth: { groundTruthUri: 's3://b/labels/' } }))
      .toThrow('groundTruthUri begins with s3:// and has no slash at its end, got "s3://b/labels/"');
    const fixture = new Fixture();
    expect(() => fixture.schedule({ groundTruth: GroundTruth.fromBucket(fixture.bucket) }))
      .toThrow('groundTruth is read by no monitor: add Monitor.modelQuality(…) or Monitor.modelBias(…), or leave it out');
  });
});
