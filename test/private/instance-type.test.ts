import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ProcessingInstanceType, ProductionVariantInstanceType, TrainingInstanceType } from '@aws-sdk/client-sagemaker';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { hasLocalStorage, InstanceUse, requireInstanceType } from '../../lib/private/instance-type';
import { Problems } from '../../lib/private/validation';

const ROOT = path.join(__dirname, '../..');

function checking(instanceType: string, use: InstanceUse): () => void {
  const problems = new Problems(new Stack(new App(), 'Test'));
  requireInstanceType(problems, instanceType, use);
  return () => {
    problems.throwIfAny();
  };
}

test('the generated list is that of the SDK', () => {
  const script = path.join(ROOT, 'scripts/instance-types.mjs');
  const source = execFileSync(process.execPath, ['--input-type=module', '-e',
    `import { instanceTypesSource } from ${JSON.stringify(script)}; process.stdout.write(instanceTypesSource());`], { cwd: ROOT, encoding: 'utf8' });

  expect(fs.readFileSync(path.join(ROOT, 'lib/private/instance-types.ts'), 'utf8')).toBe(source);
});

test.each<[InstanceUse, Record<string, string>]>([
  ['endpoint', ProductionVariantInstanceType],
  ['processing', ProcessingInstanceType],
  ['training', TrainingInstanceType],
])('every instance type of the service is known for %s', (use, names) => {
  for (const instanceType of Object.values(names)) expect(checking(instanceType, use)).not.toThrow();
});

test.each<[string, InstanceUse, string]>([
  ['ml.m5.larg', 'endpoint', 'unknown instance type "ml.m5.larg" for an endpoint: did you mean ml.m5.large, '],
  ['m5.large', 'endpoint', 'unknown instance type "m5.large" for an endpoint: did you mean ml.m5.large, '],
  ['ml.m6g.large', 'processing', 'unknown instance type "ml.m6g.large" for a Processing job: did you mean ml.m6i.large, '],
  ['ml.inf2.xlarge', 'training', 'unknown instance type "ml.inf2.xlarge" for a training job: did you mean '],
])('fails for %s, with the nearest names for %s', (instanceType, use, message) => {
  expect(checking(instanceType, use)).toThrow(message);
});

test('a token is left to the deployment', () => {
  expect(checking(Lazy.string({ produce: () => 'anything' }), 'endpoint')).not.toThrow();
});

test.each([
  ['ml.m5.large', false], ['ml.c6i.large', false], ['ml.r8g.large', false], ['ml.inf2.xlarge', false], ['ml.g4dn.xlarge', true],
  ['ml.m5d.large', true], ['ml.c6gd.large', true], ['ml.g5.xlarge', true], ['ml.p4d.24xlarge', true], ['ml.p5en.48xlarge', true], ['ml.trn1.2xlarge', true],
])('%s has local storage: %s', (instanceType, expected) => {
  expect(hasLocalStorage(instanceType)).toBe(expected);
});
