import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import path from 'node:path';
import { MonitoringEngine } from '../../lib';
import { CaptureRecord } from '../../lib/contract';
import { ModelEndpoint } from '../../rehearsal/player/model-endpoint';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { RehearsalOptions } from '../../rehearsal/player/rehearsal-options';
import { Stage } from '../../rehearsal/player/stage';
import { LocalModel } from '../../rehearsal/traffic/local-model';
import { readScenario, Scenario } from '../../rehearsal/traffic/scenario';
import { FIRST_MODEL } from '../../sample/lending/generate';
import { LendingStack } from '../../sample/lending/lending-stack';
import { ServedModel } from '../../sample/lending/served-model';
import { MutableTemplate, StackAssembly } from './sample-assembly';

const SCENARIO = readScenario(path.join(__dirname, '../../sample/lending/scenario.json'));
/** Everything once: the shortest play in which every monitor has something to analyse. */
const CALM_DAY: Scenario = { ...SCENARIO, recordsPerHour: 300, days: SCENARIO.days.slice(0, 1) };

const assembly = new StackAssembly(app => new LendingStack(app, 'Lending'));
const managed = new StackAssembly(app => new LendingStack(app, 'Lending', { engine: MonitoringEngine.modelMonitor() }));
let model: ServedModel;

beforeAll(async () => {
  model = await ServedModel.start(FIRST_MODEL);
});

afterAll(async () => {
  assembly.remove();
  managed.remove();
  await model.stop();
});

async function play(options: Partial<RehearsalOptions> = {}): Promise<RehearsalOutcome> {
  return rehearse({
    assembly: assembly.folder, output: assembly.newFolder(), hours: 1, recordsPerHour: 1, seed: 1, quietHours: [],
    plan: { calmHours: 0, planted: [] },
    scenario: CALM_DAY, invocations: model.invocations, observe: () => undefined, ...options,
  });
}

/** Takes an action on what has a word in its name away from the policies whose logical ids match. */
function without(template: MutableTemplate, policies: RegExp, action: string, word: string): void {
  const isMeant = (part: unknown): boolean => JSON.stringify(part).includes(word);
  const statements = Object.entries(template.Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && policies.test(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: unknown; Resource: unknown }[])
    .filter(statement => [statement.Action].flat().includes(action) && isMeant(statement.Resource));
  expect(statements).not.toEqual([]);
  for (const statement of statements) {
    const rest = [statement.Resource].flat().filter(resource => !isMeant(resource));
    statement.Resource = rest.length > 0 ? rest : 'arn:aws:s3:::nothing';
  }
}

test('four drifts raise their own alarms, each once, and calm days raise none; explanations of the model appear in no monitor', async () => {
  const outcome = await play({ scenario: SCENARIO });

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.days!.map(({ raised }) => raised)).toEqual([[], [], ['feature_baseline_drift_income'], ['accuracy'], ['bias_metric_DI'], ['feature_attribution_ndcg', 'violations']]);
  const ownMetrics = outcome.alarms.flatMap(({ metricName }) => metricName ?? []);
  expect(ownMetrics).toHaveLength(5);
  expect(outcome.alarms.length).toBeGreaterThan(ownMetrics.length);
  expect(outcome.notPlayed.filter(what => what.startsWith('alarm on silence, where hours are skipped: '))).toHaveLength(2);
  const accuracy = outcome.alarms.find(({ metricName }) => metricName === 'accuracy')!;
  expect(accuracy.time.toISOString().slice(0, 10)).toBe('2026-02-09');
  expect(Number(/accuracy \[(0\.\d+)/.exec(accuracy.reason)![1])).toBeCloseTo(0.72, 1);
  const analysed = outcome.hours.filter(({ status }) => status.startsWith('Completed'));
  expect(analysed).toHaveLength(4 * SCENARIO.days.length);
  expect(new Set(analysed.map(({ captured }) => captured))).toEqual(new Set([SCENARIO.recordsPerHour]));
  expect(outcome.calls.allowed).toBe(outcome.calls.made);
});

test('behind the managed service the same drifts raise the same alarms', async () => {
  const outcome = await play({ assembly: managed.folder, scenario: { ...SCENARIO, days: SCENARIO.days.slice(2) } });

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.days!.map(({ raised }) => raised)).toEqual([['feature_baseline_drift_income'], ['accuracy'], ['bias_metric_DI'], ['feature_attribution_ndcg', 'violations']]);
  expect(outcome.notPlayed.filter(what => what.includes('which Model Monitor does not measure'))).toEqual([]);
  const accuracy = outcome.alarms.find(({ metricName }) => metricName === 'accuracy')!;
  expect(accuracy.time.toISOString().slice(0, 10)).toBe('2026-02-07');
  const quality = outcome.hours.filter(({ monitor }) => monitor.endsWith('model-quality'));
  expect(quality.map(({ captured, window }) => [captured, window.start.slice(0, 10)])).toEqual(['06', '07', '08', '09'].map(day => [SCENARIO.recordsPerHour, `2026-01-${day}`]));
  expect(outcome.calls.allowed).toBe(outcome.calls.made);
});

test.each<[string, (template: MutableTemplate) => void, RegExp]>([
  ['labels may not be merged into captures',
    (template) => { without(template, /^DailyJobRole/, 's3:PutObject', '/merge/*'); },
    /^Processing job groundtruth-merge-202602060000-\w{24} → S3: .*DailyJobRole.* s3:PutObject on \S+\/merge\/Lending-Endpoint/s],
  ['Clarify may not copy the endpoint',
    (template) => { without(template, /^DailyExplanationJobRole/, 'sagemaker:CreateEndpoint', 'sm-clarify-'); },
    /^Processing job model-explainability-monitoring-\S+ → copy of the endpoint: .*CreateEndpointConfig on \S+:endpoint-config\/sm-clarify-/s],
])('behind the managed service, %s: the loop is broken at that arrow', async (_, mutate, arrow) => {
  const { broken } = await play({ assembly: managed.mutated(mutate) });

  expect(`${broken?.arrow}: ${broken?.reason}`).toMatch(arrow);
});

test.each<[string, (template: MutableTemplate) => void, RegExp]>([
  ['the job may not read the ground truth',
    (template) => { without(template, /^DailyJobRole/, 's3:GetObject', '"GroundTruth'); },
    /^Processing job lending-daily-.* → S3: .*s3:GetObject.*ground-?truth/is],
  ['the handler may not list the ground truth',
    (template) => { without(template, /^(?!DailyJobRole)/, 's3:ListBucket', '"GroundTruth'); },
    /^start-monitoring-execution → s3: .*s3:ListBucket.*ground-?truth/is],
  ['the job that explains may not ask the endpoint',
    (template) => { without(template, /^DailyExplanationJobRole/, 'sagemaker:InvokeEndpoint', '"Endpoint'); },
    /^Processing job lending-daily-.* → endpoint: .*sagemaker:InvokeEndpoint/s],
])('%s: the loop is broken at that arrow', async (_, mutate, arrow) => {
  const { broken } = await play({ assembly: assembly.mutated(mutate) });

  expect(`${broken?.arrow}: ${broken?.reason}`).toMatch(arrow);
});

test('without a model in service the job that asks it says what to do', async () => {
  const { broken } = await play({ invocations: undefined });

  expect(broken?.arrow).toMatch(/^Processing job lending-at.* → endpoint$/);
  expect(broken?.reason).toMatch(/^the job asks the model, and none serves: .*--invocations URL/);
});

test('an alarm on a calm day, and one that was awaited in vain, are told with the values', async () => {
  const nervous = assembly.mutated((template) => {
    Object.values(template.Resources).find(({ Properties }) => Properties?.MetricName === 'accuracy')!.Properties.Threshold = 0.999;
  });
  const unmoved: Scenario = { ...CALM_DAY, days: CALM_DAY.days.map(day => ({ ...day, alarms: ['accuracy'] })) };

  const [early, silent] = [await play({ assembly: nervous }), await play({ scenario: unmoved })];

  expect(early.broken?.reason).toMatch(/^"a day as any other" raised an alarm that is not its own: Threshold Crossed: accuracy/);
  expect(silent.broken?.reason).toMatch(/^"a day as any other" raised no alarm: accuracy was 0\.9\d*, the threshold is 0\.85$/);
});

test('the endpoint captures the calls of the job that explains, by their mark', async () => {
  const stage = await Stage.open(assembly.folder, new Date('2026-01-06T00:20:00Z'), () => undefined);
  const endpoint = new ModelEndpoint(stage, new LocalModel(model.invocations));
  const found = (type: string, word: string) => stage.deployment.resources(type).find(({ logicalId }) => logicalId.startsWith(word))!;
  const role = found('AWS::IAM::Role', 'DailyExplanationJobRole');
  const EndpointName = stage.deployment.physical(found('AWS::SageMaker::Endpoint', 'Endpoint')).name;
  stage.aws.s3.createBucket('captures');
  const settings = { destinationUri: 's3://captures/c', samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'] };
  endpoint.capture({ endpointName: EndpointName, variantName: 'AllTraffic', settings });
  try {
    const environment = await endpoint.environmentFor('explanation-1', role);
    const client = new SageMakerRuntimeClient({
      endpoint: environment.AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME, region: environment.AWS_REGION,
      credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID!, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY! },
    });
    const answer = await client.send(new InvokeEndpointCommand({
      EndpointName, Body: '800,58000.00,0.200,41,100xx,female', ContentType: 'text/csv', InferenceId: 'model-monitor-explanation-7',
    }));
    endpoint.end('explanation-1');

    expect(answer.Body.transformToString()).toMatch(/^1,0\.9\d+\n$|^1,1\n$/);
    const [key, ...others] = stage.aws.s3.list('captures', 'c/');
    expect(others).toEqual([]);
    const record = JSON.parse(stage.aws.s3.get('captures', key!).body.toString()) as CaptureRecord;
    expect(key).toContain(`c/${EndpointName}/AllTraffic/2026/01/06/00/20-00-000-`);
    expect(record.eventMetadata).toMatchObject({ inferenceId: 'model-monitor-explanation-7', inferenceTime: '2026-01-06T00:20:00Z' });
    expect(record.captureData.endpointInput).toMatchObject({ data: '800,58000.00,0.200,41,100xx,female', encoding: 'CSV' });
  } finally {
    await endpoint.close();
    await stage.close();
  }
});
