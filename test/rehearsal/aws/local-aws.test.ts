import { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateProcessingJobCommand, CreateProcessingJobCommandInput, DescribeProcessingJobCommand, ListPipelineExecutionsCommand, ListProcessingJobsCommand,
  SageMakerClient, StartPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker';
import { AccessDeniedError, AwsCall, LocalAws, MetricAlarm, processingJobStateChange } from '../../../rehearsal/aws';

const location = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
let now = new Date('2026-03-01T07:10:00Z');
let authorize: (call: AwsCall) => undefined;
let aws: LocalAws;
let s3: S3Client;
let sageMaker: SageMakerClient;
let cloudWatch: CloudWatchClient;
let eventBridge: EventBridgeClient;
let endpoint: string;

beforeEach(async () => {
  now = new Date('2026-03-01T07:10:00Z');
  authorize = () => undefined;
  aws = new LocalAws({ ...location, clock: () => now, authorize: (call) => { authorize(call); } });
  aws.s3.createBucket('bucket');
  endpoint = await aws.listen();
  const config = { endpoint, region: location.region, credentials: { accessKeyId: 'the-caller', secretAccessKey: 'x' }, maxAttempts: 1 };
  s3 = new S3Client(config);
  sageMaker = new SageMakerClient(config);
  cloudWatch = new CloudWatchClient(config);
  eventBridge = new EventBridgeClient(config);
});
afterEach(() => aws.close());

describe('S3', () => {
  const put = (key: string, conditions: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
    s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: key, Body: `body of ${key}`, ...conditions }));

  test('gives back what was put, also under a key that needs encoding', async () => {
    const key = 'a folder/ü&<1>+.json';
    await put(key);
    const got = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: key }));
    expect(await got.Body?.transformToString()).toBe(`body of ${key}`);
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'bucket', Key: key }))).ContentLength).toBe(Buffer.byteLength(`body of ${key}`));
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'a folder/' }))).Contents?.map(object => object.Key)).toEqual([key]);
  });

  test('lists page by page in order', async () => {
    for (const index of [3, 1, 2]) await put(`p/${index}`);
    const first = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'p/', MaxKeys: 2 }));
    expect(aws.calls.at(-1)).toMatchObject({ action: 's3:ListBucket', resource: 'arn:aws:s3:::bucket', conditions: { 's3:prefix': 'p/' } });
    expect(first.Contents?.map(object => object.Key)).toEqual(['p/1', 'p/2']);
    const second = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: 'p/', ContinuationToken: first.NextContinuationToken }));
    expect(second.Contents?.map(object => object.Key)).toEqual(['p/3']);
    expect(second.IsTruncated).toBe(false);
  });

  test('refuses a conditional write whose condition does not hold', async () => {
    const { ETag } = await put('once', { IfNoneMatch: '*' });
    await expect(put('once', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await put('once', { IfMatch: ETag });
    await expect(put('once', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('never', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('knows what is missing', async () => {
    await expect(s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'none' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new GetObjectCommand({ Bucket: 'other', Key: 'none' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(s3.send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('Processing jobs', () => {
  const request: CreateProcessingJobCommandInput = {
    ProcessingJobName: 'churn-1a2b3c4d-2026030107-1',
    RoleArn: 'arn:aws:iam::111122223333:role/job',
    AppSpecification: { ImageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    ProcessingInputs: [{
      InputName: 'capture',
      S3Input: { S3Uri: 's3://bucket/manifest.json', LocalPath: '/opt/ml/processing/input/dataset', S3DataType: 'ManifestFile', S3InputMode: 'File' },
    }],
    Environment: { start_time: '2026-03-01T06:00:00Z' },
    NetworkConfig: { EnableNetworkIsolation: true },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  };
  const create = (change: Partial<CreateProcessingJobCommandInput> = {}) => sageMaker.send(new CreateProcessingJobCommand({ ...request, ...change }));
  const describeJob = () => sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: request.ProcessingJobName }));

  test('are described as they were requested, and as they ended', async () => {
    const created: string[] = [];
    aws.sageMaker.jobs.onCreated(job => created.push(job.request.ProcessingJobName));
    await create();
    expect(created).toEqual([request.ProcessingJobName]);
    expect(await describeJob()).toMatchObject({ ...request, ProcessingJobStatus: 'InProgress', CreationTime: now });

    const startTime = new Date('2026-03-01T07:11:00Z');
    const endTime = new Date('2026-03-01T07:15:30Z');
    aws.sageMaker.jobs.complete(request.ProcessingJobName!, { status: 'Failed', exitMessage: 'no columns', failureReason: 'AlgorithmError', startTime, endTime });
    expect(await describeJob()).toMatchObject({
      ProcessingJobStatus: 'Failed', ExitMessage: 'no columns', FailureReason: 'AlgorithmError', ProcessingStartTime: startTime, ProcessingEndTime: endTime,
    });
  });

  test('bear a name once', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'ResourceInUse' });
  });

  test.each([
    ['a name that ends in a dash', { ProcessingJobName: 'churn-' }],
    ['a name of 64 characters', { ProcessingJobName: 'a'.repeat(64) }],
    ['eleven inputs', { ProcessingInputs: Array.from({ length: 11 }, () => request.ProcessingInputs![0]!) }],
    ['an environment value of 257 characters', { Environment: { long: 'x'.repeat(257) } }],
  ])('are refused with %s', async (_what, change) => {
    await expect(create(change)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(aws.sageMaker.jobs.byName.size).toBe(0);
  });

  test('change state in an event without exit message and environment', async () => {
    await create();
    const job = aws.sageMaker.jobs.complete(request.ProcessingJobName!, { status: 'Completed', exitMessage: 'done', startTime: now, endTime: now });
    const event = processingJobStateChange(location, job, now);
    expect(event).toMatchObject({
      'source': 'aws.sagemaker',
      'detail-type': 'SageMaker Processing Job State Change',
      'detail': { ProcessingJobName: request.ProcessingJobName, ProcessingJobStatus: 'Completed', ProcessingInputs: [{ S3Input: { S3DataType: 'MANIFEST_FILE' } }] },
    });
    expect(JSON.stringify(event)).not.toMatch(/done|start_time/);
  });
});

describe('Pipelines', () => {
  const start = (token: string, parameters: Record<string, string> = {}) => sageMaker.send(new StartPipelineExecutionCommand({
    PipelineName: 'retrain', ClientRequestToken: token.padEnd(32, '0'), PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
  }));
  beforeEach(() => void aws.sageMaker.pipelines.declare('retrain', ['features']));

  test('start once for a token', async () => {
    const first = await start('a', { features: 'income' });
    expect(await start('a', { features: 'income' })).toMatchObject({ PipelineExecutionArn: first.PipelineExecutionArn });
    expect(aws.sageMaker.pipelines.byName.get('retrain')?.executions).toHaveLength(1);
    await expect(start('a', { features: 'age' })).rejects.toMatchObject({ name: 'ConflictException' });
  });

  test('refuse what they do not declare, and what does not fit', async () => {
    await expect(start('a', { window: 'x' })).rejects.toThrow('Unknown parameters: [window]');
    await expect(start('a', { features: 'x'.repeat(1025) })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(sageMaker.send(new StartPipelineExecutionCommand({ PipelineName: 'retrain', ClientRequestToken: 'short' })))
      .rejects.toMatchObject({ name: 'ValidationException' });
    await expect(sageMaker.send(new ListPipelineExecutionsCommand({ PipelineName: 'none' }))).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test('list their executions, newest first, page by page, after a time', async () => {
    for (const [index, hour] of ['05', '06', '07'].entries()) {
      now = new Date(`2026-03-01T${hour}:00:00Z`);
      await start(String(index));
    }
    const list = (NextToken?: string) => sageMaker.send(new ListPipelineExecutionsCommand({
      PipelineName: 'retrain', CreatedAfter: new Date('2026-03-01T05:30:00Z'), MaxResults: 1, NextToken,
    }));
    const first = await list();
    const second = await list(first.NextToken);
    expect([first, second].map(page => page.PipelineExecutionSummaries?.[0]?.StartTime?.getUTCHours())).toEqual([7, 6]);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('CloudWatch', () => {
  const metric = { namespace: 'ns', metricName: 'drift', dimensions: { Endpoint: 'churn', MonitoringSchedule: 'm' } };
  const datum = (change = {}) => ({
    MetricName: 'drift', Value: 0.5, Timestamp: now, Dimensions: [{ Name: 'MonitoringSchedule', Value: 'm' }, { Name: 'Endpoint', Value: 'churn' }], ...change,
  });
  const put = (...data: ReturnType<typeof datum>[]) => cloudWatch.send(new PutMetricDataCommand({ Namespace: 'ns', MetricData: data }));

  test('stores points, also of a call that the SDK compresses', async () => {
    await put(...Array.from({ length: 200 }, (_, index) => datum({ Value: index })));
    expect(aws.cloudWatch.data(metric)).toHaveLength(200);
    expect(aws.calls[0]).toMatchObject({ principal: 'the-caller', action: 'cloudwatch:PutMetricData', resource: '*', conditions: { 'cloudwatch:namespace': 'ns' } });
  });

  test.each([
    ['NaN', { Value: NaN }],
    ['infinity', { Value: Infinity }],
    ['more than 2^360', { Value: 2 ** 360 * 1.01 }],
    ['a point of 15 days ago', { Timestamp: new Date('2026-02-14T07:00:00Z') }],
    ['a point three hours ahead', { Timestamp: new Date('2026-03-01T10:11:00Z') }],
    ['a dimension that is not ASCII', { Dimensions: [{ Name: 'Endpoint', Value: 'ü' }] }],
    ['a blank dimension', { Dimensions: [{ Name: 'Endpoint', Value: ' ' }] }],
    ['a name of 256 characters', { MetricName: 'x'.repeat(256) }],
    ['neither value nor statistics', { Value: undefined }],
  ])('refuses %s, and everything that came with it', async (_what, change) => {
    await expect(put(datum(), datum(change))).rejects.toThrow();
    expect(aws.cloudWatch.data(metric)).toHaveLength(0);
  });

  test('takes exactly 2^360', async () => {
    await put(datum({ Value: 2 ** 360 }));
    expect(aws.cloudWatch.data(metric)[0]?.maximum).toBe(2 ** 360);
  });

  test('tells of an alarm only when its state changes', async () => {
    const alarm: MetricAlarm = {
      name: 'drift', metrics: [{ ...metric, id: 'm1', statistic: 'Maximum' }], period: 3600, evaluationPeriods: 1, threshold: 0.2, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'ignore',
    };
    aws.cloudWatch.putAlarm(alarm);
    aws.cloudWatch.putAlarm({ ...alarm, name: 'of another endpoint', metrics: [{ ...metric, id: 'm1', statistic: 'Maximum', dimensions: { Endpoint: 'churn' } }] });
    expect(aws.cloudWatch.evaluate()).toEqual([]);
    await put(datum());
    expect(aws.cloudWatch.evaluate()).toMatchObject([{ previous: 'INSUFFICIENT_DATA', state: 'ALARM', alarm: { name: 'drift' } }]);
    expect(aws.cloudWatch.evaluate()).toEqual([]);
    const described = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
    expect(described.MetricAlarms).toMatchObject([{ AlarmName: 'drift', StateUpdatedTimestamp: now, Threshold: 0.2 }]);
  });
});

describe('EventBridge', () => {
  test('hands events on, and reports a malformed one', async () => {
    const seen: string[] = [];
    aws.eventBridge.onEvent(event => seen.push(event['detail-type']));
    const answer = await eventBridge.send(new PutEventsCommand({ Entries: [
      { Source: 'me', DetailType: 'good', Detail: '{"a":1}' },
      { Source: 'me', DetailType: 'bad', Detail: '[1' },
    ] }));
    expect(seen).toEqual(['good']);
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: 'MalformedDetail' }] });
    expect(aws.eventBridge.events[0]).toMatchObject({ source: 'me', detail: { a: 1 }, time: '2026-03-01T07:10:00Z' });
  });

  test('refuses eleven entries', async () => {
    const Entries = Array.from({ length: 11 }, () => ({ Source: 'me', DetailType: 'x', Detail: '{}' }));
    await expect(eventBridge.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('Every call', () => {
  test('is refused in its service\'s words when the authorizer says so, and changes nothing', async () => {
    authorize = (call) => {
      throw new AccessDeniedError(`${call.principal} is not authorized to perform ${call.action} on ${call.resource}`);
    };
    await expect(s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body: 'x' })))
      .rejects.toMatchObject({ name: 'AccessDenied', message: 'the-caller is not authorized to perform s3:PutObject on arn:aws:s3:::bucket/k' });
    await expect(eventBridge.send(new PutEventsCommand({ Entries: [{ Source: 'me', DetailType: 'x', Detail: '{}' }] })))
      .rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(aws.s3.list('bucket')).toEqual([]);
    expect(aws.eventBridge.events).toEqual([]);
    expect(aws.calls.map(call => call.conditions)).toEqual([{}, { 'events:source': 'me', 'events:detail-type': 'x' }]);
  });

  test('that is not played is refused by name', async () => {
    await expect(sageMaker.send(new ListProcessingJobsCommand())).rejects.toMatchObject({ name: 'UnknownOperationException', message: 'SageMaker.ListProcessingJobs is not played here' });
    await expect(s3.send(new DeleteObjectCommand({ Bucket: 'bucket', Key: 'k' }))).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test('must be signed', async () => {
    const answer = await fetch(`${endpoint}/bucket/key`);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('not signed')]);
  });

  test('can be made to fail for a while', async () => {
    aws.failNext('s3:ListBucket', { code: 'SlowDown', status: 503, times: 2 });
    const list = () => s3.send(new ListObjectsV2Command({ Bucket: 'bucket' }));
    await expect(list()).rejects.toMatchObject({ name: 'SlowDown' });
    await expect(list()).rejects.toMatchObject({ name: 'SlowDown' });
    expect((await list()).KeyCount).toBe(0);
  });
});
