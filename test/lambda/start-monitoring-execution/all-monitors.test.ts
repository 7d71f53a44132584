import { MONITOR_TYPES, MonitorType, StartRequest } from '../../../lib/contract';
import { AccessDeniedError } from '../../../rehearsal/aws';
import { execution, fullSchedule, inputFolder, otherMonitors, queued, schedule, window } from '../stage';
import { capture, failed, handler, request, stage, succeeded } from './starter';

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
