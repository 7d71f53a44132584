import { mkdtempSync } from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeMonitoringScheduleCommand, ListMonitoringExecutionsCommand, MonitoringExecutionSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { ScenarioDay } from '../../rehearsal/traffic/scenario';
import { DeployedLending, kindOf, SCENARIO, SEED } from './deployed-lending';
import { DeployedStack, Happenings } from './deployed-stack';
import { EmulatedModelMonitor } from './emulated-model-monitor';
import { StackState } from './stack-state';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LABEL_DELAY = 30 * DAY;
const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
const DEFINITIONS = ['DataQuality', 'ModelBias', 'ModelExplainability', 'ModelQuality'].map(monitor => `AWS::SageMaker::${monitor}JobDefinition`);
const [CALM, , INCOMES, WRONG, WOMEN, REGIONS] = SCENARIO.days as [ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay];
const PATIENCE = 480_000;
const LABELLED = ['model-bias', 'model-quality'];
/** The first is judged by its labels, the second without. */
const DAYS = [{ ...WOMEN, mislabel: WRONG.mislabel, alarms: [...WRONG.alarms, ...WOMEN.alarms] }, REGIONS];

let lending: DeployedLending;
let stack: DeployedStack;
let client: SageMakerClient;
let midnight: number;
let day: Happenings;

beforeAll(async () => {
  lending = await DeployedLending.start('-c', 'engine=model-monitor');
  client = new SageMakerClient(lending.emulator.client);
});
afterAll(async () => {
  await lending.stop();
});

// The tests follow one another: they are chapters of one stack's life.

test('the stock command line deploys the four monitors of the managed service', async () => {
  expect(await lending.deploy()).toMatchObject({ code: 0 });
  stack = await DeployedStack.open(lending.emulator, new EmulatedModelMonitor(lending.emulator));

  expect(await lending.state.status()).toBe('CREATE_COMPLETE');
  expect(await statuses()).toEqual(['Scheduled', 'Scheduled', 'Scheduled', 'Scheduled']);
  // Late enough that the hour before the last one of the day has not been analysed yet.
  midnight = Math.ceil(((await lending.emulator.now()).getTime() + 3 * HOUR) / DAY) * DAY;
});

test('at midnight the day is explained, and the day whose labels came 30 days later is judged: each raises its own alarms', async () => {
  const [labelled, asked] = await lending.traffic(...DAYS);
  const [late, yesterday] = [midnight - LABEL_DELAY - 2 * HOUR, midnight - 2 * HOUR];
  const files = lending.captured(labelled!, late);
  await stack.put([...files, ...lending.captured(asked!, yesterday)]);
  expect(lending.label(files, late)).toMatchObject({ code: 0 });

  day = await stack.passTo(new Date(midnight + HOUR / 2));

  expect(judged(day)).toEqual(['data-quality', 'model-bias', 'model-explainability', 'model-quality'].map(monitor => [monitor, 'CompletedWithViolations']));
  expect(ofDrift(day)).toEqual(DAYS.flatMap(({ alarms }) => alarms).sort());
});

test('an hour as any other raises nothing; in the next incomes are higher, and only their alarm is raised', async () => {
  const [calm, incomes] = await lending.traffic(CALM, INCOMES);
  await stack.put([...lending.captured(calm!, midnight), ...lending.captured(incomes!, midnight + HOUR)]);

  const [quiet, drifted] = [await stack.passTo(new Date(midnight + 1.5 * HOUR)), await stack.passTo(new Date(midnight + 2.5 * HOUR))];

  expect(judged(quiet)).toEqual([['data-quality', 'Completed']]);
  expect(ofDrift(quiet)).toEqual([]);
  expect(judged(drifted)).toEqual([['data-quality', 'CompletedWithViolations']]);
  expect(ofDrift(drifted)).toEqual(INCOMES.alarms);
});

test('executions are listed as the service does: hours without traffic have failed, the others point at their jobs', async () => {
  const [hourly] = (await names()).filter(name => name.endsWith('data-quality'));
  const [newest, before, ...others] = await executions(hourly!);

  expect([newest, before].map(execution => [execution?.MonitoringExecutionStatus, /data-quality-monitoring-\d{12}-/.test(execution?.ProcessingJobArn ?? '')]))
    .toEqual([['CompletedWithViolations', true], ['Completed', true]]);
  expect(others[0]).toMatchObject({ MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data' });
  expect(others[0]!.ProcessingJobArn).toBeUndefined();
});

test('the command line shows what was found', () => {
  const { DailyScheduleName: daily = '', HourlyScheduleName: hourly = '' } = lending.outputs;
  expect(lending.modelMonitor('violations', '--schedule', daily)).toMatchObject({ code: 2, output: expect.stringMatching(/accuracy[\s\S]*DI/) });
  expect(lending.modelMonitor('executions', hourly, '--limit', '1')).toMatchObject({ code: 0, output: expect.stringContaining('CompletedWithViolations') });
});

test('the rehearsal of the same template with the same traffic finds the same', async () => {
  const rehearsal = await rehearse({
    assembly: lending.cdk.assembly, output: mkdtempSync(path.join(lending.emulator.folder, 'rehearsal-')), invocations: lending.model.invocations,
    scenario: { ...SCENARIO, days: DAYS }, seed: SEED, observe: () => undefined,
    hours: 1, recordsPerHour: 1, quietHours: [], plan: { calmHours: 0, planted: [] },
  });

  expect(rehearsal.broken?.message).toBeUndefined();
  expect(rehearsal.days!.flatMap(({ raised }) => raised).sort()).toEqual(ofDrift(day));
  for (const result of day.results) {
    const kind = kindOf(result);
    const ofDays = rehearsal.hours.filter(({ monitor, status }) => kindOf({ monitor }) === kind && status.startsWith('Completed'));
    expect([kind, await stack.violations(result)]).toEqual([kind, ofDays[LABELLED.includes(kind) ? 0 : 1]?.violations]);
  }
});

test('a tag makes the definitions anew; the update waits for the executions that run, and leaves the same schedules running', async () => {
  const [schedules, endpoints] = [await lending.state.physicalIds(SCHEDULE), await lending.state.physicalIds('AWS::SageMaker::Endpoint')];
  const definitions = await Promise.all(DEFINITIONS.map(type => lending.state.physicalIds(type)));

  const [deployment] = await Promise.all([lending.cdk.deploy(undefined, ['--tags', 'cost-center=lending']), executeUntilStopped()]);

  expect(deployment).toMatchObject({ code: 0 });
  expect(await lending.state.status()).toBe('UPDATE_COMPLETE');
  expect(await lending.state.physicalIds(SCHEDULE)).toEqual(schedules);
  expect(await lending.state.physicalIds('AWS::SageMaker::Endpoint')).toEqual(endpoints);
  const anew = await Promise.all(DEFINITIONS.map(type => lending.state.physicalIds(type)));
  anew.forEach(([definition], index) => { expect(definition).not.toBe(definitions[index]![0]); });
  expect(await statuses()).toEqual(['Scheduled', 'Scheduled', 'Scheduled', 'Scheduled']);
});

test('cdk destroy waits for the executions that run, too', async () => {
  const gone = new StackState(lending.emulator, await lending.state.arn());

  const [destruction] = await Promise.all([lending.cdk.destroy(), executeUntilStopped()]);

  expect(destruction).toMatchObject({ code: 0 });
  expect(await gone.typesThatEndedAs('DELETE_FAILED')).toEqual([]);
  expect(await gone.physicalIds(SCHEDULE)).toEqual([]);
});

/** Has every schedule execute until its guard has stopped it. */
async function executeUntilStopped(): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  await Promise.all((await names()).map(async (name) => {
    const execution = await lending.emulator.beginExecution(name, await lending.emulator.now());
    while (await statusOf(name) !== 'Stopped') {
      if (Date.now() > deadline) throw new Error(`nobody has stopped ${name}`);
      await sleep(200);
    }
    await lending.emulator.concludeExecution(execution!, { status: 'Completed' });
  }));
}

async function names(): Promise<string[]> {
  return (await lending.state.physicalIds(SCHEDULE)).map(arn => arn.split('/').at(-1)!);
}

async function statuses(): Promise<(string | undefined)[]> {
  return Promise.all((await names()).map(statusOf));
}

async function statusOf(name: string): Promise<string | undefined> {
  return (await client.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: name }))).MonitoringScheduleStatus;
}

async function executions(name: string): Promise<MonitoringExecutionSummary[]> {
  return (await client.send(new ListMonitoringExecutionsCommand({ MonitoringScheduleName: name }))).MonitoringExecutionSummaries ?? [];
}

/** Alarms that were raised, but for what an hour without traffic raises: nobody tells of it, so that its execution seems overdue. */
function ofDrift({ raised }: Happenings): string[] {
  return raised.filter(name => !name.startsWith('execution_'));
}

/** Monitors that had something to analyse, and how that ended. */
function judged({ results }: Happenings): [monitor: string, status: string][] {
  return results.map((result): [string, string] => [kindOf(result), result.status]).sort();
}
