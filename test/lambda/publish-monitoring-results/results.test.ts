import { latestKey, reportFolder, result, summary, window } from '../stage';
import { end, event, records, report } from './own-execution';
import { handler, stage, types } from './publisher';

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

test('a report that is missing or broken is named, and nothing is published', async () => {
  end();
  await expect(handler.invoke(event())).rejects.toThrow(`s3://data/${reportFolder}/summary.json does not exist`);
  report(['{"MetricName":1}']);
  await expect(handler.invoke(event())).rejects.toThrow(/line 1 of .*metrics\.jsonl is not as expected:[^]*expected string, received number/);
  expect(stage.aws.cloudWatch.metrics).toEqual([]);
});
