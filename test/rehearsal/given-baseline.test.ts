import { Stack } from 'aws-cdk-lib';
import { Baseline, IBaseline } from '../../lib';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { BaselineStack } from './baseline-stack';
import { ChurnBaseline } from './churn-baseline';
import { StackAssembly } from './sample-assembly';

const files = new ChurnBaseline();
const assemblies: StackAssembly[] = [];

afterAll(() => {
  for (const assembly of assemblies) assembly.remove();
  files.remove();
});

async function play(baselineIn: (stack: Stack) => IBaseline): Promise<RehearsalOutcome> {
  const assembly = new StackAssembly(app => new BaselineStack(app, baselineIn));
  assemblies.push(assembly);
  return rehearse({
    assembly: assembly.folder, output: assembly.newFolder(), hours: 1, recordsPerHour: 500, seed: 1, quietHours: [],
    plan: { calmHours: 0, planted: [] }, file: { path: files.requests, header: true }, observe: () => undefined,
  });
}

test.each<[string, (stack: Stack) => IBaseline]>([
  ['files of the app', stack => Baseline.fromFiles(stack, 'Trained', files)],
  ['a model package', stack => files.inModelPackage(stack, ['constraints', 'statistics'])],
])('the traffic is compared with the baseline of %s', async (_, baselineIn) => {
  const outcome = await play(baselineIn);

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.hours.map(({ status, captured }) => [status, captured])).toEqual([['Completed', 5000]]);
  expect(outcome.calls.allowed).toBe(outcome.calls.made);
});

test('a model package without statistics fails the deployment, which names it and them', async () => {
  const { broken } = await play(stack => files.inModelPackage(stack, ['constraints']));

  expect(broken?.message).toMatch(/the model package arn:.*:model-package\/.* has no DriftCheckBaselines\.ModelDataQuality\.Statistics/);
});
