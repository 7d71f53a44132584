import { ModelQualityAnalysis } from '../../../lib/contract';
import { Answer, BINARY, labelRecord, QualityBaseline, QualityReport, QualityWorkspace } from './quality-workspace';

const workspaces: QualityWorkspace[] = [];
function workspace(): QualityWorkspace {
  const created = new QualityWorkspace();
  workspaces.push(created);
  return created;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
});

/** Probabilities that are right in four of five rows. */
const GOOD: Answer[] = Array.from({ length: 300 }, (_, index) => {
  const isRight = index % 5 !== 0;
  const label = index % 2;
  return { label: String(label), output: String((label === 1) === isRight ? 0.9 - index / 1e4 : 0.1 + index / 1e4) };
});
/** The same, right in half of the rows. */
const BAD: Answer[] = GOOD.map((answer, index) => index % 3 === 0 ? { ...answer, label: answer.label === '1' ? '0' : '1' } : answer);

let baseline: QualityBaseline;
beforeAll(() => {
  const job = workspace().qualityBaselineOf(['label,probability', ...GOOD.map(({ label, output }) => `${label ?? ''},${output}`)].join('\n'));
  expect(job.run().message).toBe('Completed: Job completed successfully with no violations.');
  baseline = job.qualityBaseline;
});

function execute(answers: readonly Answer[], analysis: Partial<ModelQualityAnalysis> = {}, moreLabels?: string): QualityReport {
  const execution = workspace().qualityExecutionOf(baseline, answers, { ...BINARY, ...analysis });
  if (moreLabels !== undefined) execution.write('processing/groundtruth/2026/01/31/08/more.jsonl', moreLabels);
  expect(execution.run()).toMatchObject({ status: 0, stderr: '' });
  return execution.qualityReport;
}

describe('a window', () => {
  test('like the baseline is calm', () => {
    const { violations, summary, metrics, statistics, constraints } = execute(GOOD);
    expect(violations).toEqual([]);
    expect(summary.records).toEqual(
      { captured: 300, analysed: 300, labelled: 300, duplicatedLabels: 0, unmatchedLabels: 0, rejected: 0, outsideWindow: 0 });
    expect({ statistics, constraints }).toEqual(baseline);
    expect(metrics).toMatchObject({ accuracy: 0.8, total_number_of_violations: 0, records_labelled: 300, labelled_share: 1 });
  });

  test('with worse predictions violates every constraint, f0_5 among them', () => {
    const { violations, metrics, html } = execute(BAD);
    expect(violations.map(({ metric_name }) => metric_name)).toEqual([
      'recall', 'precision', 'accuracy', 'truePositiveRate', 'trueNegativeRate', 'falsePositiveRate', 'falseNegativeRate', 'auc', 'f05', 'f1', 'f2',
    ]);
    expect(violations[2]).toEqual({
      constraint_check_type: 'LessThanThreshold',
      description: expect.stringMatching(/^Metric accuracy with 0\.6 \+\/- 0\.0\d+ was LessThanThreshold '0\.8'$/) as string,
      metric_name: 'accuracy',
      explanation: 'accuracy: 0.8 → 0.6, may not be below 0.8',
    });
    expect(violations[5]).toMatchObject({ constraint_check_type: 'GreaterThanThreshold', explanation: expect.stringMatching(/^false_positive_rate: .* may not be above/) as string });
    expect(metrics).toMatchObject({ accuracy: 0.6, total_number_of_violations: 11, violations: 11 });
    expect(html).toContain('Confusion matrix');
    expect(html).toContain('Receiver operating characteristic');
  });

  test('may be worse by what is tolerated', () => {
    expect(execute(BAD, { tolerance: 0.9 }).violations.map(({ metric_name }) => metric_name)).toEqual(['falsePositiveRate', 'falseNegativeRate']);
    const [, , accuracy] = execute(BAD, { tolerance: 0.2 }).violations;
    expect(accuracy).toMatchObject({ explanation: 'accuracy: 0.8 → 0.6, may not be below 0.64', description: expect.stringContaining('\'0.64') as string });
  });

  test('of few rows with a label is not judged', () => {
    const { violations, metrics, statistics, html } = execute(
      BAD.map((answer, index) => index < 29 ? answer : { output: answer.output }), { minimumRows: 30 });
    expect(violations).toEqual([]);
    expect(metrics).not.toHaveProperty('accuracy');
    expect(metrics).toMatchObject({ total_number_of_violations: 0, records_labelled: 29, records_analysed: 300 });
    expect(statistics.dataset.item_count).toBe(29);
    expect(html).toContain('With a label on 29 rows nothing is judged; 30 are needed.');
  });

  test('without a label is a state, not a failure', () => {
    const { violations, metrics, statistics, summary, html } = execute(GOOD.map(({ output }) => ({ output })));
    expect(violations).toEqual([]);
    expect(summary.records).toMatchObject({ captured: 300, analysed: 300, labelled: 0, rejected: 0, outsideWindow: 0 });
    expect(statistics).toEqual({ version: 0, dataset: { item_count: 0 } });
    expect(metrics).toMatchObject({ labelled_share: 0, records_labelled: 0 });
    expect(metrics).not.toHaveProperty('accuracy');
    expect(html).toContain('No prediction of this window has a label yet.');
  });

  test('of one class only says nothing of what it cannot show', () => {
    const { violations, metrics } = execute(GOOD.filter(({ label }) => label === '0'));
    for (const name of ['recall', 'precision', 'auc', 'au_prc', 'f1', 'false_negative_rate']) expect(metrics).not.toHaveProperty(name);
    expect(metrics).toMatchObject({ accuracy: 0.8 });
    expect(violations).toEqual([]);
  });
});

test('a label that is neither class is rejected, even where it comes first: the baseline knows both', () => {
  const analysis = { ...BINARY, positiveLabel: 'leaves' };
  const answers = GOOD.map(({ label, output }) => ({ output, label: label === '1' ? 'leaves' : 'stays' }));
  const job = workspace().qualityBaselineOf(['label,probability', ...answers.map(({ label, output }) => `${label},${output}`)].join('\n'), analysis);
  expect(job.run().status).toBe(0);

  const execution = workspace().qualityExecutionOf(job.qualityBaseline, [{ output: '0.5', label: 'unknown' }, ...answers], analysis);

  expect(execution.run()).toMatchObject({ status: 0, stderr: '' });
  expect(execution.qualityReport.summary.records).toMatchObject({ captured: 301, labelled: 300, rejected: 1 });
  expect(execution.qualityReport.metrics).toMatchObject({ accuracy: 0.8 });
});

describe('labels', () => {
  test('of other requests, of one id twice, and lines that are none are counted', () => {
    const { summary, rejected, html } = execute(
      GOOD.slice(0, 10), {}, [labelRecord('id-3', '0'), labelRecord('of another window', '1'), '{"eventVersion":"0"'].join('\n'));
    expect(summary.records).toMatchObject({ labelled: 10, duplicatedLabels: 1, unmatchedLabels: 1, rejected: 1 });
    expect(rejected).toEqual([expect.objectContaining({ file: '2026/01/31/08/more.jsonl', line: 3, reason: 'line is not valid JSON' })]);
    expect(html).toContain('Labels that belong to no prediction of this window: 1.');
    expect(html).toContain('Labels that a later one of the same id replaced: 1.');
  });

  test('of several rows belong to their rows; a request with another number of labels is rejected whole', () => {
    const { summary, rejected, statistics } = execute([
      { output: '0.9\n0.2\n0.8', label: '1\n0\n0' }, { output: '{"predictions":[0.9,0.1]}', label: '{"instances":[{"label":1},{"label":1}]}' }, { output: '0.9\n0.1', label: '1' },
    ]);
    expect(statistics.binary_classification_metrics?.confusion_matrix).toEqual({ 0: { 0: 1, 1: 1 }, 1: { 0: 1, 1: 2 } });
    expect(summary.records).toMatchObject({ captured: 3, analysed: 5, labelled: 5, rejected: 1 });
    expect(rejected[0]?.reason).toBe('the ground truth has 1 rows, endpointOutput 2');
  });

  test('a request with one bad row counts not at all', () => {
    const { summary, rejected } = execute([{ output: '0.9\nhigh', label: '1\n0' }, { output: '0.9', label: '1' }]);
    expect(summary.records).toMatchObject({ captured: 2, analysed: 1, labelled: 1, rejected: 1 });
    expect(rejected[0]?.reason).toBe('the probability is no number');
  });

  test('a number that cannot be a probability is rejected', () => {
    const { summary, rejected } = execute([{ output: '43', label: '1' }, { output: '-0.1', label: '1' }, { output: '1', label: '1' }, { output: '0', label: '0' }]);
    expect(summary.records).toMatchObject({ captured: 4, analysed: 2, labelled: 2, rejected: 2 });
    expect(new Set(rejected.map(({ reason }) => reason))).toEqual(new Set(['the probability is not from 0 to 1; say which column holds it (probabilityAttribute, --probability)']));
  });

  test('that are as late as 30 days are waited for: the window that ended then is analysed', () => {
    const at = (time: string, label: string): Answer => ({ output: '0.9', label, time });
    const { summary, metrics } = execute([
      at('2026-01-01T08:59:59Z', '0'), at('2026-01-01T09:00:00Z', '1'), at('2026-01-01T09:59:59Z', '0'), at('2026-01-01T10:00:00Z', '0'), at('2026-01-31T09:30:00Z', '0'),
    ], { labelDelayHours: 30 * 24 });
    expect(summary.records).toMatchObject({ captured: 2, analysed: 2, labelled: 2, unmatchedLabels: 3, rejected: 0, outsideWindow: 3 });
    expect(metrics).toMatchObject({ accuracy: 0.5 });
  });
});

describe('other kinds of predictions', () => {
  const judged = (analysis: ModelQualityAnalysis, rows: readonly Answer[], window: readonly Answer[]): QualityReport => {
    const job = workspace().qualityBaselineOf(['label,prediction', ...rows.map(({ label, output }) => `${label ?? ''},${output}`)].join('\n'), analysis);
    expect(job.run()).toMatchObject({ status: 0 });
    const execution = workspace().qualityExecutionOf(job.qualityBaseline, window, analysis);
    expect(execution.run()).toMatchObject({ status: 0, stderr: '' });
    return execution.qualityReport;
  };
  const kind = { ...BINARY, probabilityAttribute: undefined, inferenceAttribute: 'prediction' };

  test('several classes', () => {
    const rows = ['a', 'b', 'c', 'a'].map(label => ({ label, output: label }));
    const { violations, metrics, statistics, html } = judged({ ...kind, problemType: 'MulticlassClassification' }, rows, [...rows, { label: 'b', output: 'd' }]);
    expect(metrics).toMatchObject({ accuracy: 0.8, weighted_recall: 0.8, weighted_precision: 1 });
    expect(violations.map(({ metric_name }) => metric_name)).toEqual(['accuracy', 'weightedRecall', 'weightedF05', 'weightedF1', 'weightedF2']);
    expect(statistics.multiclass_classification_metrics?.confusion_matrix).toMatchObject({ b: { b: 1, d: 1 }, d: { a: 0 } });
    expect(html).toContain('Confusion matrix');
  });

  test('numbers', () => {
    const rows = [1, 2, 3, 4, 5].map(label => ({ label: String(label), output: String(label + 0.5) }));
    const { violations, metrics } = judged({ ...kind, problemType: 'Regression' }, rows, rows.map(row => ({ ...row, output: String(Number(row.label) + 1) })));
    expect(metrics).toMatchObject({ mae: 1, mse: 1, rmse: 1, r2: 0.5 });
    expect(violations.map(({ description }) => description)).toEqual([
      'Metric mae with 1.0 +/- NaN was GreaterThanThreshold \'0.5\'', 'Metric mse with 1.0 +/- NaN was GreaterThanThreshold \'0.25\'',
      'Metric rmse with 1.0 +/- NaN was GreaterThanThreshold \'0.5\'', 'Metric r2 with 0.5 +/- NaN was LessThanThreshold \'0.875\'',
    ]);
  });
});

describe('what cannot be judged by is named', () => {
  const failure = (change: (space: QualityWorkspace) => unknown): string => {
    const execution = workspace().qualityExecutionOf(baseline, GOOD.slice(0, 3));
    change(execution);
    const { status, message } = execution.run();
    expect(status).toBe(1);
    return message.replaceAll(execution.root, '/opt/ml');
  };
  const FILE = 'processing/baseline/model-quality-constraints/constraints.json';

  test('a baseline of another kind of prediction', () => {
    expect(failure(space => space.writeJson(FILE, { version: 0, regression_constraints: { mae: { threshold: 1, comparison_operator: 'GreaterThanThreshold' } } })))
      .toBe('Failed: the baseline constraints in /opt/ml/processing/baseline/model-quality-constraints are for Regression, the monitor is for BinaryClassification');
  });

  test('a constraint on what is no metric', () => {
    expect(failure(space => space.writeJson(FILE, { version: 0, binary_classification_constraints: { accurracy: { threshold: 1, comparison_operator: 'LessThanThreshold' } } })))
      .toMatch(/^Failed: the baseline constraints in .* have a metric "accurracy"; known are recall, precision, accuracy, /);
  });

  test('a constraint without threshold', () => {
    expect(failure(space => space.writeJson(FILE, { version: 0, binary_classification_constraints: { auc: { comparison_operator: 'LessThanThreshold' } } })))
      .toMatch(/^Failed: the baseline constraints in .* are not as expected at "binary_classification_constraints.auc.threshold"/);
  });
});
