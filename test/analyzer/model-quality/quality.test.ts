import { Row } from '../../../analyzer/input/row';
import { metricsIn, suggestConstraints } from '../../../analyzer/model-quality/constraints';
import { emptyQuality } from '../../../analyzer/model-quality/empty-quality';
import { Quality } from '../../../analyzer/model-quality/quality';
import { observationOf } from '../../../analyzer/observation/observation';
import { ModelQualityAnalysis, ModelQualityStatistics } from '../../../lib/contract';
import { BINARY } from './quality-workspace';

const MULTICLASS: ModelQualityAnalysis = { ...BINARY, problemType: 'MulticlassClassification', probabilityAttribute: undefined, inferenceAttribute: 'prediction' };
const REGRESSION: ModelQualityAnalysis = { ...MULTICLASS, problemType: 'Regression' };
const BY_PREDICTION: ModelQualityAnalysis = { ...MULTICLASS, problemType: 'BinaryClassification' };

type Cells = Readonly<Record<string, string | number | null>>;

function add(quality: Quality, cells: Cells): void {
  const row: Row = { names: Object.keys(cells), cells: Object.values(cells).map(cell => cell === null ? null : String(cell)) };
  quality.read(observationOf(row))();
}

function statisticsOf(analysis: ModelQualityAnalysis, rows: readonly Cells[]): ModelQualityStatistics {
  const quality = emptyQuality(analysis);
  for (const row of rows) add(quality, row);
  return quality.statistics();
}

const valuesOf = (analysis: ModelQualityAnalysis, rows: readonly Cells[]): Record<string, number> =>
  Object.fromEntries(Object.entries(metricsIn(statisticsOf(analysis, rows), analysis.problemType)).map(([name, { value }]) => [name, value]));

describe('labels are compared', () => {
  test.each([
    ['1', '0'], ['1.0', '0.0'], ['true', 'false'], ['True', 'FALSE'], [' 1 ', '0'], ['1e0', '-0'],
  ])('as numbers and truth values: %s and %s are 1 and 0', (yes, no) => {
    const { binary_classification_metrics: metrics } = statisticsOf(BY_PREDICTION, [{ label: yes, prediction: '1' }, { label: no, prediction: '0' }]);
    expect(metrics?.confusion_matrix).toEqual({ 0: { 0: 1, 1: 0 }, 1: { 0: 0, 1: 1 } });
  });

  test('as text where they are words; the other one is whatever is not the positive label', () => {
    const rows = [{ label: 'leaves', prediction: 'leaves' }, { label: 'stays', prediction: 'leaves' }, { label: 'stays', prediction: 'stays' }];
    expect(statisticsOf({ ...BY_PREDICTION, positiveLabel: 'leaves' }, rows).binary_classification_metrics).toMatchObject({
      confusion_matrix: { stays: { stays: 1, leaves: 1 }, leaves: { stays: 0, leaves: 1 } }, precision: { value: 0.5 }, recall: { value: 1 },
    });
  });

  test('by the positive label that is given, though it is not 1', () => {
    expect(valuesOf({ ...BY_PREDICTION, positiveLabel: '0' }, [{ label: 0, prediction: 0 }, { label: 1, prediction: 1 }, { label: 0, prediction: 1 }]))
      .toMatchObject({ recall: 0.5, precision: 1, true_negative_rate: 1 });
  });

  test('of several classes, 2.0 is the class 2', () => {
    expect(statisticsOf(MULTICLASS, [{ label: '2.0', prediction: 2 }, { label: 'other', prediction: '2' }]).multiclass_classification_metrics?.confusion_matrix)
      .toEqual({ 2: { 2: 1, other: 0 }, other: { 2: 1, other: 0 } });
  });
});

describe('the best constant classifier', () => {
  const constant = (values: Record<string, number>): unknown =>
    Object.fromEntries(Object.entries(values).flatMap(([name, value]) => name.endsWith('_best_constant_classifier') ? [[name.replace('_best_constant_classifier', ''), value]] : []));

  test('predicts what was predicted most often, whatever the labels are; negative where both were equally often', () => {
    const rows = [[1, 1], [0, 1], [0, 1], [0, 1], [0, 0]].map(([label, prediction]) => ({ label: label!, prediction: prediction! }));
    expect(constant(valuesOf(BY_PREDICTION, rows))).toMatchObject({ accuracy: 0.2, precision: 0.2, recall: 1 });
    expect(constant(valuesOf(BY_PREDICTION, rows.slice(1, 3).concat(rows[4]!, { label: 0, prediction: 0 })))).toEqual({ accuracy: 1 });
  });

  test('of several classes may be right in no row', () => {
    expect(constant(valuesOf(MULTICLASS, [{ label: 'a', prediction: 'c' }, { label: 'b', prediction: 'c' }, { label: 'b', prediction: 'b' }])))
      .toEqual({ accuracy: 0, weighted_recall: 0, weighted_precision: 0, weighted_f0_5: 0, weighted_f1: 0, weighted_f2: 0 });
    expect(constant(valuesOf(MULTICLASS, [{ label: 'a', prediction: 'b' }, { label: 'b', prediction: 'b' }]))).toMatchObject({ accuracy: 0.5, weighted_recall: 0.5, weighted_precision: 0.25 });
  });
});

describe('a prediction', () => {
  test('is positive from the threshold on', () => {
    const rows = [{ label: 1, probability: 0.7 }, { label: 1, probability: 0.69 }, { label: 0, probability: 0.1 }];
    expect(valuesOf({ ...BINARY, probabilityThreshold: 0.7 }, rows)).toMatchObject({ recall: 0.5, precision: 1, auc: 1 });
  });

  test('that is given beside a probability counts, and the probability draws the curve', () => {
    const rows = [{ label: 1, probability: 0.9, prediction: 0 }, { label: 0, probability: 0.1, prediction: 1 }];
    expect(valuesOf({ ...BINARY, inferenceAttribute: 'prediction' }, rows)).toMatchObject({ accuracy: 0, auc: 1 });
  });

  test('without probability has no curve', () => {
    expect(valuesOf(BY_PREDICTION, [{ label: 1, prediction: 1 }, { label: 0, prediction: 1 }])).not.toHaveProperty('auc');
  });
});

describe('what the rows cannot tell is absent, not zero', () => {
  test('without a positive label there is no recall, no precision, no curve', () => {
    const values = valuesOf(BINARY, [{ label: 0, probability: 0.9 }, { label: 0, probability: 0.1 }]);
    expect(values).toEqual({ accuracy: 0.5, true_negative_rate: 0.5, false_positive_rate: 0.5, accuracy_best_constant_classifier: 1 });
  });

  test('without a negative label there is no false positive rate', () => {
    const values = valuesOf(BINARY, [{ label: 1, probability: 0.9 }, { label: 1, probability: 0.1 }]);
    expect(values).toMatchObject({ recall: 0.5, precision: 1, accuracy: 0.5 });
    for (const name of ['auc', 'false_positive_rate', 'true_negative_rate']) expect(values).not.toHaveProperty(name);
  });

  test('labels that are all the same have no r2', () => {
    expect(valuesOf(REGRESSION, [{ label: 3, prediction: 1 }, { label: 3, prediction: 5 }])).toEqual({ mae: 2, mse: 4, rmse: 2 });
  });

  test('but predictions beyond all measure are as wrong as a number can say', () => {
    const far = statisticsOf(REGRESSION, [{ label: 3, prediction: Number.MAX_VALUE }, { label: 5, prediction: Number.MAX_VALUE }]);
    const most = { value: Number.MAX_VALUE, standard_deviation: 'NaN' };
    expect(far.regression_metrics).toEqual({ mae: most, mse: most, rmse: most, r2: { ...most, value: -Number.MAX_VALUE } });
  });

  test('no row has no figure', () => {
    for (const analysis of [BINARY, MULTICLASS, REGRESSION]) {
      expect(statisticsOf(analysis, [{ label: null, prediction: 1, probability: 1 }])).toEqual({ version: 0, dataset: { item_count: 0 } });
    }
  });

  test('but a model that predicts no positive has a precision of 0, as in the service', () => {
    expect(valuesOf(BINARY, [{ label: 1, probability: 0.1 }, { label: 0, probability: 0.1 }])).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('what cannot be read is refused', () => {
  test.each<[string, ModelQualityAnalysis, Cells, string]>([
    ['a missing prediction', REGRESSION, { label: 1, prediction: null }, 'the prediction is missing'],
    ['a missing probability', BINARY, { label: 1, probability: null }, 'the probability is missing'],
    ['a probability that is a word', BINARY, { label: 1, probability: 'high' }, 'the probability is no number'],
    ['a probability that is no finite number', BINARY, { label: 1, probability: 'Infinity' }, 'the probability is no number'],
    ['a number that is none', REGRESSION, { label: 'x', prediction: 1 }, 'the label is no number'],
    ['a blank number', REGRESSION, { label: 1, prediction: '  ' }, 'the prediction is no number'],
    ['a third label', BY_PREDICTION, { label: 2, prediction: 1 },
      'the label is neither the positive label "1" nor the one other label; where it is a probability, say so (probabilityAttribute, --probability)'],
    ['a probability taken for a prediction', BY_PREDICTION, { label: 1, prediction: 0.83 },
      'the prediction is neither the positive label "1" nor the one other label; where it is a probability, say so (probabilityAttribute, --probability)'],
    ['a label column that is not there', BINARY, { probability: 0.5 }, 'the label is looked for in column "label"; the row has "probability"'],
  ])('%s', (_, analysis, row, message) => {
    const quality = emptyQuality(analysis);
    expect(() => {
      add(quality, row);
    }).toThrow(message);
    expect(quality.rows).toBe(0);
  });

  test('more labels than there can be classes', () => {
    const quality = emptyQuality(MULTICLASS);
    expect(() => {
      for (let index = 0; index < 20_000; index++) add(quality, { label: index, prediction: index });
    }).toThrow('there are more than 10000 different labels; is it a regression?');
  });
});

describe('how far figures scatter', () => {
  const rows = (count: number): Cells[] => Array.from({ length: count }, (_, index) =>
    ({ label: index % 2, probability: (index % 2 * 0.3 + index * 0.618 % 1) / 1.3 }));

  test('is told from 200 rows on', () => {
    expect(statisticsOf(BINARY, rows(199)).binary_classification_metrics?.accuracy?.standard_deviation).toBe('NaN');
    expect(statisticsOf(BINARY, rows(200)).binary_classification_metrics?.accuracy?.standard_deviation).toBeGreaterThan(0);
  });

  test.each([[BINARY, 18], [MULTICLASS, 12], [REGRESSION, 4]] as const)('is told of every figure: %#', (analysis, figures) => {
    const round = (value: number): number => analysis === REGRESSION ? value : Math.round(value);
    const some = rows(400).map(row => ({ ...row, prediction: round(Number(row.probability)) }));
    const told = Object.entries(metricsIn(statisticsOf(analysis, some), analysis.problemType));
    expect(told).toHaveLength(figures);
    for (const [name, { standard_deviation: deviation }] of told) expect([name, Number(deviation) >= 0]).toEqual([name, true]);
  });

  test('is the same in each run, and near what sampling theory says', () => {
    const [once, again] = [statisticsOf(BINARY, rows(5000)), statisticsOf(BINARY, rows(5000))];
    expect(once).toEqual(again);
    const { value, standard_deviation: deviation } = once.binary_classification_metrics!.accuracy!;
    const theory = Math.sqrt(value * (1 - value) / 5000 * (1 - 0.8) / 0.8);
    expect(Number(deviation) / theory).toBeGreaterThan(0.2);
    expect(Number(deviation) / theory).toBeLessThan(2.5);
  });
});

describe('the constraints that a dataset suggests', () => {
  test.each<[ModelQualityAnalysis, Cells[], unknown]>([
    [REGRESSION, [{ label: 1, prediction: 2 }, { label: 3, prediction: 3 }], {
      version: 0,
      regression_constraints: {
        mae: { threshold: 0.5, comparison_operator: 'GreaterThanThreshold' }, mse: { threshold: 0.5, comparison_operator: 'GreaterThanThreshold' },
        rmse: { threshold: Math.SQRT1_2, comparison_operator: 'GreaterThanThreshold' }, r2: { threshold: 0.5, comparison_operator: 'LessThanThreshold' },
      },
    }],
    [MULTICLASS, [{ label: 'a', prediction: 'a' }, { label: 'b', prediction: 'b' }], {
      version: 0,
      multiclass_classification_constraints: Object.fromEntries(
        ['accuracy', 'weighted_recall', 'weighted_precision', 'weighted_f0_5', 'weighted_f1', 'weighted_f2']
          .map(name => [name, { threshold: 1, comparison_operator: 'LessThanThreshold' }])),
    }],
  ])('are its own figures', (analysis, rows, constraints) => {
    expect(suggestConstraints(statisticsOf(analysis, rows), analysis.problemType)).toEqual(constraints);
  });
});

test('a class named like a part of every object is a class like any other', () => {
  const matrix = statisticsOf(MULTICLASS, [{ label: '__proto__', prediction: 'constructor' }]).multiclass_classification_metrics?.confusion_matrix;
  expect(JSON.stringify(matrix)).toBe('{"__proto__":{"__proto__":0,"constructor":1},"constructor":{"__proto__":0,"constructor":0}}');
});
