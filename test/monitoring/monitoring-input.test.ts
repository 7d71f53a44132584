import { Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BatchTransformOptions, BucketFolder, CaptureStoppedAlarm, DriftAlarm, DriftMetric, EndpointCapture, ExecutionOverdueAlarm, MonitoringDashboard,
  MonitoringEngine, MonitoringInput, MonitoringSchedule, MonitoringScheduleProps, NoDataAlarm, TransformFormat,
} from '../../lib';
import { MonitorType } from '../../lib/contract';
import { Fixture, joined } from './fixture';
import { ModelMonitorFixture } from './model-monitor/fixture';

const KEY_ARN = 'arn:aws:kms:eu-west-1:444455556666:key/k';

function theirBucket(stack: Stack): s3.IBucket {
  return s3.Bucket.fromBucketAttributes(stack, 'Theirs', {
    bucketArn: 'arn:aws:s3:::theirs', account: '444455556666', encryptionKey: kms.Key.fromKeyArn(stack, 'TheirKey', KEY_ARN),
  });
}

function watching(fixture: Fixture, input: MonitoringInput, props: Partial<MonitoringScheduleProps> = {}): MonitoringSchedule {
  return fixture.schedule({ endpoint: undefined, input, ...props });
}

describe('records that no endpoint captured', () => {
  test('in a bucket of another account are asked of that account, read with its key, and reported under the schedule\'s name', () => {
    const fixture = new Fixture();
    watching(fixture, MonitoringInput.captures({ bucket: theirBucket(fixture.stack), prefix: 'records' }));
    expect(fixture.request().schedule.capture).toEqual({ uri: 's3://theirs/records', bucketOwner: '444455556666' });
    const statements = Object.values(fixture.template().findResources('AWS::IAM::Policy'))
      .map(({ Properties }) => Properties.PolicyDocument.Statement as { Action: unknown; Resource: unknown }[]);
    const readers = statements.filter(policy => policy.some(({ Resource }) => JSON.stringify(Resource).includes(':s3:::theirs/records/*')));
    expect(readers).toHaveLength(2);
    for (const policy of readers) expect(policy).toContainEqual({ Action: 'kms:Decrypt', Effect: 'Allow', Resource: expect.anything() });
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({
        Action: 's3:PutObject', Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/monitoring/churn-data-quality/\\*$')])] },
      })]) },
    });
  });

  test('in a bucket of this account are asked of nobody', () => {
    const fixture = new Fixture();
    watching(fixture, MonitoringInput.captures({ bucket: fixture.bucket }));
    expect(fixture.request().schedule.capture).toEqual({ uri: expect.stringMatching(/^s3:\/\/<\w+>$/) });
  });

  test('have metrics, alarms and a dashboard without an endpoint', () => {
    const fixture = new Fixture();
    const schedule = watching(fixture, MonitoringInput.captures({ bucket: fixture.bucket, prefix: 'records' }));
    new DriftAlarm(fixture.stack, 'Drift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
    new NoDataAlarm(fixture.stack, 'NoData', { schedule });
    new ExecutionOverdueAlarm(fixture.stack, 'Overdue', { schedule });
    new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule] });
    expect(schedule.endpointName).toBeUndefined();
    const watched = { Namespace: 'aws/sagemaker/ModelMonitoring/data-metrics', Dimensions: [{ Name: 'MonitoringSchedule', Value: 'churn-data-quality' }] };
    fixture.template().resourcePropertiesCountIs('AWS::CloudWatch::Alarm', watched, 2);
    fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', { Metrics: Match.arrayWith([Match.objectLike({
      MetricStat: Match.objectLike({ Metric: { ...watched, MetricName: 'execution_failed' } }),
    })]) });
    expect(Object.values(fixture.template().findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmDescription as string)).toEqual([
      'Data drift detected on income: distance from the baseline above 0.2 in schedule churn',
      'No traffic captured in schedule churn',
      'No monitoring execution ended for 3 × 1 h in schedule churn',
    ]);
    const [dashboard] = Object.values(fixture.template().findResources('AWS::CloudWatch::Dashboard'));
    const body = joined(dashboard!.Properties.DashboardBody);
    expect(body).toContain('## Schedule churn');
    expect(body).toContain('ModelMonitoring/data-metrics');
    expect(body).not.toMatch(/Invocations|undefined|Endpoint=/);
  });
});

describe('batch transform jobs', () => {
  const folder = (bucket: s3.IBucket, prefix: string): BucketFolder => ({ bucket, prefix });
  const jobs = (bucket: s3.IBucket, options: Partial<BatchTransformOptions> = {}): MonitoringInput => MonitoringInput.batchTransform({
    captures: folder(bucket, 'captures'), transformInput: folder(bucket, 'in'), transformOutput: folder(bucket, 'out'), ...options,
  });

  test('are found by their manifests, which handlers read, and by what those name, which jobs read', () => {
    const fixture = new Fixture();
    fixture.watching(['data-quality', 'model-quality', 'model-bias'], { endpoint: undefined, input: jobs(fixture.bucket) });
    expect(fixture.request().schedule.capture).toEqual({
      uri: expect.stringMatching(/\/captures$/),
      transform: { inputUri: expect.stringMatching(/\/in$/), outputUri: expect.stringMatching(/\/out$/), encoding: 'CSV', joinsInput: false, longestHours: 1 },
    });
    const readersOf = (pattern: string): string[] => Object.entries(fixture.template().findResources('AWS::IAM::Policy'))
      .filter(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument).includes(`"/${pattern}/*"`)).map(([id]) => id.slice(0, 8));
    expect(readersOf('captures')).toEqual(['StartOfE']);
    for (const side of ['in', 'out']) expect(readersOf(side)).toEqual(['Schedule']);
  });

  test('are the input of the service\'s own job definitions, too', () => {
    const fixture = new ModelMonitorFixture();
    const input = jobs(fixture.bucket, { format: TransformFormat.JSON_LINES, longestTransform: Duration.hours(2) });
    fixture.managed(['data-quality', 'model-quality'], { endpoint: undefined, input });
    const common = { LocalPath: '/opt/ml/processing/input_data', S3InputMode: 'File', S3DataDistributionType: 'FullyReplicated', DatasetFormat: { Json: { Line: true } } };
    const uri = { 'Fn::Join': ['', ['s3://', Match.anyValue(), '/captures']] };
    fixture.template().hasResourceProperties('AWS::SageMaker::DataQualityJobDefinition', {
      DataQualityJobInput: { BatchTransformInput: { ...common, DataCapturedDestinationS3Uri: uri }, EndpointInput: Match.absent() },
    });
    fixture.template().hasResourceProperties('AWS::SageMaker::ModelQualityJobDefinition', {
      ModelQualityJobInput: { BatchTransformInput: { ...common, DataCapturedDestinationS3Uri: uri, StartTimeOffset: '-PT3H', EndTimeOffset: '-PT2H' } },
    });
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({
        Action: 'cloudwatch:PutMetricData', Condition: { StringEquals: { 'cloudwatch:namespace': 'aws/sagemaker/ModelMonitoring/data-metrics' } },
      })]) },
    });
  });

  test.each<[string, MonitorType, Partial<BatchTransformOptions>, string]>([
    ['what was read is not told', 'data-quality', { transformInput: undefined }, 'the data-quality monitor looks at what the jobs read: give transformInput'],
    ['what was written is not told', 'model-quality', { transformOutput: undefined }, 'the model-quality monitor looks at what the jobs write: give transformOutput'],
    ['bias is looked for in one side', 'model-bias', { transformInput: undefined }, 'the model-bias monitor looks at what the jobs read: give transformInput'],
    ['a model would be asked', 'model-explainability', {}, 'the model-explainability monitor asks an endpoint, and a batch transform has none: watch an endpoint with it, or leave it out'],
    ['jobs take parts of an hour', 'data-quality', { longestTransform: Duration.minutes(90) },
      'longestTransform must be whole hours from 0 to 28 days, which SageMaker lets no job exceed, got 1 hour 30 minutes'],
    ['jobs take longer than any', 'data-quality', { longestTransform: Duration.days(29) }, 'longestTransform must be whole hours from 0 to 28 days, which SageMaker lets no job exceed, got 29 days'],
    ['JSON lines are joined', 'data-quality', { format: TransformFormat.JSON_LINES, joinsInput: true },
      'joinsInput is told of CSV alone: in JSON lines what is joined has a name, so leave it out'],
    ['CSV is joined with nobody knows what', 'model-quality', { transformInput: undefined, joinsInput: true },
      'joinsInput needs transformInput: what a line begins with is taken from there'],
  ])('are refused where %s', (_, type, options, message) => {
    const fixture = new Fixture();
    expect(() => fixture.watching([type], { endpoint: undefined, input: jobs(fixture.bucket, options) })).toThrow(message);
  });

  test.each([
    ['for fewer days than a job may take', 2, Duration.days(3),
      'captures are kept for 2 days, but the data-quality monitor reads them up to 3 days 1 hour later (longestTransform 3 days and a cadence of 1 hour): '
      + 'keep them longer, or shorten longestTransform'],
    ['as long as the longest job, but not its window', 1, Duration.days(1), 'captures are kept for 1 day, but the data-quality monitor reads them up to 1 day 1 hour later'],
  ])('what transform jobs have captured, read or written must not be kept %s', (_, days, longestTransform, message) => {
    const fixture = new Fixture();
    fixture.bucket.addLifecycleRule({ expiration: Duration.days(days), prefix: 'in/' });
    const build = (options: Partial<BatchTransformOptions>) => fixture.watching(['data-quality'], { endpoint: undefined, input: jobs(fixture.bucket, options) });
    expect(() => build({ longestTransform })).toThrow(message);
    expect(() => new Fixture().watching(['data-quality'], { endpoint: undefined, input: jobs(new Fixture().bucket, { longestTransform }) })).not.toThrow();
  });
});

test('the captures of an endpoint in another account are asked of that account', () => {
  const fixture = new Fixture();
  fixture.schedule({ endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket: theirBucket(fixture.stack), prefix: 'capture' }) });
  expect(fixture.request().schedule.capture).toEqual({ uri: 's3://theirs/capture', endpointName: 'churn', variantName: 'AllTraffic', bucketOwner: '444455556666' });
});

describe('fails', () => {
  const endpoint = (fixture: Fixture) => EndpointCapture.fromAttributes({ endpointName: 'churn', bucket: fixture.bucket });
  const captures = (fixture: Fixture, prefix?: string) => MonitoringInput.captures({ bucket: fixture.bucket, prefix });

  test.each<[string, (fixture: Fixture) => Partial<MonitoringScheduleProps>, string]>([
    ['with nothing to watch', () => ({ endpoint: undefined }),
      'there is nothing to watch: give an endpoint, or an input such as MonitoringInput.captures({ bucket, prefix })'],
    ['with two things to watch', fixture => ({ endpoint: endpoint(fixture), input: captures(fixture) }),
      'endpoint and input are two things to watch: give one, and make a schedule for each'],
    ['with slashes around the folder', fixture => ({ endpoint: undefined, input: captures(fixture, '/records/') }),
      'prefix must not be empty nor begin or end with a slash, got "/records/"'],
    ['where the service would have to read what no endpoint captured', fixture => ({
      endpoint: undefined, input: captures(fixture), engine: MonitoringEngine.modelMonitor(),
    }), 'AWS\' containers read what endpoints and batch transform jobs have captured: give one of them, or use MonitoringEngine.processingJobs()'],
  ])('%s', (_, props, message) => {
    const fixture = new Fixture();
    expect(() => fixture.schedule(props(fixture))).toThrow(message);
  });

  test('with an alarm on what nobody counts of it', () => {
    const fixture = new Fixture();
    expect(() => new CaptureStoppedAlarm(fixture.stack, 'Alarm', { schedule: watching(fixture, captures(fixture)) }))
      .toThrow('Invocations are counted of an endpoint, and an input is watched that is none: a NoDataAlarm tells when nothing comes of it');
  });
});
