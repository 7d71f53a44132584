import { StartRequest } from '../../lib/contract';
import { HandlerProcess } from '../lambda/handler-process';
import { execution, fullSchedule, schedule, Stage, window } from '../lambda/stage';
import { Deployed } from './deployed';

let deployed: Deployed;
beforeEach(async () => {
  deployed = new Deployed();
  await deployed.open();
  deployed.cloud.deploy(schedule);
});
afterEach(() => deployed.close());

const end = '2026-03-01T07:00:00Z';
/** Has something captured in an hour, `yyyy/mm/dd/hh`. */
const capture = (hour: string): void => { deployed.cloud.put(`capture/churn/AllTraffic/${hour}/10-00-000-a.jsonl`, {}); };
const execute = (...words: string[]) => deployed.run('execute-now', 'churn-hourly', ...words);

test('puts into the queue what the Scheduler would, and the handler starts the jobs that were told of', async () => {
  capture('2026/03/01/06');
  const { status, stdout, stderr } = await execute('--end', end, '--json');

  expect({ status, stderr, stdout: JSON.parse(stdout) as unknown }).toEqual({ status: 0, stderr: '', stdout: { schedule: 'churn-hourly', window, jobs: [execution] } });
  const request: StartRequest = { scheduledTime: new Date(end).toISOString(), schedule };
  expect(deployed.cloud.messages).toEqual([{ queueUrl: 'https://sqs.example/111122223333/start-of-executions', body: request }]);

  const stage = new Stage();
  await stage.open();
  stage.aws.s3.put('data', 'capture/churn/AllTraffic/2026/03/01/06/10-00-000-a.jsonl', '{}');
  const handler: HandlerProcess = stage.start('start-monitoring-execution');
  await handler.invoke({ Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(deployed.cloud.messages[0]?.body) }] });
  expect([...stage.aws.sageMaker.jobs.byName.keys()]).toEqual([execution]);
  await stage.close();
});

test('the last full hour ends the window unless told otherwise; both jobs of a schedule are told of', async () => {
  deployed.cloud.schedules.clear();
  deployed.cloud.deploy(fullSchedule);
  const hour = (time: number): string => new Date(Math.floor(time / 3_600_000) * 3_600_000).toISOString();
  const before = hour(Date.now());
  // The hour may end meanwhile.
  for (const hours of [0, 1]) capture(new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 13).replace(/[-T]/g, '/'));

  const { stdout } = await execute();

  const { scheduledTime } = deployed.cloud.messages[0]?.body as StartRequest;
  expect([before, hour(Date.now())]).toContain(scheduledTime);
  for (const { namePrefix } of [fullSchedule.job, fullSchedule.explanationJob!]) {
    expect(stdout).toContain(`${namePrefix}-${scheduledTime.slice(0, 13).replace(/[-T]/g, '')}-1`);
  }
});

test('each window of a span is asked for, oldest first, but for those that have a job, and those without captures', async () => {
  deployed.cloud.jobs.push({ ProcessingJobName: execution, ProcessingJobStatus: 'Completed', CreationTime: 0 });
  for (const hour of ['05', '07']) capture(`2026/03/01/${hour}`);

  const { status, stdout } = await execute('--start', '2026-03-01T05:00:00Z', '--end', '2026-03-01T09:00:00Z');

  expect(status).toBe(0);
  expect(stdout.split('\n').slice(0, 5)).toEqual([
    'asked for 2 of 4 windows',
    '2026-03-01 05:00 – 06:00 UTC   churn-hourly-1a2b3c4d-2026030106-1',
    '2026-03-01 07:00 – 08:00 UTC   churn-hourly-1a2b3c4d-2026030108-1',
    `2026-03-01 06:00 – 07:00 UTC   was executed before, by the job ${execution} (Completed)`,
    '2026-03-01 08:00 – 09:00 UTC   holds nothing that was captured',
  ]);
  expect(deployed.cloud.messages.map(({ body }) => (body as StartRequest).scheduledTime)).toEqual(['2026-03-01T06:00:00.000Z', '2026-03-01T08:00:00.000Z']);
});

test.each([
  ['a window', ['--end', end], 'nothing was captured from 2026-03-01T06:00:00.000Z to 2026-03-01T07:00:00.000Z below s3://data/capture/churn/AllTraffic/: '
  + 'choose another window with --end, or see whether the model was asked, and captures'],
  ['a span', ['--start', '2026-03-01T05:00:00Z', '--end', end], 'nothing was captured from 2026-03-01T05:00:00.000Z to 2026-03-01T07:00:00.000Z below '
  + 's3://data/capture/churn/AllTraffic/: choose another span, or see whether the model was asked, and captures'],
])('%s without captures is refused', async (_, words, message) => {
  capture('2026/03/01/08');

  expect(await execute(...words)).toEqual({ status: 1, stdout: '', stderr: `error: ${message}\n` });
  expect(deployed.cloud.messages).toEqual([]);
});

test('who may not look at the captures is let through', async () => {
  deployed.cloud.schedules.clear();
  deployed.cloud.deploy({ ...schedule, capture: { ...schedule.capture, bucketOwner: '999999999999' } });

  expect(await execute('--end', end)).toMatchObject({ status: 0, stderr: '' });
  expect(deployed.cloud.messages).toHaveLength(1);
});

test('a span is told of as JSON, for machines', async () => {
  capture('2026/03/01/06');
  const { stdout } = await execute('--start', window.start, '--end', end, '--json');

  expect(JSON.parse(stdout)).toEqual({ schedule: 'churn-hourly', asked: [{ schedule: 'churn-hourly', window, jobs: [execution] }], skipped: [], empty: [] });
});

test('the window of transform jobs is asked for when they have ended', async () => {
  deployed.cloud.schedules.clear();
  const transform = { inputUri: 's3://data/in', encoding: 'CSV', joinsInput: false, longestHours: 3 } as const;
  deployed.cloud.deploy({ ...schedule, capture: { uri: 's3://data/captures', transform } });
  deployed.cloud.put('captures/input/2026/03/01/06/job.json', [{ prefix: 's3://data/in/' }, 'a.csv']);

  const { stdout } = await execute('--end', end, '--json');

  expect(JSON.parse(stdout)).toMatchObject({ window, jobs: [execution] });
  expect((deployed.cloud.messages[0]?.body as StartRequest).scheduledTime).toBe('2026-03-01T10:00:00.000Z');
});

test.each([
  ['a span that begins with its end', ['--start', end, '--end', end], '--start 2026-03-01T07:00:00.000Z is not before the end 2026-03-01T07:00:00.000Z'],
  ['a span of parts of windows', ['--start', '2026-03-01T02:00:00Z', '--end', end],
    'from --start 2026-03-01T02:00:00.000Z to 2026-03-01T07:00:00.000Z are parts of windows: each is 2 h'],
  ['a long span', ['--start', '2026-02-01T01:00:00Z', '--end', end],
    'from --start 2026-02-01T01:00:00.000Z to 2026-03-01T07:00:00.000Z are 339 windows, at most 48 are asked for at once: take them in parts'],
])('%s is refused', async (_, words, message) => {
  deployed.cloud.schedules.clear();
  deployed.cloud.deploy({ ...schedule, cadenceHours: 2 });

  expect(await execute(...words)).toEqual({ status: 1, stdout: '', stderr: `error: ${message}\n` });
  expect(deployed.cloud.messages).toEqual([]);
});

test.each([
  ['a window that has a job', ['--end', end], `this window was executed before, by the job ${execution} (Failed): choose another with --end`],
  ['part of an hour', ['--end', '2026-03-01T07:10:00Z'], '--end 2026-03-01T07:10:00.000Z is no whole hour, and windows are whole hours'],
  ['the future', ['--end', '2999-01-01T00:00:00Z'], '--end 2999-01-01T00:00:00.000Z is still to come'],
])('%s is refused, and nothing is put into the queue', async (_, words, message) => {
  deployed.cloud.jobs.push({ ProcessingJobName: execution, ProcessingJobStatus: 'Failed', CreationTime: 0 });

  expect(await execute(...words)).toEqual({ status: 1, stdout: '', stderr: `error: ${message}\n` });
  expect(deployed.cloud.messages).toEqual([]);
});
