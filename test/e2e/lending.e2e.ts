import { ScenarioDay } from '../../rehearsal/traffic/scenario';
import { DeployedLending, kindOf, SCENARIO } from './deployed-lending';
import { DeployedStack, Happenings } from './deployed-stack';
import { StackState } from './stack-state';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LABEL_DELAY = 30 * DAY;
const [, , INCOMES, WRONG, WOMEN, REGIONS] = SCENARIO.days as [ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay];

let lending: DeployedLending;
let stack: DeployedStack;
let midnight: number;

beforeAll(async () => {
  lending = await DeployedLending.start();
});
afterAll(async () => {
  await lending.stop();
});

// The tests follow one another: they are chapters of one stack's life.

test('the stock command line deploys all four monitors, and the deployment has made four baselines, one by asking the model', async () => {
  expect(await lending.deploy()).toMatchObject({ code: 0 });
  stack = await DeployedStack.open(lending.emulator);

  expect(await lending.state.status()).toBe('CREATE_COMPLETE');
  expect((await stack.jobs()).map(({ ProcessingJobStatus }) => ProcessingJobStatus)).toEqual(Array.from({ length: 4 }, () => 'Completed'));
  // Late enough that the hour before the last one of the day has not been analysed yet.
  midnight = Math.ceil(((await lending.emulator.now()).getTime() + 3 * HOUR) / DAY) * DAY;
});

test('at midnight the day is explained, and the day whose labels came 30 days later is judged: three alarms, each its own', async () => {
  const [wrongOfWomen, regions] = await lending.traffic({ ...WOMEN, mislabel: WRONG.mislabel }, REGIONS);
  await stack.put(lending.captured(regions!, midnight - 2 * HOUR));
  const asked = lending.captured(wrongOfWomen!, midnight - LABEL_DELAY - 2 * HOUR);
  await stack.put(asked);
  expect(lending.label(asked, midnight - HOUR)).toMatchObject({ code: 0 });

  const { results, raised } = await stack.passTo(new Date(midnight + HOUR / 2));

  expect(judged(results)).toEqual(['model-bias', 'model-explainability', 'model-quality', 'data-quality'].map(monitor => [monitor, 'CompletedWithViolations']));
  expect(raised.filter(name => !name.startsWith('execution_'))).toEqual([...WRONG.alarms, ...WOMEN.alarms, ...REGIONS.alarms].sort());
});

test('an hour later incomes are higher, and only their alarm is raised', async () => {
  const [incomes] = await lending.traffic(INCOMES);
  await stack.put(lending.captured(incomes!, midnight));

  const { results, raised } = await stack.passTo(new Date(midnight + 1.5 * HOUR));

  expect(judged(results)).toEqual([['data-quality', 'CompletedWithViolations']]);
  expect(raised).toEqual(INCOMES.alarms);
});

test('the command line shows what was found', () => {
  const { DailyScheduleName: daily = '', HourlyScheduleName: hourly = '' } = lending.outputs;
  expect(lending.modelMonitor('violations', '--schedule', daily)).toMatchObject({ code: 2, output: expect.stringMatching(/accuracy[\s\S]*DI/) });
  expect(lending.modelMonitor('executions', hourly, '--limit', '1')).toMatchObject({ code: 0, output: expect.stringContaining('CompletedWithViolations') });
});

test('a tag is put on in place: neither endpoint nor baselines are made again, and nothing is left to deploy', async () => {
  const endpoints = await lending.state.physicalIds('AWS::SageMaker::Endpoint');
  const jobs = (await stack.jobs()).length;

  expect(await lending.cdk.deploy(undefined, ['--tags', 'cost-center=lending'])).toMatchObject({ code: 0 });

  expect(await lending.state.status()).toBe('UPDATE_COMPLETE');
  expect(await lending.state.physicalIds('AWS::SageMaker::Endpoint')).toEqual(endpoints);
  expect(await stack.jobs()).toHaveLength(jobs);
  expect(await lending.cdk.diff()).toMatchObject({ code: 0 });
});

test('cdk destroy leaves the key, the buckets with what they hold and the flow logs of the network, and nothing else', async () => {
  const gone = new StackState(lending.emulator, await lending.state.arn());

  expect(await lending.cdk.destroy()).toMatchObject({ code: 0 });

  expect(await gone.typesThatEndedAs('DELETE_SKIPPED')).toEqual(['AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::Bucket', 'AWS::S3::Bucket']);
  expect(await gone.typesThatEndedAs('DELETE_FAILED')).toEqual([]);
});

/** Monitors that had something to analyse, all of it, and how that ended. */
function judged(results: Happenings['results']): [monitor: string, status: string][] {
  const analysed = results.filter(({ status }) => status !== 'NoData');
  expect(analysed.map(({ records }) => records.captured)).toEqual(analysed.map(() => SCENARIO.recordsPerHour));
  return analysed.sort((a, b) => a.monitor.localeCompare(b.monitor)).map(result => [kindOf(result), result.status]);
}
