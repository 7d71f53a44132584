import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Stack } from 'aws-cdk-lib';
import { Baseline, IBaseline, MonitorType } from '../../lib';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { BaselineStack, TRAINING } from './baseline-stack';
import { StackAssembly } from './sample-assembly';

const folder = mkdtempSync(path.join(tmpdir(), 'baseline-'));
const constraints = path.join(folder, 'constraints.json');
const statistics = path.join(folder, 'statistics.json');
const requests = path.join(folder, 'requests.csv');
const assemblies: StackAssembly[] = [];

beforeAll(() => {
  const command = ['assets/cli/model-monitor.js', 'baseline', 'data-quality', '--dataset', TRAINING, '--header', '--exclude', 'churn', '--output', folder];
  execFileSync(process.execPath, command, { stdio: 'pipe' });
  // The label is the first column, and no part of a request.
  writeFileSync(requests, readFileSync(TRAINING, 'utf8').replace(/^[^,\n]*,/gm, ''));
});
afterAll(() => {
  for (const assembly of assemblies) assembly.remove();
  rmSync(folder, { recursive: true });
});

/** A model package that names the files, or leaves some out. */
function modelPackage(stack: Stack, sections: readonly ('constraints' | 'statistics')[]): IBaseline {
  const source = (path: string): sagemaker.CfnModelPackage.MetricsSourceProperty =>
    ({ contentType: 'application/json', s3Uri: new assets.Asset(stack, path, { path }).s3ObjectUrl });
  const files = { constraints: source(constraints), statistics: source(statistics) };
  const modelDataQuality = Object.fromEntries(sections.map(name => [name, files[name]]));
  const registered = new sagemaker.CfnModelPackage(stack, 'Package', { driftCheckBaselines: { modelDataQuality } });
  return Baseline.fromModelPackage(stack, 'Registered', { modelPackageArn: registered.ref, monitorType: MonitorType.DATA_QUALITY });
}

async function play(baselineIn: (stack: Stack) => IBaseline): Promise<RehearsalOutcome> {
  const assembly = new StackAssembly(app => new BaselineStack(app, baselineIn));
  assemblies.push(assembly);
  return rehearse({
    assembly: assembly.folder, output: assembly.newFolder(), hours: 1, recordsPerHour: 500, seed: 1, quietHours: [],
    plan: { calmHours: 0, planted: [] }, file: { path: requests, header: true }, observe: () => undefined,
  });
}

test.each<[string, (stack: Stack) => IBaseline]>([
  ['files of the app', stack => Baseline.fromFiles(stack, 'Trained', { constraints, statistics })],
  ['a model package', stack => modelPackage(stack, ['constraints', 'statistics'])],
])('the traffic is compared with the baseline of %s', async (_, baselineIn) => {
  const outcome = await play(baselineIn);

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.hours.map(({ status, captured }) => [status, captured])).toEqual([['Completed', 5000]]);
  expect(outcome.calls.allowed).toBe(outcome.calls.made);
}, 60_000);

test('a model package without statistics fails the deployment, which names it and them', async () => {
  const { broken } = await play(stack => modelPackage(stack, ['constraints']));

  expect(broken?.message).toMatch(/the model package arn:.*:model-package\/.* has no DriftCheckBaselines\.ModelDataQuality\.Statistics/);
}, 60_000);
