import { StartRequest } from '../../../lib/contract';
import { execution, queued, schedule } from '../stage';
import { failed, handler, request, stage, succeeded } from './starter';

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
