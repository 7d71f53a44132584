import { Attributions, attributionsOf } from '../../../analyzer/model-explainability/explained-model';
import { Predictor } from '../../../analyzer/model-explainability/predictor';
import { ANALYSIS, PREDICTOR } from './explanation-workspace';

/** A model that costs next to nothing, so that the time is ours. */
const PREDICTOR_AT_HAND: Predictor = {
  invoke: body => Promise.resolve(body.split('\n').map(line => line.length).join('\n')),
};

function explain(rows: number, features: number): Promise<Attributions> {
  const names = Array.from({ length: features }, (_, index) => `f${index}`);
  const window = Array.from({ length: rows }, (_, row) => names.map((__, index) => String(((row * 31 + index * 17) % 1009) ** 2)));
  return attributionsOf(window, names, [names.map(() => 0)], PREDICTOR_AT_HAND, {
    ...ANALYSIS, samples: 100, predictor: { ...PREDICTOR, rowsPerRequest: 500, requestsPerSecond: 1e6 },
  });
}

test('300 rows × 20 features × 100 samples take well under five seconds', async () => {
  const before = process.cpuUsage();
  const { label0 } = await explain(300, 20);
  // Of the processor, which other work on this machine takes away.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(5);
  expect(Object.values(label0!.global_shap_values).every(value => value > 0)).toBe(true);
});

test('2,000 features are explained too', async () => {
  const { label0 } = await explain(1, 2000);
  const moved = Object.values(label0!.global_shap_values);
  expect(moved).toHaveLength(2000);
  expect(moved.every(value => Number.isFinite(value) && value >= 0)).toBe(true);
});
