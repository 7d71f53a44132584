import { explainabilityFromConfig } from '../../../analyzer/model-explainability/analysis-config';

test('the service\'s file becomes an analysis; what it leaves out gets defaults', () => {
  expect(explainabilityFromConfig({ methods: { shap: {} } })).toEqual({
    headers: undefined, excludedColumns: [], background: undefined, samples: undefined, maximumRows: 300, aggregation: 'mean_abs', useLogit: false,
    predictor: { contentType: 'text/csv', acceptType: 'text/csv', rowsPerRequest: 500, concurrency: 2, requestsPerSecond: 10 }, ndcgThreshold: 0.9, minimumRows: 0,
  });
});

test('everything that it says of SHAP and of the model is taken over', () => {
  expect(explainabilityFromConfig({
    version: '1.0', dataset_type: 'application/jsonlines', headers: ['age', 'home', 'approved'], label: 'approved',
    methods: { shap: { baseline: [[40, 'own']], num_samples: 100, agg_method: 'median', use_logit: true, save_local_shap_values: false, seed: 7 }, report: { name: 'r' } },
    predictor: {
      model_name: 'lending', instance_type: 'ml.m5.large', initial_instance_count: 1, content_type: 'application/jsonlines', accept_type: 'application/json',
      content_template: '{"instances":$features}', label_headers: ['approved'],
    },
  })).toMatchObject({
    headers: ['age', 'home', 'approved'], excludedColumns: ['approved'], background: [[40, 'own']], samples: 100, aggregation: 'median', useLogit: true,
    predictor: { contentType: 'application/jsonlines', acceptType: 'application/json', contentTemplate: '{"instances":$features}', labelHeaders: ['approved'] },
  });
});

test.each([
  ['no methods', {}, 'methods: '],
  ['another method', { methods: { pdp: {} } }, 'methods.shap: '],
  ['a baseline in S3', { methods: { shap: { baseline: 's3://bucket/baseline.csv' } } }, 'methods.shap.baseline: must be rows of values; a file in S3 cannot be read from here, so put its rows in place of it'],
  ['no sample', { methods: { shap: { num_samples: 0 } } }, 'methods.shap.num_samples: '],
  ['an unknown aggregation', { methods: { shap: { agg_method: 'sum' } } }, 'methods.shap.agg_method: '],
  ['an image', { methods: { shap: {} }, predictor: { content_type: 'image/jpeg' } }, 'predictor.content_type: '],
  ['no object', 'text', 'the whole: '],
])('%s: the error names the field', (_, json, message) => {
  expect(() => explainabilityFromConfig(json)).toThrow(`the analysis configuration is not as expected: ${message}`);
});
