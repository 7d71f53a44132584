import { execution, fullSchedule, inputFolder, otherMonitors, queued, schedule, window } from '../stage';
import { capture, failed, handler, request, stage, succeeded } from './starter';

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
