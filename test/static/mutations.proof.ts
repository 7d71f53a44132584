import * as path from 'node:path';
import { PythonEnvironment } from '../python-environment';
import { cfnLint } from './checks/cfn-lint';
import { sageMakerRequests } from './checks/sage-maker-requests';
import { ServiceModel } from './checks/service-model';
import { recordPlay } from './privilege/recorded-play';
import { SynthesizedStack } from './synthesized-stack';
import { catches } from './template-checks';

const python = PythonEnvironment.open('static-proofs', path.join(__dirname, 'python/requirements.txt'));

if (typeof python === 'string') {
  process.stderr.write(`the service model and cfn-lint were not asked: ${python}\n`);
  test.skip('the service model and cfn-lint are asked', () => undefined);
} else {
  const stacks = { sample: SynthesizedStack.sample(), managedMonitor: SynthesizedStack.managedMonitor() };
  const model = ServiceModel.read(python.serviceModel('sagemaker'));
  const made: SynthesizedStack[] = Object.values(stacks);
  const mutated = ({ in: where, mutate }: ReturnType<typeof catches>[number]): SynthesizedStack => {
    const stack = stacks[where].mutated(mutate);
    made.push(stack);
    return stack;
  };

  afterAll(() => {
    for (const stack of made) stack.remove();
  });

  describe('the service model of SageMaker', () => {
    test('finds nothing wrong with any resource, nor with any step of the pipeline', () => {
      expect(Object.values(stacks).flatMap(({ deployment }) => sageMakerRequests(deployment, model))).toEqual([]);
    });

    test('finds nothing wrong with any call that a handler makes of it', async () => {
      const { calls } = await recordPlay(stacks.sample.folder);
      const ofSageMaker = calls.map(({ call }) => call).filter(({ service }) => service === 'sagemaker');

      expect(new Set(ofSageMaker.map(({ operation }) => operation)).size).toBe(4);
      expect(ofSageMaker.flatMap(({ operation, input }) => model.findings(operation, input, operation))).toEqual([]);
    });

    test.each(catches(['service model']))('catches $mistake', (row) => {
      expect(sageMakerRequests(mutated(row).deployment, model).join('\n')).toMatch(row.says);
    });
  });

  describe('cfn-lint', () => {
    const rows = catches(['cfn-lint']).map(row => ({ ...row, stack: mutated(row) }));
    let findings: ReturnType<typeof cfnLint>;

    beforeAll(() => {
      findings = cfnLint(python, [...Object.values(stacks), ...rows.map(({ stack }) => stack)].map(({ templateFile }) => templateFile));
    });

    test('finds nothing wrong with the unchanged templates', () => {
      expect(Object.values(stacks).flatMap(({ templateFile }) => findings.get(templateFile))).toEqual([]);
    });

    test.each(rows)('catches $mistake', ({ stack, says }) => {
      expect(findings.get(stack.templateFile)!.join('\n')).toMatch(says);
    });
  });
}
