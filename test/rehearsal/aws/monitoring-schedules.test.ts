import {
  DescribeMonitoringScheduleCommand, ListMonitoringExecutionsCommand, SageMakerClient, StartMonitoringScheduleCommand, StopMonitoringScheduleCommand,
} from '@aws-sdk/client-sagemaker';
import { LocalAws } from '../../../rehearsal/aws';

const MonitoringScheduleName = 'churn-data-quality';
let now: Date;
const aws = new LocalAws({ account: '111122223333', region: 'eu-west-1', partition: 'aws', clock: () => now });
const schedules = aws.sageMaker.monitoringSchedules;
let client: SageMakerClient;

beforeAll(async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new SageMakerClient({ endpoint: await aws.listen(), region: 'eu-west-1', credentials, maxAttempts: 1 });
});
beforeEach(() => {
  now = new Date('2026-03-01T06:30:00Z');
  schedules.create(MonitoringScheduleName, { MonitoringType: 'DataQuality' });
  later(60);
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}
const describeIt = () => client.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName }));
const status = async (): Promise<string | undefined> => (await describeIt()).MonitoringScheduleStatus;
const stop = (): Promise<unknown> => client.send(new StopMonitoringScheduleCommand({ MonitoringScheduleName }));
const start = (): Promise<unknown> => client.send(new StartMonitoringScheduleCommand({ MonitoringScheduleName }));

test('what is asked of a schedule takes a moment, in which nothing else may be asked', async () => {
  expect(await status()).toBe('Scheduled');
  await stop();
  expect(await status()).toBe('Pending');
  await expect(start()).rejects.toThrow('Monitoring schedule in status Pending');
  later(30);
  expect(await status()).toBe('Stopped');
  await start();
  later(30);
  expect(await status()).toBe('Scheduled');
});

test('a schedule that is stopped or pending begins nothing, and one that executes begins no second execution', async () => {
  const execution = schedules.begin(MonitoringScheduleName, now)!;
  expect(schedules.begin(MonitoringScheduleName, now)).toBeUndefined();
  schedules.conclude(execution, { status: 'Completed' });
  await stop();
  expect(schedules.begin(MonitoringScheduleName, now)).toBeUndefined();
  later(30);
  expect(schedules.begin(MonitoringScheduleName, now)).toBeUndefined();
});

test('executions are listed newest first, with how they ended', async () => {
  const first = schedules.begin(MonitoringScheduleName, new Date('2026-03-01T07:00:00Z'))!;
  first.processingJobArn = 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/first';
  schedules.conclude(first, { status: 'CompletedWithViolations' });
  const second = schedules.begin(MonitoringScheduleName, new Date('2026-03-01T08:00:00Z'))!;
  const newest = new ListMonitoringExecutionsCommand({ MonitoringScheduleName, SortBy: 'ScheduledTime' });
  const list = async () => (await client.send(newest)).MonitoringExecutionSummaries!;
  expect((await list()).map(({ MonitoringExecutionStatus }) => MonitoringExecutionStatus)).toEqual(['InProgress', 'CompletedWithViolations']);
  schedules.conclude(second, { status: 'Failed', failureReason: 'Job inputs had no data' });
  expect(await list()).toMatchObject([
    { MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data', ScheduledTime: new Date('2026-03-01T08:00:00Z') },
    { MonitoringExecutionStatus: 'CompletedWithViolations', ProcessingJobArn: first.processingJobArn },
  ]);
  expect((await describeIt()).LastMonitoringExecutionSummary).toMatchObject({ MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data' });
});

test('a schedule of another name is not found', async () => {
  await expect(client.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: 'other' }))).rejects.toMatchObject({ name: 'ResourceNotFound' });
});
