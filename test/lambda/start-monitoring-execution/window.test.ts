import { AccessDeniedError } from '../../../rehearsal/aws';
import { execution, inputFolder, queued, reportFolder, schedule, window } from '../stage';
import { capture, failed, handler, request, stage, succeeded } from './starter';

test('a window with traffic is analysed by one job on exactly its files', async () => {
  capture(
    '05/57-59-999-a', // ended before the window
    '05/58-00-000-b', '05/59-30-000-c', // run on into it
    '06/00-00-000-d', '06/59-59-999-e',
    '07/00-00-000-f', // begins after it
  );
  capture('06/readme');
  expect(await handler.invoke(queued(request))).toEqual(succeeded);

  expect(stage.json(`${inputFolder}/manifest.json`)).toEqual([
    { prefix: 's3://data/capture/churn/AllTraffic/' },
    ...['05/58-00-000-b', '05/59-30-000-c', '06/00-00-000-d', '06/59-59-999-e'].map(name => `2026/03/01/${name}.jsonl`),
  ]);
  expect(stage.json(`${inputFolder}/config.json`)).toEqual({ schedule, window });
  expect(stage.aws.s3.get('data', `${inputFolder}/config.json`).kmsKeyId).toBe(schedule.output.kmsKeyId);

  const job = stage.aws.sageMaker.jobs.byName.get(execution)?.request;
  expect(job?.ProcessingInputs.map(({ InputName, S3Input: { S3Uri, LocalPath, S3DataType } }) => [InputName, S3Uri, LocalPath, S3DataType])).toEqual([
    ['capture', `s3://data/${inputFolder}/manifest.json`, '/opt/ml/processing/input/dataset', 'ManifestFile'],
    ['config', `s3://data/${inputFolder}/config.json`, '/opt/ml/processing/input/config', 'S3Prefix'],
    ['data-quality-constraints', 's3://data/baseline/constraints.json', '/opt/ml/processing/baseline/data-quality-constraints', 'S3Prefix'],
    ['data-quality-statistics', 's3://data/baseline/statistics.json', '/opt/ml/processing/baseline/data-quality-statistics', 'S3Prefix'],
  ]);
  expect(job).toMatchObject({
    ProcessingOutputConfig: {
      KmsKeyId: schedule.output.kmsKeyId,
      Outputs: [{ OutputName: 'data-quality', S3Output: { S3Uri: `s3://data/${reportFolder}`, LocalPath: '/opt/ml/processing/output/data-quality', S3UploadMode: 'Continuous' } }],
    },
    NetworkConfig: { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: false, VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
    Environment: {
      start_time: window.start,
      end_time: window.end,
      dataset_format: '{"sagemakerCaptureJson":{"captureIndexNames":["endpointInput"]}}',
      baseline_constraints: '/opt/ml/processing/baseline/data-quality-constraints/constraints.json',
      publish_cloudwatch_metrics: 'Enabled',
    },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  });
});

test('the same request again changes nothing, since the job is there', async () => {
  capture('06/10-00-000-a');
  await handler.invoke(queued(request));
  expect(await handler.invoke(queued(request, request))).toEqual(succeeded);
  expect(stage.aws.sageMaker.jobs.byName.size).toBe(1);
});

test('more than a thousand files are all listed', async () => {
  capture(...Array.from({ length: 1100 }, (_, index) => `06/${String(index % 60).padStart(2, '0')}-00-000-${index}`));
  await handler.invoke(queued(request));
  expect(stage.json(`${inputFolder}/manifest.json`)).toHaveLength(1101);
});

test('a late call is for the hours that it was scheduled for', async () => {
  capture('06/10-00-000-a');
  stage.now = new Date('2026-03-01T11:30:00Z');
  await handler.invoke(queued(request));
  expect([...stage.aws.sageMaker.jobs.byName.keys()]).toEqual([execution]);
});

test('a window of two hours before midnight reaches back into the evening', async () => {
  for (const name of ['20/59-30-000-a', '21/59-30-000-b', '22/00-00-000-c', '23/59-59-999-d']) stage.aws.s3.put('data', `capture/churn/AllTraffic/2026/02/28/${name}.jsonl`, '{}');
  capture('00/00-00-000-e');
  await handler.invoke(queued({ scheduledTime: '2026-03-01T00:10:00Z', schedule: { ...schedule, cadenceHours: 2 } }));
  expect([...stage.aws.sageMaker.jobs.byName.keys()]).toEqual(['churn-hourly-1a2b3c4d-2026030100-1']);
  expect(stage.json('reports/churn/churn-hourly/2026/03/01/00/input/manifest.json')).toEqual([
    { prefix: 's3://data/capture/churn/AllTraffic/' },
    ...['21/59-30-000-b', '22/00-00-000-c', '23/59-59-999-d'].map(name => `2026/02/28/${name}.jsonl`),
  ]);
});

test('an empty window is told of without a job, and latest.json stays', async () => {
  expect(await handler.invoke(queued(request))).toEqual(succeeded);
  expect(stage.aws.sageMaker.jobs.byName.size).toBe(0);
  expect(['execution_no_data', 'execution_failed', 'records_captured'].map(name => stage.values(name))).toEqual([[1], [0], [0]]);
  expect(stage.aws.eventBridge.events).toMatchObject([{
    'source': 'cdk-model-monitor', 'detail-type': 'Model Monitoring Execution Completed', 'detail': { status: 'NoData', execution, window },
  }]);
  expect(stage.aws.s3.list('data').filter(key => key.endsWith('latest.json'))).toEqual([]);
});

test.each([
  ['reaches into it is analysed', '2026-03-01T06:00:10Z', 1],
  ['ends before it is left alone', '2026-03-01T05:59:50Z', 0],
])('a silent window whose neighbour\'s last file %s', async (_, inferenceTime, jobs) => {
  const body = ['{ broken', JSON.stringify({ eventMetadata: { eventId: 'e', inferenceTime } })].join('\n');
  stage.aws.s3.put('data', 'capture/churn/AllTraffic/2026/03/01/05/59-30-000-a.jsonl', body);
  expect(await handler.invoke(queued(request))).toEqual(succeeded);
  expect(stage.aws.sageMaker.jobs.byName.size).toBe(jobs);
  expect(stage.values('execution_no_data')).toEqual(jobs === 1 ? [] : [1]);
});

test('an empty window is told of once, though a hundred requests come at once', async () => {
  const other = stage.start('start-monitoring-execution');
  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => (index % 2 ? handler : other).invoke(queued(request))));
  // Who tells takes longer than the others wait where the machine is busy.
  for (const answer of answers) expect([succeeded, failed]).toContainEqual(answer);
  expect(await handler.invoke(queued(request))).toEqual(succeeded);
  expect(stage.values('execution_no_data')).toEqual([1]);
  expect(stage.aws.eventBridge.events).toHaveLength(1);
});

test('of two invocations at once in one process, each gives back what it failed at', async () => {
  capture('06/10-00-000-a');
  expect(await Promise.all([handler.invoke(queued('{')), handler.invoke(queued(request)), handler.invoke(queued('{'))])).toEqual([failed, succeeded, failed]);
});

test('a throttled creation is repeated by the SDK', async () => {
  capture('06/10-00-000-a');
  stage.aws.failNext('sagemaker:CreateProcessingJob', { code: 'ThrottlingException', message: 'Rate exceeded' });
  expect(await handler.invoke(queued(request))).toEqual(succeeded);
  expect(stage.aws.sageMaker.jobs.byName.has(execution)).toBe(true);
});

test.each([
  ['a quota that is used up', { code: 'ResourceLimitExceeded', message: 'The account-level service limit is 4 Instances' }],
  ['a role that is not known yet', { code: 'ValidationException', message: 'Could not assume role arn:aws:iam::111122223333:role/job' }],
])('%s leaves the request in the queue', async (_what, failure) => {
  capture('06/10-00-000-a');
  stage.aws.failNext('sagemaker:CreateProcessingJob', failure);
  expect(await handler.invoke(queued(request))).toEqual(failed);
  expect(handler.log).toContain(failure.message);
  expect(await handler.invoke(queued(request))).toEqual(succeeded);
});

test('a refused call leaves the request in the queue and is logged', async () => {
  capture('06/10-00-000-a');
  stage.watch = (call) => {
    if (call.action === 's3:PutObject') throw new AccessDeniedError(`not allowed: ${call.resource}`);
  };
  expect(await handler.invoke(queued(request))).toEqual(failed);
  expect(handler.log).toContain('not allowed: arn:aws:s3:::data/reports/churn/churn-hourly/2026/03/01/07/input/manifest.json');
});

test('a bad message fails alone, and the log says what is wrong with it', async () => {
  capture('06/10-00-000-a');
  expect(await handler.invoke(queued({ ...request, schedule: { ...schedule, cadenceHours: 48 } }, request))).toEqual(failed);
  expect(stage.aws.sageMaker.jobs.byName.has(execution)).toBe(true);
  expect(handler.log).toMatch(/Too big: expected number to be <=24.*at schedule\.cadenceHours/);
  expect(await handler.invoke(queued('{nonsense'))).toEqual(failed);
  expect(handler.log).toContain('the start request is not JSON');
});

test('an endpoint may capture into the bucket itself', async () => {
  stage.aws.s3.put('data', 'churn/AllTraffic/2026/03/01/06/10-00-000-a.jsonl', '{}');
  expect(await handler.invoke(queued({ ...request, schedule: { ...schedule, capture: { ...schedule.capture, uri: 's3://data' } } }))).toEqual(succeeded);
  expect(stage.json(`${inputFolder}/manifest.json`)).toEqual([{ prefix: 's3://data/churn/AllTraffic/' }, '2026/03/01/06/10-00-000-a.jsonl']);
});
