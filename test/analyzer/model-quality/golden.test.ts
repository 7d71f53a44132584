import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { judgeMetrics, violationsOf } from '../../../analyzer/model-quality/checks';
import { metricsIn } from '../../../analyzer/model-quality/constraints';
import { emptyQuality } from '../../../analyzer/model-quality/empty-quality';
import { unnamedRow } from '../../../analyzer/input/row';
import { observationOf } from '../../../analyzer/observation/observation';
import { ConstraintViolations, ModelQualityViolation, QualityConstraint, QualityMetric } from '../../../lib/contract';
import { BINARY, QualityWorkspace } from './quality-workspace';

const GOLDEN = path.join(__dirname, '../../../../shared/golden/model-quality/binary');
const present = existsSync(GOLDEN);
if (!present) console.warn(`skipped: the service's own files are not at ${GOLDEN}`);
const goldenJson = (file: string): unknown => JSON.parse(readFileSync(path.join(GOLDEN, file), 'utf8'));

const workspace = new QualityWorkspace();
afterAll(() => {
  workspace.remove();
});

/** To six digits, as the service's figures have come down to us. */
const digits = (value: number): number => Number(value.toFixed(6));

(present ? describe : describe.skip)('beside what the service wrote', () => {
  interface Expected {
    binary_classification_metrics: Record<string, unknown>;
    binary_classification_constraints: Record<string, QualityConstraint>;
  }

  test('every metric and every constraint of a baseline of 201 rows', () => {
    const analysis = { ...BINARY, inferenceAttribute: 'prediction' };
    const ended = workspace.qualityBaselineOf(readFileSync(path.join(GOLDEN, 'input.csv'), 'utf8'), analysis).run();
    expect(ended).toMatchObject({ status: 0 });
    const theirs = goldenJson('expected.json') as Expected;
    const { statistics, constraints } = workspace.qualityBaseline;
    const metrics = Object.entries(theirs.binary_classification_metrics).filter((entry): entry is [string, { value: number }] => 'value' in (entry[1] as object));
    expect(metrics).toHaveLength(18);
    expect(Object.fromEntries(Object.entries(metricsIn(statistics, 'BinaryClassification')).map(([name, { value }]) => [name, digits(value)])))
      .toEqual(Object.fromEntries(metrics.map(([name, { value }]) => [name, value])));
    expect(statistics.binary_classification_metrics?.confusion_matrix).toEqual(theirs.binary_classification_metrics.confusion_matrix);
    expect(Object.fromEntries(Object.entries(constraints.binary_classification_constraints ?? {})
      .map(([name, { threshold, comparison_operator }]) => [name, { threshold: digits(threshold), comparison_operator }])))
      .toEqual(theirs.binary_classification_constraints);
  });

  test('the curves begin as the service\'s', () => {
    const metrics = workspace.qualityBaseline.statistics.binary_classification_metrics!;
    const { receiver_operating_characteristic_curve: characteristic, precision_recall_curve: precisionRecall } = metrics;
    expect(characteristic!.false_positive_rates.slice(0, 2)).toEqual([0, 0]);
    expect(characteristic!.true_positive_rates.slice(0, 3)).toEqual([0, 0.03571428571428571, 0.07142857142857142]);
    expect(precisionRecall!.precisions.slice(0, 2)).toEqual([1, 1]);
    expect(precisionRecall!.recalls.slice(0, 2)).toEqual([0, 0.03571428571428571]);
  });

  const other = (): { confusion_matrix: Record<string, Record<string, number>>; values: Record<string, [number, number]> } =>
    goldenJson('other-model.baseline.json') as ReturnType<typeof other>;

  test('the metrics of another model, from its confusion matrix', () => {
    const { confusion_matrix: matrix, values } = other();
    const quality = emptyQuality({ ...BINARY, probabilityAttribute: undefined, inferenceAttribute: '0', groundTruthAttribute: '1' });
    for (const [label, predictions] of Object.entries(matrix)) {
      for (const [prediction, rows] of Object.entries(predictions)) {
        for (let row = 0; row < rows; row++) quality.read(observationOf(unnamedRow([prediction, label])))();
      }
    }
    const ours = Object.entries(metricsIn(quality.statistics(), 'BinaryClassification'));
    expect(ours).toHaveLength(16);
    for (const [name, { value }] of ours) expect([name, digits(value)]).toEqual([name, values[name]![0]]);
  });

  test('the ten violations, word for word', () => {
    const theirs = (goldenJson('other-model.violations.json') as ConstraintViolations).violations as ModelQualityViolation[];
    const known = new Map(Object.keys(other().values).map(name => [name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), name]));
    const constraints: Record<string, QualityConstraint> = {};
    const metrics: Record<string, QualityMetric> = {};
    for (const { description, metric_name, constraint_check_type } of theirs) {
      const [value, deviation, threshold] = description.match(/\d\.\d+/g)!.map(Number);
      constraints[known.get(metric_name)!] = { threshold: threshold!, comparison_operator: constraint_check_type };
      metrics[known.get(metric_name)!] = { value: value!, standard_deviation: deviation! };
    }
    const ours = violationsOf(judgeMetrics(constraints, metrics, 0));
    expect(theirs).toHaveLength(10);
    expect(ours.map(violation => ({ ...violation, explanation: undefined }))).toEqual(theirs);
    expect(ours[0]!.explanation).toBe('auc: 0.946 → 0.548, may not be below 0.946');
  });
});
