import { StartRequest, TransformSource } from '../../../lib/contract';
import { execution, fullSchedule, queued, schedule, window } from '../stage';
import { failed, handler, stage, succeeded } from './starter';

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
