import { Duration, Size } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Analysis, BaselineFailedAlarm, BaselineJob, CaptureIndexName, ComparisonMethod, Dataset, DatasetFormat, Monitor, MonitoringEngine,
} from '../../lib';
import { BaselineConfig, BaselineRequest } from '../../lib/contract';
import { BIAS, Fixture, joined, MODEL, QUALITY } from './fixture';

const TYPE = 'Custom::ModelMonitorBaseline';

function requestOf(template: Template): BaselineRequest & { readonly ServiceTimeout: string } {
  return Object.values(template.findResources(TYPE))[0]!.Properties as BaselineRequest & { readonly ServiceTimeout: string };
}

function configOf(template: Template): BaselineConfig {
  return JSON.parse(joined(requestOf(template).config)) as BaselineConfig;
}

test('the deployment waits up to an hour for a job that ends before', () => {
  const fixture = new Fixture();
  fixture.baseline();
  const request = requestOf(fixture.template());
  expect(request.ServiceTimeout).toBe('3600');
  expect(request.job.maxRuntimeInSeconds).toBe(3000);
});

test('the request says what is analysed, by what, and where the files go', () => {
  const fixture = new Fixture();
  fixture.baseline({
    excludedColumns: ['churn'], sensitiveColumns: ['email'], comparisonMethod: ComparisonMethod.COMPATIBLE, comparisonThreshold: 0.2, minimumRows: 50,
    captureIndexNames: [CaptureIndexName.ENDPOINT_OUTPUT], volumeSize: Size.gibibytes(50), instanceType: 'ml.m5.2xlarge',
  });
  const request = requestOf(fixture.template());
  expect(joined(request.datasetUri)).toMatch(/^s3:\/\/<Encryption\w+>\/training\/churn\.csv$/);
  expect(joined(request.outputUri)).toMatch(/^s3:\/\/<Encryption\w+>\/baselines$/);
  expect(configOf(fixture.template())).toEqual({
    type: 'data-quality',
    datasetFormat: { csv: { header: true } },
    analysis: {
      captureIndexNames: ['endpointOutput'], excludedColumns: ['churn'], sensitiveColumns: ['email'],
      comparisonMethod: 'Compatible', comparisonThreshold: 0.2, minimumRows: 50,
    },
  });
  expect(request.job).toMatchObject({ instanceType: 'ml.m5.2xlarge', volumeSizeInGB: 50, networkIsolation: true, instanceCount: 1 });
  expect(request.job.namePrefix).toMatch(/^[a-z0-9-]{1,28}-[0-9a-f]{8}$/);
});

test('a version of the object has a folder of its own, so that a new one makes a new baseline', () => {
  const fixture = new Fixture();
  const format = DatasetFormat.jsonLines();
  fixture.baseline({ dataset: Dataset.fromBucket(fixture.bucket, 'training/churn.jsonl', { format, versionId: 'v2' }) });
  const request = requestOf(fixture.template());
  expect(joined(request.outputUri)).toMatch(/\/baselines\/v2$/);
  expect(configOf(fixture.template()).datasetFormat).toEqual({ json: { lines: true } });
});

test('the job starts only when its role has its policy', () => {
  const fixture = new Fixture();
  fixture.baseline();
  fixture.template().hasResource(TYPE, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('BaselineJobRoleDefaultPolicy')]) });
});

test('who starts the job may pass its role to SageMaker only', () => {
  const fixture = new Fixture();
  fixture.baseline();
  fixture.template().hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^MakerOfBaselines\\w+OnEventRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: 'iam:PassRole',
        Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('BaselineJobRole'), 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      })]),
    },
  });
});

test('in a VPC the job lies in isolated subnets', () => {
  const fixture = new Fixture();
  const vpc = new ec2.Vpc(fixture.stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'jobs', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
  fixture.baseline({ vpc });
  const { job } = requestOf(fixture.template());
  expect(job.subnets).toEqual(vpc.isolatedSubnets.map(subnet => fixture.stack.resolve(subnet.subnetId) as unknown));
  expect(job.securityGroupIds).toHaveLength(1);
});

test('fails with every problem at once', () => {
  const build = (): unknown => new Fixture().baseline({
    maxRuntime: Duration.hours(2), comparisonThreshold: 2, minimumRows: 0, prefix: 'a/', instanceType: 'ml.m5.xlrge',
    excludedColumns: ['x'], sensitiveColumns: ['x'], securityGroups: [], captureIndexNames: [],
  });
  for (const problem of [
    'maxRuntime must be between 1 and 50 minutes, got 7200 seconds, as CloudFormation waits for an hour: set waitForCompletion to false for a job that takes longer',
    'comparisonThreshold must be between 0 and 1, got 2',
    'minimumRows must be a whole number above 0, got 0',
    'prefix must not be empty nor begin or end with a slash, got "a/"',
    'did you mean ml.m5.xlarge',
    'got both for x',
    'subnets and securityGroups belong to a VPC: give the vpc too',
    'captureIndexNames must name endpointInput, endpointOutput or both',
  ]) expect(build).toThrow(problem);
});

test.each([
  [DatasetFormat.csv({ header: false }), { csv: { header: false } }],
  [DatasetFormat.parquet(), { parquet: {} }],
])('a dataset may have another format than CSV with a header (%#)', (format, datasetFormat) => {
  const fixture = new Fixture();
  fixture.baseline({ dataset: Dataset.fromBucket(fixture.bucket, 'training/', { format }) });
  expect(configOf(fixture.template()).datasetFormat).toEqual(datasetFormat);
});

describe('of another analysis', () => {
  test('is made with the options of the monitor that compares with it', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ analysis: Analysis.modelQuality(QUALITY) });
    const { analysis, type } = configOf(fixture.template());
    expect(type).toBe('model-quality');
    expect(analysis).toEqual(Monitor.modelQuality({ baseline, ...QUALITY })._analysis.analysis);
    expect(baseline.statisticsUri).toBeDefined();
  });

  test('bias has one file, and its thresholds stay numbers', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ analysis: Analysis.modelBias(BIAS) });
    expect(configOf(fixture.template())).toMatchObject({ type: 'model-bias', analysis: { labelValuesOrThreshold: ['1'] } });
    expect(baseline.statisticsUri).toBeUndefined();
    expect(fixture.stack.resolve(baseline.constraintsUri)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Baseline/), 'ConstraintsUri'] });
    expect(requestOf(fixture.template()).job.networkIsolation).toBe(true);
  });

  test('explainability asks the model, so that its job is not isolated and may invoke the endpoint', () => {
    const fixture = new Fixture();
    fixture.baseline({ analysis: Analysis.modelExplainability({ endpoint: MODEL, excludedColumns: ['churn'] }) });
    expect(requestOf(fixture.template()).job.networkIsolation).toBe(false);
    expect(configOf(fixture.template())).toMatchObject({ analysis: { predictor: { endpointName: 'churn' } } });
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('BaselineJobRole') }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'sagemaker:InvokeEndpoint' })]) },
    });
  });

  test('fails with options of data quality beside it, and with whatever is wrong with it', () => {
    const build = () => new Fixture().baseline({ analysis: Analysis.modelQuality({ ...QUALITY, tolerance: 2 }), excludedColumns: ['churn'], minimumRows: 5 });
    expect(build).toThrow('excludedColumns and minimumRows beside analysis would be ignored: give them to Analysis.dataQuality, or leave analysis out');
    expect(build).toThrow('tolerance must be between 0 and 1, got 2');
  });
});

describe('without waiting', () => {
  test('a job may take days, and current.json tells when it is finished', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ waitForCompletion: false, maxRuntime: Duration.days(3) });
    const request = requestOf(fixture.template());
    expect(request).toMatchObject({ continues: true, job: { maxRuntimeInSeconds: 3 * 86_400 } });
    expect(request.watchUri).toBeUndefined();
    expect(fixture.stack.resolve(baseline.currentUri)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Baseline/), 'CurrentUri'] });
    expect([baseline.statisticsUri, baseline.constraintsUri]).toEqual([undefined, undefined]);
  });

  test('it may take a day by default, and no more than five', () => {
    const fixture = new Fixture();
    fixture.baseline({ waitForCompletion: false });
    expect(requestOf(fixture.template()).job.maxRuntimeInSeconds).toBe(86_400);
    expect(() => new Fixture().baseline({ waitForCompletion: false, maxRuntime: Duration.days(6) }))
      .toThrow('maxRuntime must be between 1 and 7200 minutes, got 518400 seconds');
  });

  test('the end of the job is heard: what hears it is there before the job', () => {
    const fixture = new Fixture();
    fixture.baseline({ waitForCompletion: false });
    const { job: { namePrefix } } = requestOf(fixture.template());
    fixture.template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.sagemaker'], 'detail-type': ['SageMaker Processing Job State Change'],
        'detail': { ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'], ProcessingJobName: [{ prefix: `${namePrefix}-` }] },
      },
      Targets: [Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WatchOfBaselines\\w+Queue'), 'Arn'] },
        DeadLetterConfig: Match.anyValue(),
        InputTransformer: { InputPathsMap: { 'detail-ProcessingJobName': '$.detail.ProcessingJobName' }, InputTemplate: '{"jobName":<detail-ProcessingJobName>}' },
      })],
    });
    fixture.template().hasResource(TYPE, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^BaselineChangesJobEnded')]) });
  });

  test('a failure is a metric; one that the deployment waits for has none', () => {
    const fixture = new Fixture();
    const metric = fixture.baseline({ waitForCompletion: false }).metricFailed();
    expect(metric).toMatchObject({ namespace: 'cdk-model-monitor/baselines', metricName: 'baseline_failed', statistic: 'Maximum' });
    expect(metric.dimensions).toEqual({ Baseline: requestOf(fixture.template()).job.namePrefix });
    expect(() => new Fixture().baseline().metricFailed()).toThrow(
      'a job that the deployment waits for fails the deployment, and has no metric: watch the dataset with Dataset.watch, or set waitForCompletion to false',
    );
  });

  test('a failure raises an alarm, which looks back as long as telling of it is tried', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ waitForCompletion: false });
    new BaselineFailedAlarm(fixture.stack, 'Failed', { baseline, actions: [new SnsAction(fixture.encryption.addAlarmTopic('Topic'))] });
    fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'cdk-model-monitor/baselines', MetricName: 'baseline_failed', Statistic: 'Maximum', Period: 3600, EvaluationPeriods: 3, DatapointsToAlarm: 1,
      Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'ignore',
      AlarmDescription: 'No baseline was made of the newest dataset of Test/Baseline',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
    });
  });

  test('an alarm on it that nobody hears of is warned about; one on a job that the deployment waits for is refused', () => {
    const fixture = new Fixture();
    new BaselineFailedAlarm(fixture.stack, 'Failed', { baseline: fixture.baseline({ waitForCompletion: false }) });
    Annotations.fromStack(fixture.stack).hasWarning('/Test/Failed', Match.stringLikeRegexp('nobody hears of this alarm'));
    const other = new Fixture();
    expect(() => new BaselineFailedAlarm(other.stack, 'Failed', { baseline: other.baseline() })).toThrow('a job that the deployment waits for fails the deployment');
  });

  test('executions may look up which baseline is the newest', () => {
    const fixture = new Fixture();
    const schedule = fixture.schedule({ monitors: [Monitor.dataQuality({ baseline: fixture.baseline({ waitForCompletion: false }) })] });
    const [{ Properties: { Target: { Input } } }] = Object.values(fixture.template().findResources('AWS::Scheduler::Schedule')) as [
      { Properties: { Target: { Input: unknown } } },
    ];
    expect(joined(Input)).toMatch(/"baseline":\{"currentUri":"<Baseline\w+\.CurrentUri>"\}/);
    expect(schedule.metricBaselinePending()).toMatchObject({ metricName: 'execution_baseline_pending' });
    expect(() => new Fixture().schedule().metricBaselinePending())
      .toThrow('every baseline is there before the schedule, so that none is ever pending: leave this metric out');
  });
});

describe('of a watched dataset', () => {
  const watched = (fixture: Fixture, key = 'training/'): BaselineJob => fixture.baseline({ dataset: Dataset.watch(fixture.bucket, key) });

  test.each([['training/', [{ prefix: 'training/' }]], ['training/churn.csv', ['training/churn.csv']]])('%s is listened to', (key, pattern) => {
    const fixture = new Fixture();
    watched(fixture, key);
    const { watchUri } = requestOf(fixture.template());
    fixture.template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.s3'], 'detail-type': ['Object Created'],
        'detail': { bucket: { name: [fixture.stack.resolve(fixture.bucket.bucketName)] }, object: { key: pattern } },
      },
      Targets: [Match.objectLike({ Input: Match.anyValue() })],
    });
    expect(joined(watchUri)).toMatch(/^s3:\/\/<Encryption\w+>\/baselines\/watched-[0-9a-f]{8}\.json$/);
  });

  test('its bucket tells EventBridge of new objects', () => {
    const fixture = new Fixture();
    watched(fixture);
    fixture.template().hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  test('a bucket whose notifications CDK makes is asked through CDK', () => {
    const fixture = new Fixture();
    const bucket = new s3.Bucket(fixture.stack, 'Notifying', { eventBridgeEnabled: true });
    fixture.baseline({ dataset: Dataset.watch(bucket, 'training/') });
    fixture.template().resourceCountIs('Custom::S3BucketNotifications', 1);
    expect(Object.values(fixture.template().findResources('AWS::S3::Bucket', { Properties: { NotificationConfiguration: Match.anyValue() } }))).toEqual([]);
  });

  test('notifications that come later would take it back, and are refused', () => {
    const fixture = new Fixture();
    watched(fixture);
    fixture.bucket.enableEventBridgeNotification();
    expect(() => fixture.app.synth()).toThrow(
      'was given notifications after its dataset was watched, which would take EventBridge\'s away: create the bucket with eventBridgeEnabled: true',
    );
  });

  test('of another\'s bucket a warning says what to turn on', () => {
    const fixture = new Fixture();
    fixture.baseline({ dataset: Dataset.watch(s3.Bucket.fromBucketName(fixture.stack, 'Imported', 'datasets'), 'training/') });
    Annotations.fromStack(fixture.stack).hasWarning('/Test/Baseline/Changes', Match.stringLikeRegexp('turn on "Send notifications to Amazon EventBridge"'));
  });

  test('baselines go elsewhere, and the place is one', () => {
    const build = (key: string, prefix?: string) => () => {
      const fixture = new Fixture();
      fixture.baseline({ dataset: Dataset.watch(fixture.bucket, key), prefix });
    };
    expect(build('data/', 'data/baselines')).toThrow(
      'baselines go to "data/baselines", inside of the watched folder "data/", and would be taken for datasets: give another prefix',
    );
    expect(build('')).toThrow('a watched dataset is an object, or a folder with its trailing slash, got ""');
    expect(build('data/', 'database')).not.toThrow();
  });
});

test('a monitor of another kind cannot compare with it', () => {
  const fixture = new Fixture();
  const baseline = fixture.baseline();
  expect(() => fixture.watching(['model-quality'], { monitors: [Monitor.modelQuality({ baseline, ...QUALITY })] })).toThrow(
    'the model-quality monitor was given a baseline of data-quality: give a BaselineJob with the same analysis, or a Baseline of that kind',
  );
});

test('the managed service is refused a baseline that changes: its job definitions name files', () => {
  const fixture = new Fixture();
  const baseline = fixture.baseline({ waitForCompletion: false });
  expect(() => fixture.schedule({ engine: MonitoringEngine.modelMonitor(), monitors: [Monitor.dataQuality({ baseline })] })).toThrow(
    'the baseline of the data-quality monitor changes without a deployment or is finished after it, and a job definition of the service names its files: '
    + 'give a BaselineJob that the deployment waits for, of a dataset that is not watched, or use MonitoringEngine.processingJobs()',
  );
});
