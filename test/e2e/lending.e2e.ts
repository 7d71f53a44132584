import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DescribeEndpointCommand, DescribeEndpointConfigCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { CaptureFile } from '../../rehearsal/traffic/capture-file';
import { CaptureStream } from '../../rehearsal/traffic/capture-stream';
import { LocalModel } from '../../rehearsal/traffic/local-model';
import { readScenario, ScenarioDay } from '../../rehearsal/traffic/scenario';
import { scenarioTraffic } from '../../rehearsal/traffic/scenario-traffic';
import { FIRST_MODEL, VALIDATION_DATA } from '../../sample/lending/generate';
import { ServedModel } from '../../sample/lending/served-model';
import { CdkCli, CliResult } from './cdk-cli';
import { DeployedStack, Happenings } from './deployed-stack';
import { EmulatorProcess } from './emulator-process';
import { StackState } from './stack-state';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LABEL_DELAY = 30 * DAY;
const ROOT = path.join(__dirname, '../..');
const SCENARIO = readScenario(path.join(ROOT, 'sample/lending/scenario.json'));
const [, , INCOMES, WRONG, WOMEN, REGIONS] = SCENARIO.days as [ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay, ScenarioDay];
const FEATURES = ['credit_score', 'income', 'debt_ratio', 'age', 'zip_code', 'sex'];

let emulator: EmulatorProcess;
let model: ServedModel;
let cdk: CdkCli;
let stack: DeployedStack;
let outputs: Record<string, string>;
let captureUri: string;
let midnight: number;
const state = (): StackState => new StackState(emulator, 'Lending');

beforeAll(async () => {
  [emulator, model] = await Promise.all([EmulatorProcess.start(), ServedModel.start(FIRST_MODEL)]);
  await emulator.serve(model.invocations);
  cdk = new CdkCli(emulator, { stack: 'Lending', options: ['--app', `"${process.execPath}" --import tsx test/e2e/lending-app.ts`] });
});
afterAll(async () => {
  await Promise.all([emulator.stop(), model.stop()]);
});

// The tests follow one another: they are chapters of one stack's life.

test('the stock command line deploys all four monitors, and the deployment has made four baselines, one by asking the model', async () => {
  expect(await cdk.bootstrap()).toMatchObject({ code: 0 });
  const deployment = await cdk.deploy();
  expect(deployment).toMatchObject({ code: 0 });
  outputs = deployment.outputs;
  stack = await DeployedStack.open(emulator);

  expect(await state().status()).toBe('CREATE_COMPLETE');
  expect((await stack.jobs()).map(({ ProcessingJobStatus }) => ProcessingJobStatus)).toEqual(Array.from({ length: 4 }, () => 'Completed'));
  captureUri = await captureOfEndpoint();
  // Late enough that the hour before the last one of the day has not been analysed yet.
  midnight = Math.ceil(((await emulator.now()).getTime() + 3 * HOUR) / DAY) * DAY;
});

test('at midnight the day is explained, and the day whose labels came 30 days later is judged: three alarms, each its own', async () => {
  await deliver(midnight - 2 * HOUR, REGIONS);
  const asked = await deliver(midnight - LABEL_DELAY - 2 * HOUR, { ...WOMEN, mislabel: WRONG.mislabel });
  const labels = path.join(emulator.folder, 'labels.jsonl');
  writeFileSync(labels, asked.flatMap(file => file.labels).map(label => `${JSON.stringify(label)}\n`).join(''));
  const collected = new Date(midnight - HOUR).toISOString();
  expect(modelMonitor('ground-truth', 'put', labels, '--schedule', outputs.DailyScheduleName!, '--collected-at', collected)).toMatchObject({ code: 0 });

  const { results, raised } = await stack.passTo(new Date(midnight + HOUR / 2));

  expect(judged(results)).toEqual(['model-bias', 'model-explainability', 'model-quality', 'data-quality'].map(monitor => [monitor, 'CompletedWithViolations']));
  expect(raised.filter(name => !name.startsWith('execution_'))).toEqual([...WRONG.alarms, ...WOMEN.alarms, ...REGIONS.alarms].sort());
});

test('an hour later incomes are higher, and only their alarm is raised', async () => {
  await deliver(midnight, INCOMES);

  const { results, raised } = await stack.passTo(new Date(midnight + 1.5 * HOUR));

  expect(judged(results)).toEqual([['data-quality', 'CompletedWithViolations']]);
  expect(raised).toEqual(INCOMES.alarms);
});

test('the command line shows what was found', () => {
  expect(modelMonitor('violations', '--schedule', outputs.DailyScheduleName!)).toMatchObject({ code: 2, output: expect.stringMatching(/accuracy[\s\S]*DI/) });
  expect(modelMonitor('executions', outputs.HourlyScheduleName!, '--limit', '1')).toMatchObject({ code: 0, output: expect.stringContaining('CompletedWithViolations') });
});

test('a tag is put on in place: neither endpoint nor baselines are made again, and nothing is left to deploy', async () => {
  const endpoints = await state().physicalIds('AWS::SageMaker::Endpoint');
  const jobs = (await stack.jobs()).length;

  expect(await cdk.deploy(undefined, ['--tags', 'cost-center=lending'])).toMatchObject({ code: 0 });

  expect(await state().status()).toBe('UPDATE_COMPLETE');
  expect(await state().physicalIds('AWS::SageMaker::Endpoint')).toEqual(endpoints);
  expect(await stack.jobs()).toHaveLength(jobs);
  expect(await cdk.diff()).toMatchObject({ code: 0 });
});

test('cdk destroy leaves the key, the buckets with what they hold and the flow logs of the network, and nothing else', async () => {
  const gone = new StackState(emulator, await state().arn());

  expect(await cdk.destroy()).toMatchObject({ code: 0 });

  expect(await gone.typesThatEndedAs('DELETE_SKIPPED')).toEqual(['AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::Bucket', 'AWS::S3::Bucket']);
  expect(await gone.typesThatEndedAs('DELETE_FAILED')).toEqual([]);
});

/** Where the endpoint writes what it is asked. */
async function captureOfEndpoint(): Promise<string> {
  const sageMaker = new SageMakerClient(emulator.client);
  const { EndpointConfigName } = await sageMaker.send(new DescribeEndpointCommand({ EndpointName: outputs.EndpointName }));
  const { DataCaptureConfig } = await sageMaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
  return DataCaptureConfig?.DestinationS3Uri ?? '';
}

/** Puts the captures of one hour of a scenario's day where the endpoint would. */
async function deliver(start: number, day: ScenarioDay): Promise<CaptureFile[]> {
  const columns = { input: FEATURES, output: ['approved', 'probability'] };
  const source = { file: VALIDATION_DATA.file, format: { csv: { header: true } }, columns, label: 'creditworthy', model: new LocalModel(model.invocations) };
  const [traffic] = await scenarioTraffic({ ...SCENARIO, days: [day] }, source, 1);
  const files = new CaptureStream({
    traffic: traffic!, endpointName: outputs.EndpointName!, variantName: 'AllTraffic', start: new Date(start), hours: 1, seed: 1,
    settings: { destinationUri: captureUri, samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'] },
  }).closedBy(new Date(start + HOUR + 60_000));
  await Promise.all(files.map(({ uri, body }) => stack.put(uri, body)));
  return files;
}

/** Monitors that had something to analyse, all of it, and how that ended. */
function judged(results: Happenings['results']): [monitor: string, status: string][] {
  const analysed = results.filter(({ status }) => status !== 'NoData');
  expect(analysed.map(({ records }) => records.captured)).toEqual(analysed.map(() => SCENARIO.recordsPerHour));
  return analysed
    .sort((a, b) => a.monitor.localeCompare(b.monitor))
    .map(({ monitor, status }) => [/-((?:data|model)-\w+)$/.exec(monitor)?.[1] ?? monitor, status]);
}

function modelMonitor(...command: readonly string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'assets/cli/model-monitor.js'), ...command], {
    env: { PATH: process.env.PATH, ...emulator.environment }, encoding: 'utf8',
  });
  return { code: status ?? 1, output: stdout + stderr };
}
