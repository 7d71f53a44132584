import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { RehearsalOptions } from '../../rehearsal/player/rehearsal-options';
import { BaselineStack, TRAINING } from './baseline-stack';
import { MutableTemplate, StackAssembly } from './sample-assembly';

/** The same customers, who earn twice as much. */
function richer(folder: string): string {
  const [header = '', ...lines] = readFileSync(TRAINING, 'utf8').trim().split('\n');
  const income = header.split(',').indexOf('income');
  const rows = lines.map(line => line.split(',').map((value, i) => i === income && value !== '' ? String(Number(value) * 2) : value).join(','));
  const file = path.join(folder, 'richer.csv');
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return file;
}

const folder = mkdtempSync(path.join(tmpdir(), 'datasets-'));
const waiting = new StackAssembly(app => new BaselineStack(app, BaselineStack.watched()));
const going = new StackAssembly(app => new BaselineStack(app, BaselineStack.watched({ waitForCompletion: false })));
afterAll(() => {
  for (const assembly of [waiting, going]) assembly.remove();
  rmSync(folder, { recursive: true });
});

async function play(assembly: StackAssembly, options: Partial<RehearsalOptions> = {}): Promise<RehearsalOutcome> {
  return rehearse({
    assembly: assembly.folder, output: assembly.newFolder(), hours: 3, recordsPerHour: 500, seed: 1, quietHours: [],
    plan: { calmHours: 0, planted: [] }, observe: () => undefined, ...options,
  });
}

test('a dataset that arrives makes a new baseline, by which the next window is judged, without a deployment', async () => {
  const jobs: string[] = [];
  const outcome = await play(waiting, {
    datasets: [{ file: TRAINING }, { file: richer(folder), hour: 2 }],
    observe: (event) => { if (event.type === 'progress' && event.doing.includes('baseline')) jobs.push(event.doing); },
  });

  expect(outcome.broken?.message).toBeUndefined();
  // That of the second hour begins after the dataset has arrived.
  expect(outcome.hours.map(({ status }) => status)).toEqual(['Completed', 'CompletedWithViolations', 'CompletedWithViolations']);
  const [violation, ...others] = outcome.hours[1]!.violations;
  expect(violation!.explanation).toMatch(/^income: mean 1\d\d .* → \d\d .* \(−\d\d %\)/);
  expect(others).toEqual([]);
  expect(outcome.alarms.map(({ metricName }) => metricName)).toEqual(['feature_baseline_drift_income']);
  expect(jobs).toHaveLength(2);
  expect(outcome.calls.allowed).toBe(outcome.calls.made);
});

test('executions before the first baseline say so, start no job and raise no alarm; then it is found', async () => {
  const outcome = await play(going, { datasets: [{ file: TRAINING, hour: 2 }] });

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.hours.map(({ status }) => status)).toEqual(['BaselinePending', 'Completed', 'Completed']);
  expect(outcome.hours[0]!.reports).toBeUndefined();
  expect(outcome.alarms).toEqual([]);
});

test('a job that fails leaves the executions without a baseline, and they say why', async () => {
  const broken = path.join(folder, 'broken.csv');
  writeFileSync(broken, 'age,income\n');
  const outcome = await play(going, { datasets: [{ file: TRAINING, hour: 3 }, { file: broken }] });

  expect(outcome.hours[0]).toMatchObject({ status: 'Failed', failureReason: expect.stringMatching(/^baseline failed: job .*-1 failed: .*no row/) });
  expect(outcome.alarms).toMatchObject([{ metricName: 'baseline_failed', description: 'No baseline was made of the newest dataset of Compared/Baseline' }]);
  expect(outcome.alarms[0]!.time < outcome.hours[0]!.time).toBe(true);
});

test('a dataset that the deployment waits for has to be there', async () => {
  const outcome = await play(waiting);

  expect(outcome.broken?.message).toMatch(/dataset → baseline.*nothing lies at s3:\/\/.*\/training\/: give the dataset with --dataset FILE/s);
});

test.each<[string, (template: MutableTemplate) => void, RegExp]>([
  ['its queue refuses the rules',
    (template) => { for (const id of ids(template, 'AWS::SQS::QueuePolicy')) template.Resources[id]!.Properties.PolicyDocument.Statement = []; },
    /^.*DatasetArrived.* → WatchOfBaselines.*Queue.*: .*sqs:SendMessage/s],
  ['its handler may not start the job',
    (template) => {
      for (const id of ids(template, 'AWS::IAM::Policy')) {
        const { PolicyDocument } = template.Resources[id]!.Properties as { PolicyDocument: { Statement: object[] } };
        PolicyDocument.Statement = PolicyDocument.Statement.filter(statement => !JSON.stringify(statement).includes('sagemaker:CreateProcessingJob'));
      }
    },
    /^baseline-job → sagemaker: .*sagemaker:CreateProcessingJob/s],
])('a dataset arrives, and %s: the loop is broken at that arrow', async (_, mutate, arrow) => {
  const { broken } = await play(going, { assembly: going.mutated(mutate), datasets: [{ file: TRAINING, hour: 1 }] });

  expect(`${broken?.arrow}: ${broken?.reason}`).toMatch(arrow);
});

function ids(template: MutableTemplate, type: string): string[] {
  return Object.keys(template.Resources).filter(id => id.startsWith('WatchOfBaselines') && template.Resources[id]!.Type === type);
}
