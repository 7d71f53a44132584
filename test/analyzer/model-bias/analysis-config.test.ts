import { analysisFromConfig } from '../../../analyzer/model-bias/analysis-config';

const CONFIG = {
  version: '1.0',
  headers: ['age', 'sex', 'income', 'repaid'],
  label: 'repaid',
  label_values_or_threshold: [1],
  facet: [{ name_or_index: 'sex', value_or_threshold: ['f'] }],
  group_variable: 'age',
  methods: { report: { name: 'report' } },
};

test('the service\'s configuration becomes an analysis; the label is no feature', () => {
  expect(analysisFromConfig(CONFIG)).toEqual({
    headers: ['age', 'sex', 'income'], label: 'repaid', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['f'] }],
    groupVariable: 'age', probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 0,
  });
});

test('indices count all columns, a JMESPath names its field, and what stands alone is a list of one', () => {
  expect(analysisFromConfig({ ...CONFIG, label: 3, facet: { name_or_index: 1 }, label_values_or_threshold: 1 })).toMatchObject({
    label: 'repaid', facets: [{ nameOrIndex: 'sex' }], labelValuesOrThreshold: [1],
  });
  expect(analysisFromConfig({ ...CONFIG, headers: undefined, label: 'instances[*].label' }).label).toBe('label');
});

test('the prediction is where the predictor says', () => {
  const predictor = { label: 'predictions[*].label', probability: 'predictions[*].score', probability_threshold: 0.8 };
  expect(analysisFromConfig({ ...CONFIG, predictor })).toMatchObject({ inferenceAttribute: 'label', probabilityAttribute: 'score', probabilityThreshold: 0.8 });
});

test.each<[what: string, change: Record<string, unknown>, message: RegExp]>([
  ['without label', { label: undefined }, /label: must be a text or a number/],
  ['without facet', { facet: [] }, /facet/],
  ['with an empty list of labels', { label_values_or_threshold: [] }, /label_values_or_threshold/],
  ['with a threshold that is no share', { probability_threshold: 80 }, /probability_threshold: .*1/],
])('a configuration %s is refused by the field\'s name', (_, change, message) => {
  expect(() => analysisFromConfig({ ...CONFIG, ...change })).toThrow(message);
  expect(() => analysisFromConfig({ ...CONFIG, ...change })).toThrow(/^the analysis configuration is not as expected: /);
});
