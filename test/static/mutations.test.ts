import { MUTATIONS } from './mutations';
import { SynthesizedStack } from './synthesized-stack';
import { catches, checksWithoutPython } from './template-checks';

describe('what is wrong with a template is found before it is deployed', () => {
  const checks = checksWithoutPython();
  const names = Object.keys(checks) as (keyof typeof checks)[];
  const stacks = { sample: SynthesizedStack.sample(), managedMonitor: SynthesizedStack.managedMonitor() };

  afterAll(() => {
    for (const stack of Object.values(stacks)) stack.remove();
  });

  test.each(names)('nothing is found by %s as long as nothing is wrong', async (check) => {
    for (const stack of Object.values(stacks)) expect(await checks[check]!(stack)).toEqual([]);
  });

  test.each(catches(names))('$mistake is caught by $check', async ({ in: where, mutate, check, says }) => {
    const mutated = stacks[where].mutated(mutate);
    try {
      expect((await checks[check]!(mutated)).join('\n')).toMatch(says);
    } finally {
      mutated.remove();
    }
  });

  test('every mutation has to be caught by somebody', () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(20);
    expect(MUTATIONS.filter(({ caughtBy }) => Object.keys(caughtBy).length === 0)).toEqual([]);
    expect(new Set(MUTATIONS.map(({ mistake }) => mistake)).size).toBe(MUTATIONS.length);
  });
});
