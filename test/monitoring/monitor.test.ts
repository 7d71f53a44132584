import { Duration } from 'aws-cdk-lib';
import {
  BiasMethod, BiasMetric, CategoricalMethod, ComparisonMethod, Facet, MediaType, Monitor, PositiveLabel, ProblemType, ShapAggregation,
} from '../../lib';
import { TYPED_ANALYSIS } from '../../analyzer/analysis-schema';
import { MonitorConfig } from '../../lib/contract';
import { ANALYSIS_BASELINE, BASELINE, BIAS, Fixture, MODEL, MONITORS, QUALITY } from './fixture';

const render = (monitor: Monitor): MonitorConfig => monitor._render('churn-it', ['income']);

test.each(Object.values(MONITORS))('what a monitor asks for, the analyzer understands (%#)', (monitor) => {
  const { type, analysis } = render(monitor);
  expect(TYPED_ANALYSIS.parse({ type, analysis })).toEqual({ type, analysis });
});

test('data quality says what it compares, and by which rules for single columns', () => {
  const monitor = Monitor.dataQuality({
    baseline: BASELINE,
    comparisonMethod: ComparisonMethod.POPULATION_STABILITY_INDEX,
    comparisonThreshold: 1.5,
    categoricalMethod: CategoricalMethod.CHI_SQUARED,
    featureOverrides: { income: { comparisonMethod: ComparisonMethod.ROBUST, comparisonThreshold: 0.3, domainThreshold: 0.95 } },
  });
  expect(render(monitor)).toEqual({
    type: 'data-quality',
    name: 'churn-it',
    baseline: { statisticsUri: 's3://b/s.json', constraintsUri: 's3://b/c.json' },
    analysis: {
      captureIndexNames: ['endpointInput'], excludedColumns: [], sensitiveColumns: [], minimumRows: 200,
      comparisonMethod: 'PopulationStabilityIndex', comparisonThreshold: 1.5, categoricalMethod: 'ChiSquared',
      overrides: { income: { comparisonMethod: 'Robust', comparisonThreshold: 0.3, domainThreshold: 0.95 } },
    },
    alarmedFeatures: ['income'],
    publishedFeatures: 50,
  });
});

test('model quality reads labels as late as they come', () => {
  const monitor = Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, labelDelay: Duration.days(30), positiveLabel: 'yes', tolerance: 0.05 });
  expect(render(monitor)).toMatchObject({ type: 'model-quality', alarmedFeatures: [], publishedFeatures: 0 });
  expect(render(monitor).analysis).toEqual({
    problemType: 'BinaryClassification', probabilityAttribute: '0', probabilityThreshold: 0.5, positiveLabel: 'yes', tolerance: 0.05,
    labelDelayHours: 720, minimumRows: 200,
  });
});

test('bias tells labels from thresholds', () => {
  const monitor = Monitor.modelBias({
    baseline: ANALYSIS_BASELINE,
    label: 'income',
    positiveLabel: PositiveLabel.above(50_000),
    facets: [Facet.values('sex', ['0']), Facet.above('age', 40), Facet.eachValue('region')],
    groupVariable: 'region',
    headers: ['age', 'sex', 'region'],
    biasMethod: BiasMethod.COMPATIBLE,
    biasConstraints: { [BiasMetric.DI]: { minimum: 0.8, maximum: 1.25 } },
    inferenceAttribute: 'predictions.score',
  });
  expect(render(monitor)).toMatchObject({ type: 'model-bias', baseline: { constraintsUri: 's3://b/analysis.json' } });
  expect(render(monitor).baseline).not.toHaveProperty('statisticsUri');
  expect(render(monitor).analysis).toEqual({
    label: 'income', labelValuesOrThreshold: [50_000], labelIsThreshold: true,
    facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['0'] }, { nameOrIndex: 'age', valueOrThreshold: [40], isThreshold: true }, { nameOrIndex: 'region' }],
    groupVariable: 'region', headers: ['age', 'sex', 'region'], method: 'Compatible', constraints: { DI: { minimum: 0.8, maximum: 1.25 } },
    inferenceAttribute: 'predictions.score', probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 200,
  });
});

test('explainability says which endpoint it asks, and how gently', () => {
  const monitor = Monitor.modelExplainability({
    baseline: ANALYSIS_BASELINE, endpoint: MODEL, aggregation: ShapAggregation.MEDIAN, background: [[1, 'a', null]], samples: 100,
    predictor: { contentType: MediaType.JSON, recordTemplate: '$features_kvp', scoreAttribute: 'score', requestsPerSecond: 2 },
  });
  expect(render(monitor).analysis).toEqual({
    excludedColumns: [], background: [[1, 'a', null]], samples: 100, maximumRows: 300, aggregation: 'median', useLogit: false, ndcgThreshold: 0.9, minimumRows: 30,
    predictor: {
      endpointName: 'churn', contentType: 'application/json', acceptType: 'application/json', recordTemplate: '$features_kvp', scoreAttribute: 'score',
      rowsPerRequest: 500, concurrency: 2, requestsPerSecond: 2,
    },
  });
});

describe('fails with every problem at once', () => {
  const explained = { baseline: ANALYSIS_BASELINE, endpoint: MODEL };
  test.each<[string, Monitor, string[]]>([
    ['data quality', Monitor.dataQuality({
      baseline: ANALYSIS_BASELINE, excludedColumns: ['churn'], comparisonThreshold: 1.5,
      featureOverrides: {
        churn: {},
        income: { comparisonThreshold: 2, typeThreshold: -1, domainThreshold: 7 },
        age: { comparisonMethod: ComparisonMethod.POPULATION_STABILITY_INDEX, comparisonThreshold: -1 },
      },
    }), [
      'comparisonThreshold must be between 0 and 1, got 1.5',
      'featureOverrides.churn is about a column that excludedColumns leaves out',
      'featureOverrides.income.comparisonThreshold must be between 0 and 1, got 2',
      'featureOverrides.income.typeThreshold must be between 0 and 1, got -1',
      'featureOverrides.income.domainThreshold must be between 0 and 1, got 7',
      'featureOverrides.age.comparisonThreshold must be at least 0, got -1',
      'the baseline of the data-quality monitor has no statistics.json, which it is compared with: give a BaselineJob with the same analysis, or Baseline.fromBucket',
    ]],
    ['model quality', Monitor.modelQuality({
      baseline: ANALYSIS_BASELINE, problemType: ProblemType.REGRESSION, probabilityAttribute: '', positiveLabel: '', probabilityThreshold: 50, tolerance: 5,
      minimumRows: 0.5, labelDelay: Duration.minutes(90),
    }), [
      'probabilityAttribute must not be empty: name a column, a path such as predictions.score, or an index such as \'0\'',
      'probabilityThreshold must be between 0 and 1, got 50',
      'minimumRows must be a whole number above 0, got 0.5',
      'tolerance must be between 0 and 1, got 5',
      'positiveLabel must not be empty',
      'probabilityAttribute and positiveLabel are of BinaryClassification, got them with Regression; name the prediction in inferenceAttribute',
      'the baseline of the model-quality monitor has no statistics.json',
      'labelDelay of the model-quality monitor must be whole hours, got 1 hour 30 minutes',
    ]],
    ['bias', Monitor.modelBias({
      baseline: BASELINE, label: 'approved', positiveLabel: PositiveLabel.values(), facets: [Facet.values('approved', ['1'])],
      biasConstraints: { DIR: { minimum: 0.8 }, DI: {}, AD: { minimum: 1, maximum: 0 } },
    }), [
      'positiveLabel must name at least one label, such as PositiveLabel.values(\'1\'), or a threshold',
      'facets holds the label "approved": a group is made by another column',
      'biasConstraints knows no metric "DIR": the metrics are CI, DPL',
      'biasConstraints.DI has neither minimum nor maximum: give one of them',
      'biasConstraints.AD has a minimum of 1 above its maximum of 0',
      'the baseline of the model-bias monitor has a statistics.json, as those of data and model quality; this monitor is compared with analysis.json',
    ]],
    ['bias without a group', Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, facets: [] }), ['facets is empty: name at least one group, such as Facet.values(\'sex\', [\'f\'])']],
    ['explainability', Monitor.modelExplainability({
      ...explained, samples: 0, maximumRows: 10, ndcgThreshold: 90, background: [[1], [2, 3]],
      predictor: { contentTemplate: '$records', rowsPerRequest: 0, concurrency: 1.5, requestsPerSecond: 0, labelHeaders: [], scoreAttribute: '' },
    }), [
      'samples must be a whole number above 0, got 0',
      'minimumRows is 30, but at most 10 rows are explained: raise maximumRows',
      'ndcgThreshold must be between 0 and 1, got 90',
      'background must hold at least one row, and rows of one length: a value for each feature',
      'predictor.rowsPerRequest must be a whole number above 0, got 0',
      'predictor.concurrency must be a whole number above 0, got 1.5',
      'predictor.requestsPerSecond must be above 0, got 0',
      'predictor.scoreAttribute must not be empty',
      'predictor.labelHeaders is empty: name the scores, or leave it out',
      'predictor.contentTemplate and predictor.recordTemplate are of JSON: requests in CSV have no template',
    ]],
    ['scores of one name', Monitor.modelExplainability({ ...explained, predictor: { labelHeaders: ['no', 'yes', 'no'] } }),
      ['predictor.labelHeaders names two scores "no": name each once']],
    ['a background of other things', Monitor.modelExplainability({ ...explained, background: [[true]] }), ['background holds text, finite numbers and nulls, got true']],
    ['what is too large to carry', Monitor.modelExplainability({ ...explained, background: Array.from({ length: 3000 }, () => ['x'.repeat(100)]) }),
      ['bytes, and 200000 can be carried: give fewer background rows, facets, overrides or columns, or make a schedule for each monitor']],
  ])('of %s', (_, monitor, problems) => {
    for (const problem of problems) expect(() => new Fixture().schedule({ monitors: [monitor] })).toThrow(problem);
  });

  test('of facets, where they are made', () => {
    expect(() => Facet.values('sex', [])).toThrow('Facet.values("sex") names no value: give at least one, or use Facet.eachValue');
    expect(() => Facet.above('age', NaN)).toThrow('the threshold of Facet.above("age") must be a number, got NaN');
  });
});
