import { MONITOR_TYPES, MonitorType, StartRequest, TransformSource } from '../../lib/contract';
import { AccessDeniedError } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { Stage, execution, fullSchedule, inputFolder, otherMonitors, queued, reportFolder, schedule, window } from './stage';

// Processes start slowly where the machine is busy.
jest.setTimeout(30_000);

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  handler = stage.start('start-monitoring-execution');
});
afterEach(() => stage.close());

const request: StartRequest = { scheduledTime: '2026-03-01T07:10:00Z', schedule };
const succeeded = { batchItemFailures: [] };
const failed = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

const capture = (...names: string[]) => {
  for (const name of names) stage.aws.s3.put('data', `capture/churn/AllTraffic/2026/03/01/${name}.jsonl`, '{}');
};

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
  expect(answers).toEqual(answers.map(() => succeeded));
  expect(stage.values('execution_no_data')).toEqual([1]);
  expect(stage.aws.eventBridge.events).toHaveLength(1);
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

describe('all four monitors', () => {
  const full: StartRequest = { ...request, schedule: fullSchedule };
  const explanation = 'churn-hourly-9f8e7d6c-2026030107-1';
  const put = (...keys: string[]) => {
    for (const key of keys) stage.aws.s3.put('data', key, '{}');
  };
  const inputsOf = (job: string) => stage.aws.sageMaker.jobs.byName.get(job)?.request.ProcessingInputs.map(({ InputName }) => InputName);
  const only = (type: MonitorType): StartRequest => {
    const monitors = fullSchedule.monitors.filter(monitor => monitor.type === type);
    return { ...full, schedule: { ...fullSchedule, monitors } };
  };

  test('three of them share one isolated job, and the one that asks the model has its own', async () => {
    capture('06/10-00-000-a');
    put('labels/2026/03/01/06/a.jsonl');
    expect(await handler.invoke(queued(full))).toEqual(succeeded);
    expect([...stage.aws.sageMaker.jobs.byName.keys()]).toEqual([execution, explanation]);

    expect(inputsOf(execution)).toEqual([
      'capture', 'ground-truth', 'config', 'data-quality-constraints', 'data-quality-statistics', 'model-quality-constraints', 'model-quality-statistics', 'model-bias-constraints',
    ]);
    expect(stage.aws.sageMaker.jobs.byName.get(execution)?.request).toMatchObject({
      NetworkConfig: { EnableNetworkIsolation: true },
      RoleArn: schedule.job.roleArn,
      ProcessingOutputConfig: { Outputs: ['data-quality', 'model-quality', 'model-bias'].map(type => ({ OutputName: type, S3Output: { LocalPath: `/opt/ml/processing/output/${type}` } })) },
      Environment: { sagemaker_monitoring_schedule_name: 'churn-hourly-data-quality' },
    });

    expect(inputsOf(explanation)).toEqual(['capture', 'config', 'model-explainability-constraints']);
    expect(stage.aws.sageMaker.jobs.byName.get(explanation)?.request).toMatchObject({
      NetworkConfig: { EnableNetworkIsolation: false },
      RoleArn: 'arn:aws:iam::111122223333:role/explainer',
      ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: 's3://data/reports/churn/churn-hourly-model-explainability/2026/03/01/07' } }] },
    });
  });

  test('each job is told of its own monitors, and of its own job', async () => {
    capture('06/10-00-000-a');
    await handler.invoke(queued(full));
    const { explanationJob, ...rest } = fullSchedule;
    expect(stage.json(`${inputFolder}/config.json`)).toEqual({ window, schedule: { ...rest, monitors: fullSchedule.monitors.slice(0, 3) } });
    expect(stage.json(`${inputFolder}/explanation/config.json`)).toEqual({ window, schedule: { ...rest, job: explanationJob, monitors: otherMonitors.slice(2) } });
  });

  test('the captures of each label delay are read, and the labels that came from the first of them until now', async () => {
    capture('06/10-00-000-now');
    put('capture/churn/AllTraffic/2026/02/28/06/10-00-000-yesterday.jsonl', 'capture/churn/AllTraffic/2026/01/30/06/10-00-000-last-month.jsonl');
    put('capture/churn/AllTraffic/2026/01/30/07/10-00-000-too-young.jsonl', 'capture/churn/AllTraffic/2026/02/28/05/10-00-000-too-old.jsonl');
    put('labels/2026/01/30/05/too-early.jsonl', 'labels/2026/01/30/06/first.jsonl', 'labels/2026/02/14/23/deep/er.jsonl.gz', 'labels/2026/03/01/06/last.jsonl');
    put('labels/2026/03/01/06/', 'labels/2026/03/01/07/too-late.jsonl', 'labels/2026/01/29/06/too-early.jsonl');
    await handler.invoke(queued(full));

    expect(stage.json(`${inputFolder}/manifest.json`)).toEqual([
      { prefix: 's3://data/capture/churn/AllTraffic/' },
      '2026/01/30/06/10-00-000-last-month.jsonl', '2026/02/28/06/10-00-000-yesterday.jsonl', '2026/03/01/06/10-00-000-now.jsonl',
    ]);
    expect(stage.json(`${inputFolder}/ground-truth.json`)).toEqual([
      { prefix: 's3://data/labels/' }, '2026/01/30/06/first.jsonl', '2026/02/14/23/deep/er.jsonl.gz', '2026/03/01/06/last.jsonl',
    ]);
    expect(stage.json(`${inputFolder}/explanation/manifest.json`)).toEqual([{ prefix: 's3://data/capture/churn/AllTraffic/' }, '2026/03/01/06/10-00-000-now.jsonl']);
  });

  test('a file that two windows share is named once', async () => {
    const day = { ...only('model-quality'), schedule: { ...fullSchedule, cadenceHours: 24, monitors: [...schedule.monitors, ...otherMonitors.slice(0, 1)] } };
    put('capture/churn/AllTraffic/2026/02/28/06/59-00-000-a.jsonl', 'capture/churn/AllTraffic/2026/02/28/07/00-00-000-b.jsonl');
    await handler.invoke(queued(day));
    expect(stage.json(`${inputFolder}/manifest.json`)).toEqual([
      { prefix: 's3://data/capture/churn/AllTraffic/' }, '2026/02/28/06/59-00-000-a.jsonl', '2026/02/28/07/00-00-000-b.jsonl',
    ]);
  });

  test('an hour without labels is analysed all the same, as the report says how many rows have one', async () => {
    put('capture/churn/AllTraffic/2026/02/28/06/10-00-000-yesterday.jsonl');
    expect(await handler.invoke(queued(only('model-quality')))).toEqual(succeeded);
    expect(inputsOf(execution)).toEqual(['capture', 'config', 'model-quality-constraints', 'model-quality-statistics']);
    expect(stage.aws.s3.list('data').filter(key => key.endsWith('ground-truth.json'))).toEqual([]);
  });

  test('a silent hour of an endpoint whose labels come late still analyses the hour that has its labels now', async () => {
    put('capture/churn/AllTraffic/2026/02/28/06/10-00-000-yesterday.jsonl', 'labels/2026/03/01/05/a.jsonl');
    await handler.invoke(queued(full));
    expect([...stage.aws.sageMaker.jobs.byName.keys()]).toEqual([execution]);
    expect(stage.values('execution_no_data', 'model-explainability')).toEqual([1]);
    expect(stage.values('execution_no_data')).toEqual([]);
  });

  test('nothing captured in any window is told of for each monitor, in the namespace of each', async () => {
    put('labels/2026/03/01/06/a.jsonl');
    await handler.invoke(queued(full));
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(0);
    expect(MONITOR_TYPES.map(type => stage.values('execution_no_data', type))).toEqual([[1], [1], [1], [1]]);
    expect(stage.aws.eventBridge.events.map(({ detail }) => [detail.monitor, detail.status, detail.execution])).toEqual([
      ...MONITOR_TYPES.slice(0, 3).map(type => [`churn-hourly-${type}`, 'NoData', execution]), ['churn-hourly-model-explainability', 'NoData', explanation],
    ]);
  });

  test('a second job that meets a quota is tried again, and the first is not started twice', async () => {
    capture('06/10-00-000-a');
    let created = 0;
    stage.watch = (call) => {
      if (call.action === 'sagemaker:CreateProcessingJob' && ++created === 2) throw new AccessDeniedError('not now');
    };
    expect(await handler.invoke(queued(full))).toEqual(failed);
    stage.watch = () => undefined;
    expect(await handler.invoke(queued(full))).toEqual(succeeded);
    expect([...stage.aws.sageMaker.jobs.byName.keys()]).toEqual([execution, explanation]);
  });

  test('an explanation without a job of its own is refused', async () => {
    expect(await handler.invoke(queued({ ...full, schedule: { ...fullSchedule, explanationJob: undefined } }))).toEqual(failed);
    expect(handler.log).toMatch(/must be there for a model-explainability monitor.*at schedule\.explanationJob/);
  });
});

describe('records that no endpoint captured', () => {
  const records: StartRequest = { ...request, schedule: { ...schedule, capture: { uri: 's3://theirs/records', bucketOwner: '444455556666' } } };
  const put = (name: string, inferenceTime = '2026-03-01T06:30:00Z') =>
    stage.aws.s3.put('theirs', `records/2026/03/01/${name}`, JSON.stringify({ eventMetadata: { eventId: 'e', inferenceTime } }));

  test('are found by their hour, whatever their files are called, in the bucket of the account that must own it', async () => {
    stage.aws.s3.createBucket('theirs', '444455556666');
    for (const name of ['04/old.jsonl', '05/part-0.jsonl', '05/57-00-000-a.jsonl', '06/part-1.jsonl', '06/_SUCCESS', '06/.part-2.jsonl.crc', '07/part-3.jsonl']) put(name);
    expect(await handler.invoke(queued(records))).toEqual(succeeded);
    expect(stage.json('reports/churn-hourly/2026/03/01/07/input/manifest.json')).toEqual([
      { prefix: 's3://theirs/records/' }, '2026/03/01/05/part-0.jsonl', '2026/03/01/06/part-1.jsonl',
    ]);
    const job = stage.aws.sageMaker.jobs.byName.get(execution)?.request;
    expect(job?.Environment).not.toHaveProperty('sagemaker_endpoint_name');
    expect(job?.ProcessingOutputConfig?.Outputs[0]?.S3Output.S3Uri).toBe('s3://data/reports/churn-hourly-data-quality/2026/03/01/07');
  });

  test.each([['2026-03-01T06:00:10Z', 1], ['2026-03-01T05:59:50Z', 0]])('of the hour before reach into the window when one is from %s', async (time, jobs) => {
    stage.aws.s3.createBucket('theirs', '444455556666');
    put('05/part-0.jsonl', time);
    expect(await handler.invoke(queued(records))).toEqual(succeeded);
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(jobs);
  });

  test('are missing under the schedule\'s name alone, in the namespace of what is no endpoint', async () => {
    stage.aws.s3.createBucket('theirs', '444455556666');
    expect(await handler.invoke(queued(records))).toEqual(succeeded);
    expect(stage.aws.cloudWatch.data({
      namespace: 'aws/sagemaker/ModelMonitoring/data-metrics', metricName: 'execution_no_data', dimensions: { MonitoringSchedule: 'churn-hourly-data-quality' },
    })).toMatchObject([{ sum: 1 }]);
    expect(stage.aws.eventBridge.events[0]?.detail).not.toHaveProperty('endpoint');
  });

  test('are not read where the bucket is somebody else\'s', async () => {
    stage.aws.s3.createBucket('theirs', '999999999999');
    put('06/part-1.jsonl');
    expect(await handler.invoke(queued(records))).toEqual(failed);
    expect(handler.log).toContain('Access Denied');
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(0);
  });
});

describe('batch transform jobs', () => {
  const transform: TransformSource = { inputUri: 's3://data/in', outputUri: 's3://data/out', encoding: 'CSV', joinsInput: false, longestHours: 1 };
  const transforms = (source: Partial<TransformSource> = {}): StartRequest =>
    ({ scheduledTime: '2026-03-01T08:10:00Z', schedule: { ...schedule, capture: { uri: 's3://data/captures', transform: { ...transform, ...source } } } });
  const manifest = (key: string, prefix: string, ...names: string[]) =>
    stage.aws.s3.put('data', `captures/${key}`, JSON.stringify([{ prefix }, ...names]));
  const inputs = () => stage.aws.sageMaker.jobs.byName.get(execution)?.request.ProcessingInputs
    .map(({ InputName, S3Input: { S3Uri, LocalPath } }) => [InputName, S3Uri, LocalPath]);
  const base = 'reports/churn-hourly/2026/03/01/07/input';

  test('that began in the window an hour ago are analysed, each file beside what was made of it', async () => {
    manifest('input/2026/03/01/06/a.json', 's3://data/in/one/', 'x.csv', 'y.csv');
    manifest('output/2026/03/01/06/b.json', 's3://data/out/one/', 'x.csv.out', 'y.csv.out');
    manifest('input/2026/03/01/06/c.json', 's3://data/in/', 'z.csv');
    manifest('output/2026/03/01/06/d.json', 's3://data/out/two/', 'z.csv.out');
    manifest('input/2026/03/01/07/e.json', 's3://data/in/', 'later.csv');
    manifest('output/2026/03/01/05/f.json', 's3://data/out/', 'earlier.csv.out');
    expect(await handler.invoke(queued(transforms()))).toEqual(succeeded);

    expect(inputs()?.slice(0, 3)).toEqual([
      ['transform-input', `s3://data/${base}/transform-input.json`, '/opt/ml/processing/input/dataset/input'],
      ['transform-output', `s3://data/${base}/transform-output.json`, '/opt/ml/processing/input/dataset/output'],
      ['config', `s3://data/${base}/config.json`, '/opt/ml/processing/input/config'],
    ]);
    expect(stage.json(`${base}/transform-input.json`)).toEqual([{ prefix: 's3://data/in/' }, 'one/x.csv', 'one/y.csv', 'z.csv']);
    expect(stage.json(`${base}/transform-output.json`)).toEqual([{ prefix: 's3://data/out/' }, 'one/x.csv.out', 'one/y.csv.out', 'two/z.csv.out']);
    expect(stage.json(`${base}/config.json`)).toMatchObject({
      window,
      transforms: [['one/x.csv', 'one/x.csv.out'], ['one/y.csv', 'one/y.csv.out'], ['z.csv', 'two/z.csv.out']]
        .map(([input, output]) => ({ hour: window.start, input, output })),
    });
  });

  test('of which one side is looked at need no more than that', async () => {
    manifest('input/2026/03/01/06/a.json', 's3://data/in/', 'x.csv');
    manifest('output/2026/03/01/06/a.json', 's3://elsewhere/', 'x.csv.out');
    expect(await handler.invoke(queued(transforms({ outputUri: undefined })))).toEqual(succeeded);
    expect(inputs()?.map(([name]) => name)).toEqual(['transform-input', 'config', 'data-quality-constraints', 'data-quality-statistics']);
    expect(stage.json(`${base}/config.json`)).toMatchObject({ transforms: [{ hour: window.start, input: 'x.csv' }] });
  });

  test('with inputs of the same name are told apart by the names of their manifests', async () => {
    for (const job of ['a', 'b']) {
      manifest(`input/2026/03/01/06/${job}.json`, `s3://data/in/${job}/`, 'x.csv');
      manifest(`output/2026/03/01/06/${job}.json`, `s3://data/out/${job}/`, 'x.csv.out');
    }
    expect(await handler.invoke(queued(transforms()))).toEqual(succeeded);
    expect(stage.json(`${base}/config.json`)).toMatchObject({ transforms: ['a', 'b'].map(job => ({ input: `${job}/x.csv`, output: `${job}/x.csv.out` })) });
  });

  test('are compared with the labels that have come until now, which is later by what the jobs may take', async () => {
    manifest('output/2026/02/28/06/a.json', 's3://data/out/', 'x.csv.out');
    for (const hour of ['06', '07', '08']) stage.aws.s3.put('data', `labels/2026/03/01/${hour}/a.jsonl`, '{}');
    const { scheduledTime, schedule: transformed } = transforms({ inputUri: undefined });
    const quality = fullSchedule.monitors.filter(({ type }) => type === 'model-quality');
    expect(await handler.invoke(queued({ scheduledTime, schedule: { ...transformed, monitors: quality, groundTruth: { uri: 's3://data/labels' } } }))).toEqual(succeeded);
    expect(stage.json(`${base}/ground-truth.json`)).toEqual([{ prefix: 's3://data/labels/' }, '2026/03/01/06/a.jsonl', '2026/03/01/07/a.jsonl']);
  });

  test('that did not run are told of as a window without data', async () => {
    expect(await handler.invoke(queued(transforms()))).toEqual(succeeded);
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(0);
    expect(stage.aws.eventBridge.events).toMatchObject([{ detail: { status: 'NoData', window } }]);
  });

  test.each<[string, () => void, string]>([
    ['wrote where the schedule does not look', () => {
      manifest('input/2026/03/01/06/a.json', 's3://data/in/', 'x.csv');
      manifest('output/2026/03/01/06/a.json', 's3://data/elsewhere/', 'x.csv.out');
    }, 's3://data/captures/output/2026/03/01/06/a.json names s3://data/elsewhere/x.csv.out, which does not lie below s3://data/out: have the schedule watch the folder'],
    ['cannot be told apart', () => {
      for (const job of ['a', 'b']) {
        manifest(`input/2026/03/01/06/${job}.json`, `s3://data/in/${job}/`, 'x.csv');
        manifest(`output/2026/03/01/06/${job}-out.json`, `s3://data/out/${job}/`, 'x.csv.out');
      }
    }, '2 transform jobs that began in the hour of 2026-03-01T06:00:00.000Z have read a file x.csv, so that nobody knows which one x.csv.out was made of'],
    ['captured something else', () => stage.aws.s3.put('data', 'captures/input/2026/03/01/06/a.json', '{}'), 's3://data/captures/input/2026/03/01/06/a.json'],
  ])('that %s leave the request in the queue, and the log says why', async (_, prepare, message) => {
    prepare();
    expect(await handler.invoke(queued(transforms()))).toEqual(failed);
    expect(handler.log).toContain(message);
  });
});

test('an endpoint may capture into the bucket itself', async () => {
  stage.aws.s3.put('data', 'churn/AllTraffic/2026/03/01/06/10-00-000-a.jsonl', '{}');
  expect(await handler.invoke(queued({ ...request, schedule: { ...schedule, capture: { ...schedule.capture, uri: 's3://data' } } }))).toEqual(succeeded);
  expect(stage.json(`${inputFolder}/manifest.json`)).toEqual([{ prefix: 's3://data/churn/AllTraffic/' }, '2026/03/01/06/10-00-000-a.jsonl']);
});

describe('a baseline that is not simply files', () => {
  const [monitor] = schedule.monitors;
  const currentUri = 's3://data/baselines/0123456789abcdef/current.json';
  const pointed = { ...schedule, monitors: [{ ...monitor!, baseline: { currentUri } }] };
  const files = { statisticsUri: 's3://data/baselines/v2/statistics.json', constraintsUri: 's3://data/baselines/v2/constraints.json' };
  const current = (content: object) => stage.aws.s3.put('data', 'baselines/0123456789abcdef/current.json', JSON.stringify(content));
  const pending = { ...request, schedule: pointed };

  test('is looked up: the job is given the files, and told where they were found', async () => {
    capture('06/10-00-000-a');
    current({ files, datasetTime: '2026-02-28T00:00:00.000Z' });
    expect(await handler.invoke(queued(pending))).toEqual(succeeded);

    const inputs = stage.aws.sageMaker.jobs.byName.get(execution)?.request.ProcessingInputs ?? [];
    expect(inputs.slice(2).map(({ S3Input }) => S3Input.S3Uri)).toEqual([files.constraintsUri, files.statisticsUri]);
    expect(stage.json(`${inputFolder}/config.json`)).toMatchObject({ schedule: { monitors: [{ baseline: { ...files, currentUri } }] } });
  });

  test('is pending until it is finished: no job, no failure, told once', async () => {
    capture('06/10-00-000-a');
    expect(await handler.invoke(queued(pending, pending))).toEqual(succeeded);
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(0);
    expect(['execution_baseline_pending', 'execution_failed', 'execution_no_data', 'violations'].map(name => stage.values(name))).toEqual([[1], [0], [], []]);
    expect(stage.aws.eventBridge.events).toMatchObject([{
      'detail-type': 'Model Monitoring Execution Completed', 'detail': { status: 'BaselinePending', execution, window, violations: 0 },
    }]);
  });

  test('whose job failed fails the execution with its reason', async () => {
    current({ failure: { job: 'churn-baseline-1', reason: 'job churn-baseline-1 failed: no column churn' } });
    await handler.invoke(queued(pending));
    expect(['execution_baseline_pending', 'execution_failed'].map(name => stage.values(name))).toEqual([[0], [1]]);
    expect(stage.aws.eventBridge.events[0]?.detail).toMatchObject({
      status: 'Failed', failureReason: 'baseline failed: job churn-baseline-1 failed: no column churn',
    });
  });

  test('stays when a later job failed', async () => {
    capture('06/10-00-000-a');
    current({ files, failure: { job: 'churn-baseline-2', reason: 'r' } });
    await handler.invoke(queued(pending));
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(1);
  });

  test('keeps none of the other monitors waiting', async () => {
    capture('06/10-00-000-a');
    stage.aws.s3.put('data', 'capture/churn/AllTraffic/2026/02/28/06/10-00-000-a.jsonl', '{}');
    await handler.invoke(queued({ ...request, schedule: { ...fullSchedule, monitors: [...pointed.monitors, ...otherMonitors] } }));
    expect(stage.aws.eventBridge.events.map(({ detail }) => [detail.monitor, detail.status])).toEqual([['churn-hourly-data-quality', 'BaselinePending']]);
    const started = stage.aws.sageMaker.jobs.byName.get(execution)?.request;
    expect(started?.ProcessingOutputConfig?.Outputs.map(({ OutputName }) => OutputName)).toEqual(['model-quality', 'model-bias']);
    expect(stage.aws.sageMaker.jobs.byName.size).toBe(2);
  });

  test('without traffic is a window without data', async () => {
    current({ files });
    await handler.invoke(queued(pending));
    expect(['execution_baseline_pending', 'execution_no_data'].map(name => stage.values(name))).toEqual([[0], [1]]);
  });

  test('that cannot be read gives the message back', async () => {
    current({ files: { constraintsUri: 'nowhere' } });
    expect(await handler.invoke(queued(pending))).toEqual(failed);
    expect(handler.log).toContain('baselines/0123456789abcdef/current.json is not as expected');
  });
});
