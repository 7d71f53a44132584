import { BiasDimension, ENDPOINT_DIMENSION, ExecutionSummary, METRIC_NAMESPACES, MetricRecord, MonitorType, SCHEDULE_DIMENSION } from '../../lib/contract';
import { LocalAws, ProcessingJobEnd, processingJobStateChange } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { Stage, execution, fullSchedule, inputFolder, latestKey, location, metricRecord, monitorDimensions, namespace, reportFolder, result, schedule, summary, window } from './stage';

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

test('a hundred deliveries at once publish once; one that waited too long is to come again', async () => {
  report(records);
  end();
  const other = stage.start('publish-monitoring-results');
  const ended = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => (index % 2 ? handler : other).invoke(event())));
  // Who publishes takes longer than the others wait where the machine is busy.
  for (const each of ended) if (each.status === 'rejected') expect(String(each.reason)).toContain('this one is to be repeated');
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

describe('the other monitors', () => {
  const monitorName = (type: MonitorType) => `churn-hourly-${type}`;
  const folderOf = (type: MonitorType) => `reports/churn/${monitorName(type)}/2026/03/01/07`;
  const record = (type: MonitorType, MetricName: string, Value: number, more: Record<string, string> = {}): MetricRecord => ({
    MetricName, Value, Timestamp: window.start,
    Dimensions: Object.entries({ [ENDPOINT_DIMENSION]: 'churn', [SCHEDULE_DIMENSION]: monitorName(type), ...more }).map(([Name, Value]) => ({ Name, Value })),
  });
  const reportOf = (type: MonitorType, lines: MetricRecord[], change: Partial<ExecutionSummary>) => {
    const analysed = { captured: 9, analysed: 9, rejected: 0, outsideWindow: 0 };
    const own: ExecutionSummary = { monitor: monitorName(type), window, violations: [], drift: [], records: analysed, ...change };
    stage.aws.s3.put('data', `${folderOf(type)}/summary.json`, JSON.stringify(own));
    stage.aws.s3.put('data', `${folderOf(type)}/metrics.jsonl`, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  };
  const publishOnly = async (...types: MonitorType[]) => {
    const monitors = fullSchedule.monitors.filter(({ type }) => types.includes(type));
    stage.aws.s3.put('data', `${inputFolder}/config.json`, JSON.stringify({ schedule: { ...fullSchedule, monitors }, window }));
    end();
    await handler.invoke(event());
  };
  const details = () => stage.aws.eventBridge.events.map(({ detail }) => detail);
  const labelled = { captured: 9, analysed: 9, labelled: 7, rejected: 0, outsideWindow: 0 };

  test('each monitor of a job has its result, its namespace and its latest.json', async () => {
    report(records, { violations: [] });
    reportOf('model-quality', [record('model-quality', 'accuracy', 0.72), record('model-quality', 'labelled_share', 7 / 9)], {
      records: labelled,
      violations: [{ constraint_check_type: 'LessThanThreshold', metric_name: 'accuracy', description: 'd', explanation: 'accuracy: 0.95 → 0.72' }],
    });
    await publishOnly('data-quality', 'model-quality');
    expect([stage.values('accuracy', 'model-quality'), stage.values('execution_failed', 'model-quality'), stage.values('execution_failed')]).toEqual([[0.72], [0], [0]]);
    expect(stage.values('accuracy')).toEqual([]);
    expect(stage.json('reports/churn/churn-hourly-model-quality/latest.json')).toMatchObject({
      monitor: 'churn-hourly-model-quality', status: 'CompletedWithViolations', records: labelled, features: ['accuracy'], explanations: ['accuracy: 0.95 → 0.72'],
    });
    expect(details().map(({ monitor, status }) => [monitor, status])).toEqual([
      ['churn-hourly-data-quality', 'Completed'], ['churn-hourly-model-quality', 'CompletedWithViolations'], ['churn-hourly-model-quality', 'CompletedWithViolations'],
    ]);
  });

  test('requests of which none could be read are another, though none has a label either', async () => {
    reportOf('model-quality', [record('model-quality', 'records_rejected', 9)], { records: { ...labelled, analysed: 0, labelled: 0, rejected: 9 } });
    await publishOnly('model-quality');
    expect(details()).toMatchObject([{ status: 'AllRejected', records: { captured: 9, analysed: 0, rejected: 9 } }]);
    expect([stage.values('execution_no_data', 'model-quality'), stage.values('records_rejected', 'model-quality')]).toEqual([[0], [9]]);
    expect(stage.aws.s3.list('data').filter(key => key.endsWith('latest.json'))).toEqual([]);
  });

  test('requests without any label are a state of their own, and latest.json stays', async () => {
    reportOf('model-quality', [record('model-quality', 'labelled_share', 0)], { records: { ...labelled, labelled: 0 } });
    await publishOnly('model-quality');
    expect(details()).toMatchObject([{ status: 'NoGroundTruth', records: { captured: 9, labelled: 0 } }]);
    expect([stage.values('execution_no_data', 'model-quality'), stage.values('labelled_share', 'model-quality')]).toEqual([[0], [0]]);
    expect(stage.aws.s3.list('data').filter(key => key.endsWith('latest.json'))).toEqual([]);
  });

  test('a bias metric keeps the dimensions that tell its group, and a violation names it', async () => {
    const group = {
      [BiasDimension.STAGE]: 'Post-Training', [BiasDimension.LABEL]: 'approved', [BiasDimension.LABEL_VALUE]: '1',
      [BiasDimension.FACET]: 'sex', [BiasDimension.FACET_VALUE]: 'f',
    };
    reportOf('model-bias', [record('model-bias', 'bias_metric_DI', 0.61, group), record('model-bias', 'bias_metric_TE', -2.348543e108, group)], {
      records: labelled,
      violations: [{ facet: 'sex', facet_value: 'f', metric_name: 'DI', constraint_check_type: 'bias_check', description: 'd', explanation: 'approval of sex=f is 0.61 times' }],
    });
    await publishOnly('model-bias');
    const dimensions = { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-model-bias', ...group };
    expect(['DI', 'TE'].map(name => stage.aws.cloudWatch.data({ namespace: METRIC_NAMESPACES['model-bias'], metricName: `bias_metric_${name}`, dimensions })))
      .toMatchObject([[{ sum: 0.61 }], [{ sum: -(2 ** 360) }]]);
    expect(details()[1]).toMatchObject({ features: ['sex=f DI'], violations: 1 });
  });

  test('groups and labels above a threshold are published under a name that no data changes', async () => {
    const group = (label: string, facet: string) => ({ [BiasDimension.LABEL_VALUE]: label, [BiasDimension.FACET]: 'age', [BiasDimension.FACET_VALUE]: facet });
    reportOf('model-bias', [record('model-bias', 'bias_metric_DI', 0.61, group('(-0.5, 1e+20]', '(40.0, 93.0]'))], { records: labelled });
    await publishOnly('model-bias');
    const dimensions = { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-model-bias', ...group('above -0.5', 'above 40') };
    expect(stage.aws.cloudWatch.data({ namespace: METRIC_NAMESPACES['model-bias'], metricName: 'bias_metric_DI', dimensions })).toMatchObject([{ sum: 0.61 }]);
    expect(stage.values('bias_metric_DI', 'model-bias')).toEqual([]);
  });

  test('attributions are all published, also of features whose names look like other metrics', async () => {
    const shap = { ExplainabilityMethod: 'KernelShap', Label: 'label0', ValueType: 'GlobalShapValues' };
    reportOf('model-explainability', [
      record('model-explainability', 'feature_data_age', 0.3, shap), record('model-explainability', 'feature_zip_code', 0.2, shap),
      record('model-explainability', 'feature_attribution_ndcg', 0.86),
    ], { violations: [{ label: 'label0', metric_name: 'shap', constraint_check_type: 'feature_attribution_drift_check', description: 'd', explanation: 'zip_code 5th → 1st' }] });
    await publishOnly('model-explainability');
    const published = stage.aws.cloudWatch.metrics.filter(metric => metric.namespace === METRIC_NAMESPACES['model-explainability']).map(metric => metric.metricName);
    expect(published.sort()).toEqual(['execution_duration', 'execution_failed', 'execution_no_data', 'feature_attribution_ndcg', 'feature_data_age', 'feature_zip_code']);
    expect(details()[1]).toMatchObject({ status: 'CompletedWithViolations', features: ['label0'] });
  });

  test('a job that failed has failed for each of its monitors', async () => {
    const monitors = fullSchedule.monitors.slice(0, 3);
    stage.aws.s3.put('data', `${inputFolder}/config.json`, JSON.stringify({ schedule: { ...fullSchedule, monitors }, window }));
    end({ status: 'Failed', exitMessage: 'the label column is missing' });
    await handler.invoke(event());
    expect(monitors.map(({ type }) => stage.values('execution_failed', type))).toEqual([[1], [1], [1]]);
    expect(details()).toMatchObject(monitors.map(({ name }) => ({ monitor: name, status: 'Failed', failureReason: 'the label column is missing' })));
  });

  test('a violation of an unknown kind is refused by its place', async () => {
    reportOf('model-bias', [], { violations: [{ metric_name: 'DI', constraint_check_type: 'fairness', description: 'd', explanation: 'e' } as never] });
    await expect(publishOnly('model-bias')).rejects.toThrow(/summary\.json is not as expected:[^]*at violations\[0\]/);
  });
});
