import { HandlerProcess } from './handler-process';
import { MonitoringSchedules } from './monitoring-schedules';
import { Stage } from './stage';

const NAME = 'churn-data-quality';

let stage: Stage;
let handler: HandlerProcess;
let schedule: MonitoringSchedules;
beforeAll(async () => {
  stage = new Stage();
  await stage.open();
  handler = stage.start('guard-monitoring-schedule');
});
beforeEach(() => {
  schedule = new MonitoringSchedules(NAME);
  Object.assign(stage.aws.sageMaker.operations, schedule.operations);
  stage.aws.calls.length = 0;
});
afterAll(() => stage.close());

type RequestType = 'Create' | 'Update' | 'Delete';
type Moment = 'before' | 'after';

/** The event as the CDK's provider framework hands it over. */
const event = (RequestType: RequestType, moment: Moment, scheduleName = NAME) => ({
  RequestType,
  ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:provider',
  ResponseURL: 'https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/x',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Churn/1',
  RequestId: '5d5b5f9c',
  LogicalResourceId: 'ScheduleEngineGuard',
  ResourceType: 'Custom::ModelMonitorScheduleGuard',
  ...RequestType !== 'Create' && { PhysicalResourceId: `${NAME}-${moment}` },
  ...RequestType === 'Update' && { OldResourceProperties: { ServiceToken: 'arn', scheduleName: NAME, moment, jobDefinition: 'old' } },
  ResourceProperties: { ServiceToken: 'arn', scheduleName, moment, jobDefinition: 'new', expression: 'cron(0 * ? * * *)' },
});
const ask = async (type: RequestType, moment: Moment): Promise<boolean> =>
  (await handler.invoke(event(type, moment), { entry: 'isComplete' }) as { IsComplete: boolean }).IsComplete;
/** What was asked of the service besides how things are. */
const changes = (): string[] => stage.aws.calls.map(({ operation }) => operation).filter(name => /^(Start|Stop)/.test(name));

test('before an update, the schedule is stopped until its execution has ended, and then started again', async () => {
  schedule.executions = ['InProgress', 'Completed'];
  expect(await ask('Update', 'before')).toBe(false);
  expect(changes()).toEqual(['StopMonitoringSchedule']);
  expect(await ask('Update', 'before')).toBe(false);
  expect(await ask('Update', 'before')).toBe(false);
  schedule.executions = ['CompletedWithViolations', 'Completed'];
  expect(await ask('Update', 'before')).toBe(false);
  expect(await ask('Update', 'before')).toBe(false);
  expect(changes()).toEqual(['StopMonitoringSchedule', 'StartMonitoringSchedule']);
  expect(await ask('Update', 'before')).toBe(true);
  expect(schedule.status).toBe('Scheduled');
});

test.each(['Pending', 'InProgress', 'Stopping'])('an execution that is %s is waited for', async (status) => {
  schedule.status = 'Stopped';
  schedule.executions = ['Failed', status];
  expect(await ask('Update', 'before')).toBe(false);
  expect(await ask('Delete', 'after')).toBe(false);
  expect(changes()).toEqual([]);
});

test('before an update, a schedule at rest is left alone', async () => {
  schedule.executions = ['Completed', 'Failed', 'Stopped'];
  expect(await ask('Update', 'before')).toBe(true);
  expect(changes()).toEqual([]);
});

test('after an update that left it stopped, the schedule is started', async () => {
  schedule.status = 'Stopped';
  expect(await ask('Update', 'after')).toBe(false);
  expect(await ask('Update', 'after')).toBe(false);
  expect(await ask('Update', 'after')).toBe(true);
  expect(changes()).toEqual(['StartMonitoringSchedule']);
});

test('after its creation, the schedule is waited for while it is pending', async () => {
  schedule.status = 'Pending';
  expect(await ask('Create', 'after')).toBe(false);
  schedule.status = 'Scheduled';
  expect(await ask('Create', 'after')).toBe(true);
  expect(changes()).toEqual([]);
});

test('a schedule that failed fails the deployment, with the service\'s reason', async () => {
  schedule.status = 'Failed';
  schedule.failureReason = 'No data capture on endpoint churn';
  await expect(ask('Create', 'after')).rejects.toThrow(`monitoring schedule ${NAME} has failed: No data capture on endpoint churn`);
  schedule.failureReason = undefined;
  await expect(ask('Update', 'after')).rejects.toThrow(`monitoring schedule ${NAME} has failed: SageMaker gives no reason`);
});

test('a schedule that failed can be updated and deleted', async () => {
  schedule.status = 'Failed';
  expect(await ask('Update', 'before')).toBe(true);
  expect(await ask('Delete', 'after')).toBe(true);
  expect(changes()).toEqual([]);
});

test('before a deletion, the schedule is stopped for good, and its execution is waited for', async () => {
  schedule.executions = ['InProgress'];
  expect(await ask('Delete', 'after')).toBe(false);
  expect(await ask('Delete', 'after')).toBe(false);
  expect(await ask('Delete', 'after')).toBe(false);
  schedule.executions = ['Completed'];
  expect(await ask('Delete', 'after')).toBe(true);
  expect(changes()).toEqual(['StopMonitoringSchedule']);
  expect(schedule.status).toBe('Stopped');
});

test.each<[RequestType, Moment]>([['Create', 'before'], ['Delete', 'before']])('%s of the guard %s asks nothing', async (type, moment) => {
  expect(await ask(type, moment)).toBe(true);
  expect(stage.aws.calls).toEqual([]);
});

test.each<[RequestType, Moment]>([['Update', 'before'], ['Update', 'after'], ['Delete', 'after']])('%s of the guard %s is done when there is no schedule', async (type, moment) => {
  const answer = await handler.invoke(event(type, moment, 'gone'), { entry: 'isComplete' });
  expect(answer).toEqual({ IsComplete: true });
  expect(changes()).toEqual([]);
});

test('a schedule of another name has another guard, and a deletion names the guard that was', async () => {
  const onEvent = (...parameters: Parameters<typeof event>) => handler.invoke(event(...parameters), { entry: 'onEvent' });
  expect(await onEvent('Create', 'before')).toEqual({ PhysicalResourceId: `${NAME}-before` });
  expect(await onEvent('Update', 'after', 'renamed')).toEqual({ PhysicalResourceId: 'renamed-after' });
  expect(await onEvent('Delete', 'after', 'renamed')).toEqual({ PhysicalResourceId: `${NAME}-after` });
  expect(stage.aws.calls).toEqual([]);
});

test('properties that make no sense are told by name', async () => {
  const bad = { ...event('Update', 'before'), ResourceProperties: { scheduleName: '', moment: 'while' } };
  await expect(handler.invoke(bad, { entry: 'isComplete' })).rejects.toThrow(/the guard of a schedule is not as expected:[^]*at scheduleName[^]*at moment/);
});
