import { driftViolations, rankingDrifts } from '../../../analyzer/model-explainability/drift';
import { ndcg } from '../../../analyzer/model-explainability/ndcg';
import { Attributions } from '../../../analyzer/model-explainability/explained-model';

const attributions = (label: string, values: Readonly<Record<string, number>>): Attributions =>
  ({ [label]: { global_shap_values: values, expected_value: 0 } });

test('the service\'s own example: SAT, GPA and rank change places, nDCG is 0.69', () => {
  expect(ndcg([0.70, 0.50, 0.05], [0.10, 0.20, 0.70])).toBeCloseTo(0.6876, 4);
});

test('a ranking that stays is 1, whatever the sizes; one without anything relevant is none', () => {
  expect(ndcg([3, 2, 1], [0.3, 0.02, 0.001])).toBe(1);
  expect(ndcg([0, 0], [1, 2])).toBeUndefined();
});

test('the features whose places moved most are named, the one that rose first', () => {
  const before = attributions('approved', { credit_score: 9, income: 8, age: 7, debt: 6, zip_code: 5 });
  const after = attributions('approved', { credit_score: 3, income: 8, age: 7, debt: 2, zip_code: 20 });
  const [violation] = driftViolations(rankingDrifts(before, after), 0.99);
  const explanation = 'the ranking of features changed: zip_code 5th → 1st, credit_score 1st → 4th, debt 4th → 5th (nDCG 0.895, 1 is the baseline\'s)';
  expect(violation!.explanation).toBe(explanation);
  expect(violation!.label).toBe('approved');
  expect(violation!.description).toMatch(/^Feature attribution drift 0\.\d+ exceeds threshold 0\.99$/);
});

test('only what is below the threshold violates it, label by label', () => {
  const before = { ...attributions('a', { x: 2, y: 1 }), ...attributions('b', { x: 2, y: 1 }) };
  const after = { ...attributions('a', { x: 3, y: 1 }), ...attributions('b', { x: 1, y: 3 }) };
  const drifts = rankingDrifts(before, after);
  expect(driftViolations(drifts, 0.9).map(({ label }) => label)).toEqual(['b']);
  expect(driftViolations(drifts, drifts[1]!.ndcg!)).toEqual([]);
});
