import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EXPLANATION_INFERENCE_ID_PREFIX, ExplainabilityAnalysisFile } from '../../../lib/contract';
import { bell, record } from '../workspace';
import { ExplanationWorkspace } from './explanation-workspace';
import { Answer, Invocation, ModelServer, weighing } from './model-server';

const workspaces: ExplanationWorkspace[] = [];
const models: ModelServer[] = [];
function workspace(): ExplanationWorkspace {
  const created = new ExplanationWorkspace();
  workspaces.push(created);
  return created;
}
async function serve(answer: (invocation: Invocation) => Answer | Promise<Answer>): Promise<ModelServer> {
  const model = await ModelServer.start(answer);
  models.push(model);
  return model;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
  for (const each of models) each.stop();
});

const [scores, incomes, zips] = [bell(60, 600, 50), bell(60, 50, 10), bell(60, 300, 40)];
const ROWS = scores.map((score, index) => [score, incomes[index]!, zips[index]!, ['own', 'rent', 'own'][index % 3]!]);
const DATASET = ['credit_score,income,zip_code,home,approved', ...ROWS.map((row, index) => [...row, index % 2].join())].join('\n');
const CAPTURED = { 'a.jsonl': ROWS.map(row => record(row.join())).join('\n') };
const EXCLUDED = { excludedColumns: ['approved'] };
/** Weights of a model that looks at the credit score, and of one that looks at where people live. */
const [FAIR, UNFAIR] = [[5, 3, 0.5, 0], [0.5, 3, 5, 0]] as const;

let baseline: ExplainabilityAnalysisFile;
beforeAll(async () => {
  const job = workspace().baselineFrom(DATASET, EXCLUDED);
  const model = await serve(weighing(...FAIR));
  expect(await job.explain(model.url)).toEqual({ status: 0, stderr: '', message: 'Completed: Job completed successfully with no violations.' });
  baseline = job.baselineAnalysis;
});

function meanDistance(values: readonly number[], from: number): number {
  return values.reduce((sum, value) => sum + Math.abs(value - from), 0) / values.length;
}

describe('baseline job', () => {
  test('compares with the median and the most frequent category, both of them values of the data', () => {
    const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[29]!;
    expect(baseline.background).toEqual([[median(scores), median(incomes), median(zips), 'own']]);
  });

  test('global values of a linear model are weight × mean distance from the background', async () => {
    const job = workspace().baselineFrom(DATASET, { ...EXCLUDED, maximumRows: 60 });
    await job.explain((await serve(weighing(...FAIR))).url);
    const { background, explanations: { kernel_shap: { label0 } } } = job.baselineAnalysis;
    const [row] = background as number[][];
    expect(Object.keys(label0!.global_shap_values)).toEqual(['credit_score', 'income', 'zip_code', 'home']);
    expect(label0!.global_shap_values.credit_score).toBeCloseTo(5 * meanDistance(scores, row![0]!), 9);
    expect(label0!.global_shap_values.income).toBeCloseTo(3 * meanDistance(incomes, row![1]!), 9);
    expect(label0!.global_shap_values.home).toBeCloseTo(0, 9);
    expect(label0!.expected_value).toBeCloseTo(5 * row![0]! + 3 * row![1]! + 0.5 * row![2]!, 9);
  });

  test('a given background, log odds, the mean of squares and the names of labels are obeyed', async () => {
    const model = await serve(({ body }) => ({ body: body.split('\n').map(line => 1 / (1 + Math.exp(-Number(line)))).map(p => `${1 - p},${p}`).join('\n') }));
    const job = workspace().baselineFrom('x\n1\n-1\n3\n', {
      background: [[0], [0]], useLogit: true, aggregation: 'mean_sq', predictor: { labelHeaders: ['refused', 'approved'] },
    });
    expect(await job.explain(model.url)).toMatchObject({ status: 0 });
    expect(job.baselineAnalysis.background).toEqual([[0], [0]]);
    const { refused, approved } = job.baselineAnalysis.explanations.kernel_shap;
    expect([approved!.global_shap_values.x, approved!.expected_value]).toEqual([expect.closeTo((1 + 1 + 9) / 3, 9), expect.closeTo(0, 9)]);
    expect(refused!.global_shap_values.x).toBeCloseTo((1 + 1 + 9) / 3, 9);
  });

  test('the median of magnitudes is an aggregation too', async () => {
    const job = workspace().baselineFrom('x\n1\n-2\n9\n', { background: [[0]], aggregation: 'median' });
    await job.explain((await serve(weighing(1))).url);
    expect(job.baselineAnalysis.explanations.kernel_shap.label0!.global_shap_values).toEqual({ x: 2 });
  });

  test('JSON lines are a dataset too; a line that lacks a feature is rejected', async () => {
    const lines = [{ age: 30, home: 'own', id: 'a' }, { age: 50, home: 'rent', id: 'b' }, { age: 40, id: 'c' }].map(line => JSON.stringify(line));
    const job = workspace().baselineFrom(lines.join('\n'), { excludedColumns: ['id'] }, { json: { lines: true } });
    expect(await job.explain((await serve(weighing(1, 10))).url)).toMatchObject({ status: 0 });
    expect(job.baselineAnalysis.background).toEqual([[30, 'own']]);
    const { global_shap_values: values } = job.baselineAnalysis.explanations.kernel_shap.label0!;
    expect(values).toEqual({ age: expect.closeTo(10, 9), home: expect.closeTo(5, 9) });
    expect(job.lines('processing/output/rejected.jsonl')).toMatchObject([{ line: 3, reason: 'the column "home" is missing' }]);
  });

  test.each([
    ['no row', 'a,b\n', {}, 'Failed: the baseline dataset has no row to explain (0 rejected); check its files and the dataset format'],
    ['an excluded column that is not there', 'a,b\n1,2\n', { excludedColumns: ['lable'] }, 'Failed: the column "lable" is excluded, but the dataset has none of that name; it has a, b'],
    ['nothing left', 'a\n1\n', { excludedColumns: ['a'] }, 'Failed: there is no column left to explain; exclude fewer columns'],
    ['a background too narrow', 'a,b\n1,2\n', { background: [[1]] }, 'Failed: row 1 of the background has 1 values, but there are 2 features: a, b'],
    ['labels that are not there', 'a\n1\n', { predictor: { labelHeaders: ['x', 'y'] } }, 'Failed: the model answers 1 score a row, but labelHeaders has 2 (x, y); name each score, or say which one is meant (scoreAttribute, --score)'],
    ['labels of one name', 'a\n1\n', { predictor: { labelHeaders: ['x', 'x'] } }, 'Failed: two scores are named "x" in labelHeaders; name each score once'],
    ['log odds of what is no probability', 'a\n7\n', { useLogit: true }, 'Failed: the model\'s score 7 has no log odds, as it lies outside of 0 to 1; set useLogit to false or name the attribute of a probability'],
    ['names that lose their order', 'b,1\n7,1\n', {}, 'Failed: columns whose names are whole numbers lose their order in analysis.json; give headers, in the order in which the model wants them: b, 1'],
  ])('%s is said', async (_, dataset, change, message) => {
    const job = workspace().baselineFrom(dataset, change);
    expect(await job.explain((await serve(weighing(1, 1))).url)).toEqual({ status: 1, stderr: `${message}\n`, message });
  });
});

describe('execution', () => {
  test('the same traffic and the same model: no violation, nDCG is 1', async () => {
    const job = workspace().executionFrom(baseline, CAPTURED, EXCLUDED);
    const model = await serve(weighing(...FAIR));
    expect(await job.explain(model.url)).toMatchObject({ status: 0, stderr: '' });
    const { analysis, violations, summary, metrics } = job.findings;
    expect(violations).toEqual({ version: '1.0', violations: [] });
    expect(analysis!.explanations).toEqual(baseline.explanations);
    expect(summary.records).toEqual({ captured: 60, analysed: 50, rejected: 0, outsideWindow: 0 });
    expect(metrics.find(({ MetricName }) => MetricName === 'feature_attribution_ndcg')).toMatchObject({
      Value: expect.closeTo(1, 12), Dimensions: [{ Name: 'Endpoint', Value: 'lending' }, { Name: 'MonitoringSchedule', Value: 'hourly-model-explainability' }],
    });
  });

  test('a model that turned to the zip code is found, in the service\'s words and in ours', async () => {
    const job = workspace().executionFrom(baseline, CAPTURED, EXCLUDED);
    expect(await job.explain((await serve(weighing(...UNFAIR))).url)).toMatchObject({
      status: 0, message: 'CompletedWithViolations: Job completed successfully with 1 violations.',
    });
    const { violations: { violations: [violation] }, metrics } = job.findings;
    const ndcg = metrics.find(({ MetricName }) => MetricName === 'feature_attribution_ndcg')!.Value!;
    expect(ndcg).toBeLessThan(0.9);
    expect(violation).toEqual({
      label: 'label0', metric_name: 'shap', constraint_check_type: 'feature_attribution_drift_check',
      description: `Feature attribution drift ${ndcg} exceeds threshold 0.9`,
      explanation: expect.stringMatching(/^the ranking of features changed: zip_code 3rd → 1st, credit_score 1st → 3rd \(nDCG 0\.588, /),
    });
  });

  test('a model that answers the same to all is found', async () => {
    const job = workspace().executionFrom(baseline, CAPTURED, EXCLUDED);
    await job.explain((await serve(({ body }) => ({ body: body.replaceAll(/.+/g, '0.5') }))).url);
    expect(job.findings.violations.violations[0]!.explanation).toMatch(/^all features are worth the same now, 0 \(nDCG 0\.\d+, /);
  });

  test('the report shows the features by their rank in the baseline, and what moved', async () => {
    const job = workspace().executionFrom(baseline, CAPTURED, EXCLUDED);
    await job.explain((await serve(weighing(...UNFAIR))).url);
    const { html } = job.findings;
    const places = ['Feature attribution', 'nDCG 0.588, allowed from 0.9', '1 → 3 ', 'income', '3 → 1 ', 'home'].map(text => html.lastIndexOf(text));
    expect(places).not.toContain(-1);
    expect(html.match(/<svg/g)).toHaveLength(1);
    expect(html.includes('50 of 60 rows were explained, drawn evenly.')).toBe(true);
    expect(html.match(/<script|src=|@import/)).toBeNull();
  });

  test('metrics bear the service\'s dimensions', async () => {
    const job = workspace().executionFrom(baseline, CAPTURED, EXCLUDED);
    await job.explain((await serve(weighing(...FAIR))).url);
    const named = (name: string): unknown => job.findings.metrics.filter(({ MetricName }) => MetricName === name);
    const dimensions = (valueType: string): unknown => [
      { Name: 'Endpoint', Value: 'lending' }, { Name: 'MonitoringSchedule', Value: 'hourly-model-explainability' },
      { Name: 'ExplainabilityMethod', Value: 'KernelShap' }, { Name: 'Label', Value: 'label0' }, { Name: 'ValueType', Value: valueType },
    ];
    const { global_shap_values, expected_value } = baseline.explanations.kernel_shap.label0!;
    expect(named('feature_income')).toMatchObject([{ Value: global_shap_values.income, Dimensions: dimensions('GlobalShapValues'), Timestamp: '2026-01-31T09:00:00.000Z' }]);
    expect(named('ExpectedValue')).toMatchObject([{ Value: expected_value, Dimensions: dimensions('ExpectedValue') }]);
  });

  test('with fewer rows than the minimum values are told, drift is not judged', async () => {
    const job = workspace().executionFrom(baseline, { 'a.jsonl': CAPTURED['a.jsonl'].split('\n').slice(0, 5).join('\n') }, EXCLUDED);
    await job.explain((await serve(weighing(...UNFAIR))).url);
    const { violations, metrics, analysis, html } = job.findings;
    expect(violations.violations).toEqual([]);
    expect(metrics.map(({ MetricName }) => MetricName)).toContain('feature_zip_code');
    expect(metrics.map(({ MetricName }) => MetricName)).not.toContain('feature_attribution_ndcg');
    expect(analysis).toBeDefined();
    expect(html.includes('With 5 rows nothing is judged; 10 are needed.')).toBe(true);
  });

  test('without a row the model is left alone', async () => {
    const model = await serve(weighing(...FAIR));
    const job = workspace().executionFrom(baseline, { 'a.jsonl': record(ROWS[0]!.join(), { time: '2026-01-31T11:00:00Z' }) }, EXCLUDED);
    expect(await job.explain(model.url)).toMatchObject({ status: 0 });
    expect(model.invocations).toEqual([]);
    expect(job.findings).toMatchObject({ analysis: undefined, summary: { records: { captured: 0, analysed: 0, outsideWindow: 1 } } });
  });

  test('which rows are explained does not depend on how they are split into files', async () => {
    const lines = CAPTURED['a.jsonl'].split('\n');
    const split = { 'a.jsonl': lines.slice(0, 7).join('\n'), 'b/c.jsonl': lines.slice(7, 8).join('\n'), 'c.jsonl': lines.slice(8).join('\n') };
    const found = [];
    for (const captured of [CAPTURED, split]) {
      const job = workspace().executionFrom(baseline, captured, { ...EXCLUDED, maximumRows: 10 });
      await job.explain((await serve(weighing(...FAIR))).url);
      found.push(job.findings.analysis);
    }
    expect(found[0]).toEqual(found[1]);
    expect(found[0]!.explanations).not.toEqual(baseline.explanations);
  });

  test('names in JSON decide, not the order; a row without one, or with too few values, is rejected', async () => {
    const named = ROWS.map(([credit_score, income, zip_code, home]) => record(JSON.stringify({ home, zip_code, credit_score, income, id: 7 }), { encoding: 'JSON' }));
    const bad = [record('{"home":"own"}', { encoding: 'JSON' }), record('1,2'), 'no JSON'];
    const job = workspace().executionFrom(baseline, { '2026/01/31/09/00-00-000-x.jsonl': [...named, ...bad].join('\n') }, EXCLUDED);
    expect(await job.explain((await serve(weighing(...FAIR))).url)).toMatchObject({ status: 0 });
    expect(job.findings.rejected.map(({ reason }) => reason)).toEqual([
      'the column "credit_score" is missing', 'the row has 2 columns, expected 4; leave out of the baseline\'s dataset what is no feature, or give headers', 'line is not valid JSON',
    ]);
    const after = job.findings.analysis!.explanations.kernel_shap.label0!.global_shap_values;
    const before = baseline.explanations.kernel_shap.label0!.global_shap_values;
    for (const [name, value] of Object.entries(before)) expect(after[name]).toBeCloseTo(value, 6);
  });

  test('requests in another order than the baseline\'s are named by headers', async () => {
    const swapped = ROWS.map(([score, income, zip, home]) => record([home, zip, income, score].join())).join('\n');
    const headers = ['home', 'zip_code', 'income', 'credit_score'];
    const job = workspace().executionFrom(baseline, { 'a.jsonl': swapped }, { headers });
    await job.explain((await serve(weighing(...[...FAIR].reverse()))).url);
    const { analysis, violations } = job.findings;
    expect(violations.violations).toEqual([]);
    const { label0 } = analysis!.explanations.kernel_shap;
    expect(label0!.expected_value).toBeCloseTo(baseline.explanations.kernel_shap.label0!.expected_value, 9);
    expect(label0!.global_shap_values.credit_score).toBeCloseTo(baseline.explanations.kernel_shap.label0!.global_shap_values.credit_score!, 9);
  });

  test.each([
    ['other features', { headers: ['credit_score', 'income', 'zip_code', 'age'] }, {}, 'headers and the baseline have different features (age, home); the baseline\'s are credit_score, income, zip_code, home'],
    ['other labels', { predictor: { labelHeaders: ['approved'] } }, {}, 'the model\'s labels are approved, those of the baseline label0; set labelHeaders as they were for the baseline'],
    ['no background in a baseline of the service', {}, { background: undefined }, 'the baseline does not say which rows stand for an absent feature; give them as background (methods.shap.baseline in the service\'s analysis_config.json)'],
  ])('%s: said', async (_, change, file, message) => {
    const job = workspace().executionFrom({ ...baseline, ...file }, CAPTURED, change);
    expect(await job.explain((await serve(weighing(...FAIR))).url)).toEqual({ status: 1, stderr: `Failed: ${message}\n`, message: `Failed: ${message}` });
  });

  test('a file that is no baseline says where it is not', async () => {
    const job = workspace().executionFrom({ explanations: {} }, CAPTURED);
    expect((await job.explain('http://127.0.0.1:9')).message).toMatch(/analysis\.json are not as expected at "explanations\.kernel_shap"/);
  });

  test('without a model it says what is missing', async () => {
    const job = workspace().baselineFrom(DATASET, EXCLUDED);
    expect((await job.explain()).message).toBe('Failed: explainability asks the model, but it is not known which; name the endpoint, or give the address of a local container');
  });

  test('calls bear an inferenceId that keeps them out of every monitor', async () => {
    const model = await serve(weighing(...FAIR));
    await workspace().executionFrom(baseline, CAPTURED, EXCLUDED).explain(model.url);
    const ids = model.invocations.map(({ headers }) => headers['x-amzn-sagemaker-inference-id'] as string);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(id => id.startsWith(EXPLANATION_INFERENCE_ID_PREFIX))).toBe(true);
    expect(model.invocations.every(({ url, headers }) => url === '/invocations' && headers['content-type'] === 'text/csv' && headers.accept === 'text/csv')).toBe(true);
  });
});

const GOLDEN = path.join(__dirname, '../../../../shared/golden/explainability');
const present = existsSync(GOLDEN);
if (!present) console.warn(`skipped: the service's own files are not at ${GOLDEN}`);
(present ? describe : describe.skip)('beside what the service wrote', () => {
  const golden = (file: string): unknown => JSON.parse(readFileSync(path.join(GOLDEN, file), 'utf8'));

  test('its baseline is read; a violation has its layout and its text', async () => {
    const theirs = golden('analysis.json') as ExplainabilityAnalysisFile;
    const features = Object.keys(theirs.explanations.kernel_shap.label0!.global_shap_values);
    const rows = Array.from({ length: 40 }, (_, row) => record(features.map((__, index) => ((row * 7 + index * 3) % 11) / 10).join()));
    const job = workspace().executionFrom(theirs, { 'a.jsonl': rows.join('\n') }, { background: [features.map(() => 0)], samples: 200 });
    expect(await job.explain((await serve(weighing(...features.map((_, index) => 16 - index)))).url)).toMatchObject({ status: 0, stderr: '' });
    const [expected] = (golden('constraint_violations.json') as { violations: Record<string, string>[] }).violations;
    const { explanation, ...found } = job.findings.violations.violations[0]!;
    expect(explanation).toContain('co 1st → 16th');
    expect({ ...found, description: found.description.replace(/0\.\d+/, '#') }).toEqual({ ...expected, description: expected!.description!.replace(/0\.\d+/, '#') });
    expect(Object.keys(job.findings.violations)).toEqual(['version', 'violations']);
  });
});
