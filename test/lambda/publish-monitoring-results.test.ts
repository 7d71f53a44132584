import { ExecutionSummary } from '../../lib/contract';
import { LocalAws, ProcessingJobEnd, processingJobStateChange } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { Stage, execution, inputFolder, latestKey, location, metricRecord, monitorDimensions, namespace, reportFolder, result, schedule, summary, window } from './stage';

// Processes start slowly where the machine is busy.
jest.setTimeout(30_000);

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  stage.now = new Date('2026-03-01T07:17:30Z');
  handler = stage.start('publish-monitoring-results');
  stage.aws.s3.put('data', `${inputFolder}/config.json`, JSON.stringify({ schedule, window }));
  await createJob(stage.aws);
});
afterEach(() => stage.close());

/** A job as start-monitoring-execution makes it, as far as its end is concerned. */
async function createJob(aws: LocalAws): Promise<void> {
  aws.sageMaker.jobs.operations.CreateProcessingJob!.run({
    ProcessingJobName: execution,
    RoleArn: schedule.job.roleArn,
    AppSpecification: { ImageUri: schedule.job.imageUri },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    ProcessingInputs: [{ InputName: 'config', S3Input: { S3Uri: `s3://data/${inputFolder}/config.json`, LocalPath: '/opt/ml/processing/input/config', S3DataType: 'S3Prefix' } }],
  });
  return Promise.resolve();
}

const end = (change: Partial<ProcessingJobEnd> = {}) => stage.aws.sageMaker.jobs.complete(execution, {
  status: 'Completed', startTime: new Date('2026-03-01T07:12:00Z'), endTime: new Date('2026-03-01T07:16:45Z'), ...change,
});
const event = () => processingJobStateChange(location, stage.aws.sageMaker.jobs.byName.get(execution)!, stage.now);
const report = (lines: unknown[], change: Partial<ExecutionSummary> = {}) => {
  stage.aws.s3.put('data', `${reportFolder}/summary.json`, JSON.stringify({ ...summary, ...change }));
  stage.aws.s3.put('data', `${reportFolder}/metrics.jsonl`, lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
};
const features = ['income', 'payment_type', 'tenure', 'age', 'city'];
const records = [
  ...features.flatMap(feature => [metricRecord(`feature_baseline_drift_${feature}`, 0.1), metricRecord(`feature_non_null_${feature}`, 100)]),
  metricRecord('baseline_drift_max', 0.4),
  metricRecord('violations', 2),
  metricRecord('records_captured', 100),
];
const types = () => stage.aws.eventBridge.events.map(sent => sent['detail-type']);

test('a completed execution becomes latest.json, metrics and events', async () => {
  report(records);
  end();
  await handler.invoke(event());
  expect(stage.json(latestKey)).toEqual({ ...result, records: summary.records });
  expect([stage.values('violations'), stage.values('baseline_drift_max'), stage.values('execution_failed'), stage.values('execution_no_data'), stage.values('execution_duration')])
    .toEqual([[2], [0.4], [0], [0], [285]]);
  expect(types()).toEqual(['Model Monitoring Execution Completed', 'Model Drift Detected']);
  expect(stage.aws.eventBridge.events[1]?.detail).toEqual({ ...result, records: summary.records });
});

test('metrics bear the minute at which the job ended', async () => {
  report(records);
  end();
  await handler.invoke(event());
  const times = new Set(stage.aws.cloudWatch.metrics.flatMap(metric => metric.data.map(point => point.timestamp.toISOString())));
  expect([...times]).toEqual(['2026-03-01T07:16:00.000Z']);
});

test('the feature of an alarm and the most drifted others are published, the rest is not', async () => {
  report(records);
  end();
  await handler.invoke(event());
  const published = stage.aws.cloudWatch.metrics.map(metric => metric.metricName).filter(name => name.startsWith('feature_'));
  expect(published.sort()).toEqual(['age', 'income', 'payment_type'].flatMap(name => [`feature_baseline_drift_${name}`, `feature_non_null_${name}`]).sort());
});

test('features without a distance are published while there is room', async () => {
  report([metricRecord('feature_non_null_%C3%BC', 7), metricRecord('feature_non_null_b', 8), metricRecord('feature_non_null_c', 9)], { drift: [], violations: [] });
  end();
  await handler.invoke(event());
  expect([stage.values('feature_non_null_%C3%BC'), stage.values('feature_non_null_b'), stage.values('feature_non_null_c')]).toEqual([[7], [8], []]);
});

test('what CloudWatch would refuse is brought into range or left out, and the rest arrives', async () => {
  const dimensions = JSON.stringify(records[0]!.Dimensions);
  report([
    `{"MetricName":"huge","Timestamp":"t","Dimensions":${dimensions},"Value":1e999}`,
    `{"MetricName":"small","Timestamp":"t","Dimensions":${dimensions},"Value":-1e200}`,
    `{"MetricName":"null","Timestamp":"t","Dimensions":${dimensions},"Value":null}`,
    `{"MetricName":"empty set","Timestamp":"t","Dimensions":${dimensions},"StatisticValues":{"Maximum":0,"Minimum":0,"SampleCount":0,"Sum":0}}`,
    `{"MetricName":"null in set","Timestamp":"t","Dimensions":${dimensions},"StatisticValues":{"Maximum":null,"Minimum":0,"SampleCount":3,"Sum":0}}`,
    metricRecord('ümlaut', 1),
    metricRecord('x'.repeat(256), 1),
    { ...metricRecord('set', 1), Value: undefined, StatisticValues: { Maximum: 3, Minimum: 1, SampleCount: 2, Sum: 4 } },
  ]);
  end();
  await handler.invoke(event());
  expect([stage.values('huge'), stage.values('small')]).toEqual([[2 ** 360], [-(2 ** 360)]]);
  expect(stage.aws.cloudWatch.data({ namespace, metricName: 'set', dimensions: monitorDimensions })).toMatchObject([{ maximum: 3, minimum: 1, sampleCount: 2, sum: 4 }]);
  expect(stage.aws.cloudWatch.metrics.map(metric => metric.metricName).sort())
    .toEqual(['execution_duration', 'execution_failed', 'execution_no_data', 'huge', 'set', 'small']);
});

test('more than a thousand metrics go in several calls', async () => {
  report(Array.from({ length: 1500 }, (_, index) => metricRecord(`other_${index}`, index)));
  end();
  await handler.invoke(event());
  expect(stage.aws.cloudWatch.metrics).toHaveLength(1503);
  expect(stage.count('cloudwatch:PutMetricData')).toBe(2);
});

test('an execution without violations tells of no drift', async () => {
  report(records, { violations: [] });
  end();
  await handler.invoke(event());
  expect(types()).toEqual(['Model Monitoring Execution Completed']);
  expect(stage.json(latestKey)).toMatchObject({ status: 'Completed', violations: 0, features: [], explanations: [] });
});

test('files whose records all belong elsewhere mean no data, and latest.json stays', async () => {
  report([], { violations: [], drift: [], records: { captured: 0, analysed: 0, rejected: 0, outsideWindow: 9 } });
  end();
  await handler.invoke(event());
  expect(stage.values('execution_no_data')).toEqual([1]);
  expect(stage.aws.eventBridge.events[0]?.detail).toMatchObject({ status: 'NoData' });
  expect(stage.aws.s3.list('data', latestKey)).toEqual([]);
});

test.each([
  ['Failed', { exitMessage: 'the capture holds 3 columns, the baseline 5', failureReason: 'AlgorithmError: exit code 1' }, 'the capture holds 3 columns, the baseline 5 – AlgorithmError: exit code 1'],
  ['Stopped', {}, 'SageMaker says Stopped and gives no reason'],
] as const)('a job that is %s is told of with its reason, and latest.json stays', async (status, reasons, failureReason) => {
  end({ status, ...reasons });
  await handler.invoke(event());
  expect(stage.values('execution_failed')).toEqual([1]);
  expect(stage.values('execution_no_data')).toEqual([]);
  expect(stage.aws.eventBridge.events).toMatchObject([{ 'detail-type': 'Model Monitoring Execution Completed', 'detail': { status: 'Failed', failureReason } }]);
  expect(stage.aws.s3.list('data', latestKey)).toEqual([]);
});

test('a job that still runs, or is none of ours, is let be', async () => {
  await handler.invoke(event());
  expect(stage.aws.calls.map(call => call.action)).toEqual(['sagemaker:DescribeProcessingJob']);
});

test('latest.json is not put back to an older window', async () => {
  const newer = { ...result, window: { start: window.end, end: '2026-03-01T08:00:00.000Z' } };
  stage.aws.s3.put('data', latestKey, JSON.stringify(newer));
  report(records);
  end();
  await handler.invoke(event());
  expect(stage.json(latestKey)).toEqual(newer);
  expect(types()).toHaveLength(2);
});

test('a hundred deliveries at once publish once, and none fails', async () => {
  report(records);
  end();
  const other = stage.start('publish-monitoring-results');
  await Promise.all(Array.from({ length: 100 }, (_, index) => (index % 2 ? handler : other).invoke(event())));
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toHaveLength(2);
  await handler.invoke(event());
  expect(types()).toHaveLength(2);
});

test('after a crash between metrics and events the next delivery sends the events only', async () => {
  report(records);
  end();
  stage.watch = async (call) => {
    if (call.action !== 'events:PutEvents') return;
    handler.kill();
    await new Promise(() => undefined); // the call never arrives
  };
  await expect(handler.invoke(event(), { remaining: 1000 })).rejects.toThrow('the process ended');
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toEqual([]);

  stage.watch = () => undefined;
  await stage.start('publish-monitoring-results').invoke(event());
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toHaveLength(2);
});

test('while a crashed invocation may still be at work, another asks for a later delivery', async () => {
  report(records);
  end();
  stage.watch = (call) => {
    if (call.action === 'cloudwatch:PutMetricData') handler.kill();
  };
  await expect(handler.invoke(event(), { remaining: 60_000 })).rejects.toThrow('the process ended');
  stage.watch = () => undefined;
  await expect(stage.start('publish-monitoring-results').invoke(event())).rejects.toThrow('is held by another invocation; this one is to be repeated');
});

test('a failed step lets go of the claim, so that the next try goes on at once', async () => {
  report(records);
  end();
  stage.aws.failNext('events:PutEvents', { code: 'ValidationException', message: 'not today' });
  await expect(handler.invoke(event())).rejects.toThrow('not today');
  await handler.invoke(event());
  expect(stage.values('violations')).toEqual([2]);
  expect(types()).toHaveLength(2);
});

test('a report that is missing or broken is named, and nothing is published', async () => {
  end();
  await expect(handler.invoke(event())).rejects.toThrow(`s3://data/${reportFolder}/summary.json does not exist`);
  report(['{"MetricName":1}']);
  await expect(handler.invoke(event())).rejects.toThrow(/line 1 of .*metrics\.jsonl is not as expected:[^]*expected string, received number/);
  expect(stage.aws.cloudWatch.metrics).toEqual([]);
});
