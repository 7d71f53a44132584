import { MonitoringExecutionEnd } from '../../rehearsal/aws';
import { latestKey, reportFolder, result, schedule, summary } from '../lambda/stage';
import { Deployed } from './deployed';

const HOUR = 3_600_000;
const file = { violations: summary.violations };
const place = { outputUri: 's3://data/reports', endpointName: 'churn' };

let deployed: Deployed;
beforeEach(async () => {
  deployed = new Deployed();
  await deployed.open();
  deployed.cloud.deployManaged('churn-hourly-data-quality', 'data-quality', 'cron(0 * ? * * *)', place);
  deployed.cloud.deployManaged('churn-hourly-model-quality', 'model-quality', 'cron(0 0 ? * * *)', { ...place, groundTruthUri: 's3://data/labels/' });
});
afterEach(() => deployed.close());

/** An execution of an hour of the first of March, and what of it is known. */
function execute(name: string, hour: number, end?: MonitoringExecutionEnd): void {
  const { cloud } = deployed;
  const scheduled = new Date(Date.parse('2026-03-01T00:00:00Z') + hour * HOUR);
  cloud.now = new Date(scheduled.getTime() + HOUR / 6);
  const execution = cloud.managed.begin(name, scheduled)!;
  if (end?.status !== 'Failed') execution.processingJobArn = `arn:aws:sagemaker:eu-west-1:111122223333:processing-job/job-${hour}`;
  if (end !== undefined) cloud.managed.conclude(execution, end);
}

test('executions of a schedule of the managed service are shown as it tells them, the newest first, those without a job among them', async () => {
  execute('churn-hourly-data-quality', 6, { status: 'Completed' });
  execute('churn-hourly-data-quality', 7, { status: 'CompletedWithViolations' });
  execute('churn-hourly-data-quality', 8, { status: 'Failed', failureReason: 'Job inputs had no data' });
  execute('churn-hourly-model-quality', 24, { status: 'CompletedWithViolations' });
  execute('churn-hourly-data-quality', 25);
  deployed.cloud.put(`${reportFolder}/statistics.json`, { version: 0, dataset: { item_count: 120 }, features: [] });
  deployed.cloud.put(`${reportFolder}/constraint_violations.json`, file);
  deployed.cloud.put('reports/churn/churn-hourly-model-quality/2026/03/02/00/constraint_violations.json', { violations: file.violations.slice(0, 1) });

  const { status, stdout, stderr } = await deployed.run('executions', 'churn-hourly');

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.split('\n').filter(line => line.includes('UTC')).map(line => line.split('│').slice(1, -1).map(cell => cell.trim()));
  expect(lines).toEqual([
    ['2026-03-02 00:00 – 01:00 UTC', 'churn-hourly-data-quality', 'InProgress', '', '', 'job-25'],
    ['2026-03-01 00:00 – 2026-03-02 00:00 UTC', 'churn-hourly-model-quality', 'CompletedWithViolations', '', '1', 'job-24'],
    ['2026-03-01 07:00 – 08:00 UTC', 'churn-hourly-data-quality', 'Failed: Job inputs had no data', '', '', ''],
    ['2026-03-01 06:00 – 07:00 UTC', 'churn-hourly-data-quality', 'CompletedWithViolations', '120', '2', 'job-7'],
    ['2026-03-01 05:00 – 06:00 UTC', 'churn-hourly-data-quality', 'Completed', '', '0', 'job-6'],
  ]);
  const { stdout: newest } = await deployed.run('executions', 'churn-hourly', '--limit', '1', '--json');
  expect(JSON.parse(newest)).toEqual({ schedule: 'churn-hourly', executions: [{
    job: 'job-25', window: { start: '2026-03-02T00:00:00.000Z', end: '2026-03-02T01:00:00.000Z' }, monitor: 'churn-hourly-data-quality', status: 'InProgress',
  }] });
});

test('its newest violations are shown, monitor by monitor', async () => {
  deployed.cloud.put(latestKey, result);
  deployed.cloud.put(`${reportFolder}/constraint_violations.json`, file);

  const { status, stdout } = await deployed.run('violations', '--schedule', 'churn-hourly');

  expect(status).toBe(2);
  expect(stdout).toContain('churn-hourly-data-quality: CompletedWithViolations, 2026-03-01 06:00 – 07:00 UTC');
  expect(stdout).toContain(summary.violations[0]!.explanation);
  expect(stdout).toContain('churn-hourly-model-quality: no execution has ended yet\n');
});

test('its labels belong into the hour of their requests, which has to be told', async () => {
  deployed.line.write('labels.csv', 'a,1');
  const put = (...words: string[]) => deployed.run('ground-truth', 'put', 'labels.csv', '--schedule', 'churn-hourly', ...words);

  expect(await put()).toEqual({
    status: 1, stdout: '',
    stderr: 'error: the schedule churn-hourly is one of SageMaker Model Monitor, which looks for labels in the hour of their requests: give it with --collected-at\n',
  });
  expect(await put('--collected-at', '2026-02-01T09:30:00Z')).toMatchObject({ status: 0, stderr: '' });
  expect(deployed.cloud.s3.list('data')).toEqual([expect.stringMatching(/^labels\/2026\/02\/01\/09\/labels-[0-9a-f]{12}\.jsonl$/)]);
});

test('it cannot be asked for an execution', async () => {
  expect(await deployed.run('execute-now', 'churn-hourly')).toEqual({
    status: 1, stdout: '',
    stderr: 'error: the schedule churn-hourly is one of SageMaker Model Monitor, which begins its executions by itself: see them with model-monitor executions churn-hourly\n',
  });
});

test('who misspells a name is told of the schedules of both engines', async () => {
  deployed.cloud.deploy({ ...schedule, name: 'other' });

  expect(await deployed.run('executions', 'churn')).toEqual({
    status: 1, stdout: '', stderr: 'error: no schedule churn is deployed in eu-west-1: there are churn-hourly, other\n',
  });
});
