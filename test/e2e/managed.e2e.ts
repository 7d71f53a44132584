import { DescribeMonitoringScheduleCommand, ListMonitoringExecutionsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { FIRST_MODEL } from '../../sample/lending/generate';
import { ServedModel } from '../../sample/lending/served-model';
import { CdkCli } from './cdk-cli';
import { EmulatorProcess } from './emulator-process';
import { StackState } from './stack-state';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
const DEFINITIONS = ['DataQuality', 'ModelBias', 'ModelExplainability', 'ModelQuality'].map(monitor => `AWS::SageMaker::${monitor}JobDefinition`);
/** Long enough that an update and a deletion meet it. */
const EXECUTION_SECONDS = 15;

let emulator: EmulatorProcess;
let model: ServedModel;
let cdk: CdkCli;
const state = (): StackState => new StackState(emulator, 'Lending');

beforeAll(async () => {
  [emulator, model] = await Promise.all([EmulatorProcess.start(), ServedModel.start(FIRST_MODEL)]);
  await emulator.serve(model.invocations);
  cdk = new CdkCli(emulator, { stack: 'Lending', options: ['--app', `"${process.execPath}" --import tsx test/e2e/lending-app.ts`, '-c', 'engine=model-monitor'] });
});
afterAll(async () => {
  await Promise.all([emulator.stop(), model.stop()]);
});

// The tests follow one another: they are chapters of one stack's life.

test('the stock command line deploys the four monitors of the managed service', async () => {
  expect(await cdk.bootstrap()).toMatchObject({ code: 0 });
  expect(await cdk.deploy()).toMatchObject({ code: 0 });

  expect(await state().status()).toBe('CREATE_COMPLETE');
  expect(await statuses()).toEqual(['Scheduled', 'Scheduled', 'Scheduled', 'Scheduled']);
});

test('a tag makes the definitions anew; the update waits for the executions that run, and leaves the same schedules running', async () => {
  const [schedules, endpoints] = [await state().physicalIds(SCHEDULE), await state().physicalIds('AWS::SageMaker::Endpoint')];
  const definitions = await Promise.all(DEFINITIONS.map(type => state().physicalIds(type)));
  await emulator.execute(EXECUTION_SECONDS);

  expect(await cdk.deploy(undefined, ['--tags', 'cost-center=lending'])).toMatchObject({ code: 0 });

  expect(await state().status()).toBe('UPDATE_COMPLETE');
  expect(await state().physicalIds(SCHEDULE)).toEqual(schedules);
  expect(await state().physicalIds('AWS::SageMaker::Endpoint')).toEqual(endpoints);
  const anew = await Promise.all(DEFINITIONS.map(type => state().physicalIds(type)));
  anew.forEach(([definition], index) => { expect(definition).not.toBe(definitions[index]![0]); });
  expect(await statuses()).toEqual(['Scheduled', 'Scheduled', 'Scheduled', 'Scheduled']);
  expect(await running()).toBe(0);
});

test('cdk destroy waits for the executions that run, too', async () => {
  const gone = new StackState(emulator, await state().arn());
  await emulator.execute(EXECUTION_SECONDS);

  expect(await cdk.destroy()).toMatchObject({ code: 0 });

  expect(await gone.typesThatEndedAs('DELETE_FAILED')).toEqual([]);
  expect(await gone.physicalIds(SCHEDULE)).toEqual([]);
});

const client = (): SageMakerClient => new SageMakerClient(emulator.client);
const names = async (): Promise<string[]> => (await state().physicalIds(SCHEDULE)).map(arn => arn.split('/').at(-1)!);

async function statuses(): Promise<(string | undefined)[]> {
  return Promise.all((await names()).map(async name =>
    (await client().send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: name }))).MonitoringScheduleStatus));
}

/** Executions under way. */
async function running(): Promise<number> {
  const lists = await Promise.all((await names()).map(name => client().send(new ListMonitoringExecutionsCommand({ MonitoringScheduleName: name }))));
  return lists.flatMap(({ MonitoringExecutionSummaries = [] }) => MonitoringExecutionSummaries)
    .filter(({ MonitoringExecutionStatus }) => MonitoringExecutionStatus === 'InProgress').length;
}
