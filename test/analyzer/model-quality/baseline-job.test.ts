import { gzipSync } from 'node:zlib';
import { ModelQualityAnalysis } from '../../../lib/contract';
import { record } from '../workspace';
import { BINARY, labelRecord, QualityWorkspace } from './quality-workspace';

const workspaces: QualityWorkspace[] = [];
function workspace(): QualityWorkspace {
  const created = new QualityWorkspace();
  workspaces.push(created);
  return created;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
});

function failure(dataset: string, analysis: Partial<ModelQualityAnalysis> = {}): string {
  const { status, message } = workspace().qualityBaselineOf(dataset, { ...BINARY, ...analysis }).run();
  expect(status).toBe(1);
  return message;
}

describe('a dataset that teaches nothing is named', () => {
  test('a label column that is missing', () => {
    expect(failure('probability,churn\n0.9,1\n0.1,0'))
      .toBe('Failed: no row of the baseline has a prediction and a label; of 2 rejected ones the first: the label is looked for in column "label"; the row has "probability", "churn"');
  });

  test('a label column that is empty', () => {
    expect(failure('probability,label\n0.9,\n0.1,')).toBe('Failed: no row of the baseline has a prediction and a label');
  });

  test('one class only', () => {
    const message = 'quality needs rows of different labels: check which column is the label, or add rows';
    expect(failure('probability,label\n0.9,0\n0.1,0')).toBe(`Failed: every row of the baseline has the label 0; ${message}`);
    expect(failure('probability,label\n0.9,1\n0.1,1')).toBe(`Failed: every row of the baseline has the label 1; ${message}`);
    expect(failure('p,label\na,a\nb,a', { problemType: 'MulticlassClassification', probabilityAttribute: undefined, inferenceAttribute: 'p' }))
      .toBe(`Failed: every row of the baseline has the label a; ${message}`);
    expect(failure('p,label\n1,7.5\n2,7.5', { problemType: 'Regression', probabilityAttribute: undefined, inferenceAttribute: 'p' }))
      .toBe(`Failed: every row of the baseline has the label 7.5; ${message}`);
  });

  test('no row', () => {
    expect(failure('probability,label\n')).toBe('Failed: no row of the baseline has a prediction and a label');
  });
});

test('rows that cannot be read are kept aside, the others count', () => {
  const job = workspace().qualityBaselineOf('probability,label\n0.9,1\nhigh,1\n0.1,0\n0.2,\n0.3,2');
  expect(job.run()).toMatchObject({ status: 0 });
  expect(job.qualityBaseline.statistics.dataset.item_count).toBe(2);
  expect(job.lines('processing/output/rejected.jsonl')).toMatchObject([
    { line: 3, reason: 'the probability is no number' }, { line: 6, reason: expect.stringContaining('the label is neither') as string },
  ]);
});

test('captured requests and their labels make the same baseline as the dataset', () => {
  const rows = [['0.9', '1'], ['0.2', '0'], ['0.6', '0'], ['0.7', '1']] as const;
  const dataset = workspace().qualityBaselineOf(['probability,label', ...rows.map(row => row.join(','))].join('\n'));
  dataset.run();
  const captured = workspace()
    .write('data/a.jsonl.gz', gzipSync(rows.map(([probability], index) => record('1', { output: probability }).replace('c0ffee', `id-${index}`)).join('\n')))
    .write('labels/2026/01/31/09/a.jsonl', rows.map(([, label], index) => labelRecord(`id-${index}`, label)).join('\n'));
  const ended = captured.run({
    dataset_format: '{"sagemakerCaptureJson":{"captureIndexNames":["endpointOutput"]}}', analysis_type: 'MODEL_QUALITY', problem_type: 'BinaryClassification',
    dataset_source: '/opt/ml/data', ground_truth_source: '/opt/ml/labels', output_path: '/opt/ml/processing/output',
    probability_attribute: '0', probability_threshold_attribute: '0.5',
  });
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(captured.qualityBaseline).toEqual(dataset.qualityBaseline);
});

test('by the service\'s environment an execution merges, judges and publishes', () => {
  const dataset = workspace().qualityBaselineOf('probability,label\n0.9,1\n0.1,0');
  dataset.run();
  const execution = workspace()
    .write('data/a.jsonl', [record('1', { output: '0.9' }), record('1', { output: '0.9' }).replace('c0ffee', 'other')].join('\n'))
    .write('labels/a.jsonl', [labelRecord('c0ffee', '1'), labelRecord('other', '0')].join('\n'))
    .writeJson('constraints/constraints.json', dataset.qualityBaseline.constraints);
  expect(execution.run({
    dataset_format: '{"sagemakerCaptureJson":{"captureIndexNames":["endpointOutput"]}}', analysis_type: 'MODEL_QUALITY', problem_type: 'BinaryClassification',
    dataset_source: '/opt/ml/data', ground_truth_source: '/opt/ml/labels', output_path: '/opt/ml/out', baseline_constraints: '/opt/ml/constraints',
    probability_attribute: '0', start_time: '2026-01-31T09:00:00Z', end_time: '2026-01-31T10:00:00Z',
  })).toMatchObject({ status: 0, message: 'CompletedWithViolations: Job completed successfully with 8 violations.' });
  expect(execution.lines('out/metrics.jsonl')).toContainEqual(expect.objectContaining({ MetricName: 'auc', Value: 0.5 }));
});

test('captured requests without ground truth are refused, for they hold no labels', () => {
  const execution = workspace().write('data/a.jsonl', record('1', { output: '0.9' })).writeJson('constraints/constraints.json', {});
  expect(execution.run({
    dataset_format: '{"sagemakerCaptureJson":{"captureIndexNames":["endpointOutput"]}}', analysis_type: 'MODEL_QUALITY', problem_type: 'Regression',
    dataset_source: '/opt/ml/data', output_path: '/opt/ml/out', baseline_constraints: '/opt/ml/constraints',
  })).toMatchObject({ status: 1, message: 'Failed: captured requests hold no labels; say where the ground truth is' });
});
