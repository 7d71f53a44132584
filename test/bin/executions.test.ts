import { ExecutionSummary } from '../../lib/contract';
import { fullSchedule, reportFolder, schedule, summary } from '../lambda/stage';
import { Deployed } from './deployed';

let deployed: Deployed;
beforeEach(async () => {
  deployed = new Deployed();
  await deployed.open();
  deployed.cloud.deploy(schedule);
});
afterEach(() => deployed.close());

const job = (hour: string, ProcessingJobStatus: string, ExitMessage?: string, prefix = schedule.job.namePrefix) => deployed.cloud.jobs.push({
  ProcessingJobName: `${prefix}-20260301${hour}-1`, ProcessingJobStatus, CreationTime: Date.parse(`2026-03-01T${hour}:10:00Z`) / 1000, ...(ExitMessage !== undefined && { ExitMessage }),
});
const clean: ExecutionSummary = { ...summary, violations: [] };
const folder = (hour: string): string => `${reportFolder.slice(0, -2)}${hour}`;

test('shows window, status, rows and violations of each job, the newest first', async () => {
  job('09', 'InProgress');
  job('08', 'Failed', 'no baseline');
  job('07', 'Completed');
  job('06', 'Completed');
  job('05', 'Completed', undefined, `not-${schedule.job.namePrefix}`);
  deployed.cloud.put(`${folder('07')}/summary.json`, summary);
  deployed.cloud.put(`${folder('06')}/summary.json`, clean);

  const { status, stdout, stderr } = await deployed.run('executions', 'churn-hourly');

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.split('\n').filter(line => line.includes('2026-03-01')).map(line => line.split('│').slice(1, -1).map(cell => cell.trim()));
  const of = (from: string, to: string, ...rest: string[]): string[] => [
    `2026-03-01 ${from}:00 – ${to}:00 UTC`, 'churn-hourly-data-quality', ...rest, `${schedule.job.namePrefix}-20260301${to}-1`,
  ];
  expect(lines).toEqual([
    of('08', '09', 'InProgress', '', ''), of('07', '08', 'Failed: no baseline', '', ''),
    of('06', '07', 'CompletedWithViolations', '120', '2'), of('05', '06', 'Completed', '120', '0'),
  ]);
});

test('--json prints them, the job that explains among them, each monitor with its own', async () => {
  deployed.cloud.schedules.clear();
  deployed.cloud.deploy(fullSchedule);
  job('07', 'Completed');
  job('07', 'Stopped', undefined, fullSchedule.explanationJob?.namePrefix);
  deployed.cloud.put(`${folder('07')}/summary.json`, clean);

  const { status, stdout } = await deployed.run('executions', 'churn-hourly', '--json');

  expect(status).toBe(0);
  const { executions } = JSON.parse(stdout) as { executions: { monitor: string; status: string; rows?: number }[] };
  expect(executions.map(({ monitor, status: ended, rows }) => [monitor.replace('churn-hourly-', ''), ended, rows])).toEqual([
    ['data-quality', 'Completed', 120], ['model-quality', 'Completed', undefined], ['model-bias', 'Completed', undefined], ['model-explainability', 'Stopped', undefined],
  ]);
});

test('--limit shows so many jobs, over the pages that it takes', async () => {
  for (let day = 0; day < 130; day++) job(String(23 - day % 24).padStart(2, '0'), 'Stopped');

  const shown = async (limit: string): Promise<number> => {
    const { stdout } = await deployed.run('executions', 'churn-hourly', '--limit', limit, '--json');
    return (JSON.parse(stdout) as { executions: unknown[] }).executions.length;
  };

  expect([await shown('3'), await shown('120')]).toEqual([3, 120]);
});

test('none yet', async () => {
  expect(await deployed.run('executions', 'churn-hourly')).toEqual({ status: 0, stdout: 'no execution has been started yet\n', stderr: '' });
});

test('a schedule that is not deployed is refused', async () => {
  expect(await deployed.run('executions', 'churn')).toEqual({
    status: 1, stdout: '', stderr: 'error: no schedule churn is deployed in eu-west-1: there are churn-hourly\n',
  });
});
