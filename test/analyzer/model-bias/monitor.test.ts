import { BiasAnalysisFile, ModelBiasAnalysis } from '../../../lib/contract';
import { BiasExecutionReport, BiasWorkspace, Exchange, LOANS, metricsOf } from './bias-workspace';

const TOO_SHORT = 'the row has 2 columns without a name, expected 3: "sex", "branch", "income"; '
  + 'leave out of the baseline\'s dataset what is no feature, or give headers';
const workspaces: BiasWorkspace[] = [];

function workspace(): BiasWorkspace {
  const created = new BiasWorkspace();
  workspaces.push(created);
  return created;
}

afterAll(() => {
  for (const each of workspaces) each.remove();
});

interface Person {
  readonly sex: string;
  readonly branch: number;
  readonly income: number;
  readonly repaid: number;
  readonly approved: number;
}

/** People in the same proportions whatever their number: of ten men six repay, of ten women five; approvals are nearly equal. */
const people: readonly Person[] = Array.from({ length: 600 }, (_, index) => {
  const sex = index % 2 === 0 ? 'f' : 'm';
  const tenth = Math.floor(index / 2) % 10;
  const repaid = Number(tenth < (sex === 'f' ? 5 : 6));
  return { sex, branch: index % 3, income: 30 + (index * 37) % 101 / 3, repaid, approved: Number(tenth < 5) };
});

const dataset = ['sex,branch,income,repaid,approved', ...people.map(({ sex, branch, income, repaid, approved }) => `${sex},${branch},${income.toFixed(3)},${repaid},${approved}`)].join('\n');
const exchange = ({ sex, branch, income, repaid, approved }: Person): Exchange =>
  ({ input: `${sex},${branch},${income.toFixed(3)}`, output: JSON.stringify({ approved }), label: String(repaid) });

let baseline: BiasAnalysisFile;

beforeAll(() => {
  const trained = workspace().biasBaselineOf(dataset);
  expect(trained.run()).toMatchObject({ status: 0, stderr: '', message: 'Completed: Job completed successfully with no violations.' });
  baseline = trained.biasBaseline;
});

function execute(exchanges: readonly Exchange[], analysis: Partial<ModelBiasAnalysis> = {}, by: BiasAnalysisFile = baseline): BiasExecutionReport {
  const execution = workspace().biasExecutionOf(by, exchanges, { ...LOANS, ...analysis });
  expect(execution.run()).toMatchObject({ status: 0, stderr: '' });
  return execution.biasReport;
}

function failureOf(rows: string, analysis: Partial<ModelBiasAnalysis> = {}): string {
  const failing = workspace().biasBaselineOf(rows, { ...LOANS, ...analysis });
  expect(failing.run().status).toBe(1);
  return failing.run().message;
}

test('a window like the training data violates nothing, and its requests in CSV take the names of the baseline', () => {
  const report = execute(people.map(exchange));
  expect(report.violations).toEqual([]);
  expect(report.summary.records).toEqual(
    { captured: 600, analysed: 600, labelled: 600, duplicatedLabels: 0, unmatchedLabels: 0, rejected: 0, outsideWindow: 0 });
  expect(report.analysis.headers).toEqual(['sex', 'branch', 'income']);
  expect(metricsOf(report.analysis, 'sex', 'f')).toEqual(metricsOf(baseline, 'sex', 'f'));
});

test('women who are refused now are drift, and fewer than four fifths of approvals a bound that is missed; both are explained', () => {
  const report = execute(people.map(person => exchange(person.sex === 'f' && person.income > 40 ? { ...person, approved: 0 } : person)));
  expect(report.violations.filter(violation => violation.metric_name === 'DI')).toEqual([
    {
      constraint_check_type: 'bias_drift_check', facet: 'sex', facet_value: 'f', metric_name: 'DI',
      description: expect.stringMatching(/^Metric value 0\.\d+ doesn't meet the baseline constraint requirement 1$/) as string,
      explanation: expect.stringMatching(/^sex=f: Disparate Impact \(DI\) 1 → 0\.\d+, farther from 1$/) as string,
    },
    {
      constraint_check_type: 'bias_check', facet: 'sex', facet_value: 'f', metric_name: 'DI',
      description: expect.stringMatching(/^Metric value 0\.\d+ doesn't meet the minimum 0\.8$/) as string,
      explanation: expect.stringMatching(/^sex=f: positive predictions are 0\.\d+ times as frequent .*; at least 0\.8 is asked$/) as string,
    },
  ]);
  expect(report.html.match(/<svg/g)).toHaveLength(1);
  expect(report.html).toContain('four fifths');
});

test('each metric bears the stage, the label and the group; one without a value is not published', () => {
  const report = execute(people.map(person => exchange({ ...person, approved: person.repaid })), { groupVariable: undefined });
  const published = report.metrics.filter(({ MetricName }) => MetricName.startsWith('bias_metric_'));
  const group = [{ Name: 'Label', Value: 'repaid' }, { Name: 'LabelValue', Value: '1' }, { Name: 'Facet', Value: 'sex' }, { Name: 'FacetValue', Value: 'f' }];
  expect(published.find(({ MetricName }) => MetricName === 'bias_metric_DPL')).toMatchObject({
    Value: expect.closeTo(0.1) as number,
    Dimensions: [{ Name: 'Endpoint', Value: 'loans' }, { Name: 'MonitoringSchedule', Value: 'hourly-model-bias' }, { Name: 'BiasStage', Value: 'Pre-training' }, ...group],
  });
  const impact = published.find(({ MetricName }) => MetricName === 'bias_metric_DI')!;
  expect(impact.Dimensions.slice(2)).toEqual([{ Name: 'BiasStage', Value: 'Post-Training' }, ...group]);
  expect(published.map(({ MetricName }) => MetricName).filter(name => name.startsWith('bias_metric_CDD'))).toEqual([]);
  expect(metricsOf(report.analysis, 'sex', 'f').CDDL).toMatchObject({ value: null, error: 'Group variable is empty or not provided' });
});

test('an infinite metric is the text Infinity in the file, and the largest number in CloudWatch', () => {
  const report = execute(people.map(person => exchange({ ...person, approved: person.sex === 'm' ? person.repaid : 0 })), { method: 'Compatible' });
  expect(metricsOf(report.analysis, 'sex', 'f').TE!.value).toBe('Infinity');
  expect(report.metrics.find(({ MetricName }) => MetricName === 'bias_metric_TE')!.Value).toBe(2 ** 360);
});

test('a group that is not there any more is named, and its metrics say why they have no value', () => {
  const report = execute(people.filter(({ sex }) => sex === 'm').map(exchange));
  expect(report.violations).toEqual([expect.objectContaining({
    constraint_check_type: 'bias_check', metric_name: 'CI', explanation: 'sex=f: no row in this window; it was 50 % of the baseline\'s',
  })]);
  expect(metricsOf(report.analysis, 'sex', 'f').DI).toMatchObject({ value: null, error: 'No row belongs to the group' });
  expect(report.metrics.filter(({ MetricName }) => MetricName === 'bias_metric_DI')).toEqual([]);
});

test('of a group that is gone, its own share of the baseline is told, not that of the others', () => {
  const facets = [{ nameOrIndex: 'branch', valueOrThreshold: [0] }];
  const trained = workspace().biasBaselineOf(dataset, { ...LOANS, facets });
  trained.run();
  const report = execute(people.filter(({ branch }) => branch !== 0).map(exchange), { facets }, trained.biasBaseline);
  expect(report.violations.map(({ explanation }) => explanation)).toContain('branch=0: no row in this window; it was 33 % of the baseline\'s');
});

test('a group that a window is too small to have is not missed', () => {
  const eight = people.filter(({ sex }) => sex === 'm').slice(0, 8).map(exchange);
  expect(execute(eight, { minimumRows: 1 }).violations).toEqual([]);
});

test('where each value is a group, a new one is named', () => {
  const facets = [{ nameOrIndex: 'sex' }];
  const trained = workspace().biasBaselineOf(dataset, { ...LOANS, facets });
  trained.run();
  const report = execute(people.map((person, index) => exchange(index < 12 ? { ...person, sex: 'x' } : person)), { facets }, trained.biasBaseline);
  expect(Object.values(report.analysis.pre_training_bias_metrics!.facets.sex!).map(({ value_or_threshold: group }) => group)).toEqual(['f', 'm', 'x']);
  expect(report.violations.map(({ explanation }) => explanation)).toEqual(['sex=x: a new group, 2 % of rows; the baseline has none of it']);
});

test('rows without a label are counted and left out; below the minimum nothing is judged', () => {
  const refused = people.map((person, index) =>
    ({ ...exchange({ ...person, approved: Number(person.sex === 'm') }), ...(index >= 20 && { label: undefined }) }));
  const report = execute(refused);
  expect(report.summary.records).toMatchObject({ captured: 600, analysed: 600, labelled: 20 });
  expect(report.violations).toEqual([]);
  expect(report.metrics.filter(({ MetricName }) => MetricName.startsWith('bias_metric_'))).toEqual([]);
  expect(report.html).toContain('With a label on 20 rows nothing is judged; 30 are needed.');
});

test('a window without any label, or without any request, is a state and no failure', () => {
  expect(execute(people.map(person => ({ ...exchange(person), label: undefined }))).summary.records).toMatchObject({ analysed: 600, labelled: 0 });
  expect(execute([]).summary.records).toMatchObject({ captured: 0, labelled: 0 });
});

test('rows that cannot be analysed are kept aside, each with its reason', () => {
  const wrong: Exchange[] = [{ input: 'f,1', output: '{"approved":1}', label: '1' }, { input: 'f,1,30', output: '{"score":1}', label: '1' }, { input: 'f,1,30', output: '{"approved":0.7}', label: '1' }];
  expect(execute(wrong).rejected.map(({ reason }) => reason)).toEqual([
    TOO_SHORT,
    expect.stringMatching(/^the prediction is looked for in column "approved"/),
    'the prediction is a fraction and no label; where it is a probability, say so of its column (probabilityAttribute, --probability)',
  ]);
});

test('a request with one bad row counts not at all, whichever row it is', () => {
  const threes: Exchange[] = Array.from({ length: 100 }, (_, index) =>
    ({ input: `f,1,30\nm,2,40\nf,${index}`, output: '{"predictions":[{"approved":1},{"approved":0},{"approved":1}]}', label: '1\n0\n1' }));

  const { summary, rejected } = execute([...threes, exchange(people[0]!)]);

  expect(summary.records).toMatchObject({ captured: 101, analysed: 1, labelled: 1, rejected: 100 });
  expect([...new Set(rejected.map(({ reason }) => reason))]).toEqual([TOO_SHORT]);
});

test('what cannot be read is no row without a label, whether it has one or not', () => {
  const short = people.slice(0, 60).map((person, index) => ({ ...exchange(person), input: 'f,1', ...(index >= 40 && { label: undefined }) }));
  const { summary, metrics } = execute(short);
  expect(summary.records).toMatchObject({ captured: 60, analysed: 0, labelled: 0, rejected: 60 });
  expect(metrics.filter(({ MetricName }) => MetricName === 'labelled_share')).toEqual([]);

  const few = people.slice(0, 20).map((person, index) => ({ ...exchange(person), ...(index >= 15 && { label: undefined }) }));
  const mixed = execute([...short, ...few]);
  expect(mixed.summary.records).toMatchObject({ captured: 80, analysed: 20, labelled: 15, rejected: 60 });
  expect(mixed.metrics.find(({ MetricName }) => MetricName === 'labelled_share')).toMatchObject({ Value: 0.75 });
});

test('a number that cannot be a probability is rejected', () => {
  const answers = ['43', '-0.1', '1', '0'].map((output): Exchange => ({ input: 'f,1,30', output: `{"score":${output}}`, label: '1' }));
  const { summary, rejected } = execute(answers, { inferenceAttribute: undefined, probabilityAttribute: 'score' });
  expect(summary.records).toMatchObject({ captured: 4, analysed: 2, labelled: 2, rejected: 2 });
  expect(new Set(rejected.map(({ reason }) => reason))).toEqual(new Set(['the probability is not from 0 to 1; say which column holds it (probabilityAttribute, --probability)']));
});

test('a probability at the threshold is a positive prediction', () => {
  const exchanges = people.map((person, index) => ({ ...exchange(person), output: `{"score":${index % 4 === 0 ? 0.7 : 0.699}}` }));
  const { analysis } = execute(exchanges, { inferenceAttribute: undefined, probabilityAttribute: 'score', probabilityThreshold: 0.7 });
  // Every other one is a woman, and of these every other one is at the threshold.
  expect(metricsOf(analysis, 'sex', 'f').DPPL!.value).toBe(-0.5);
});

test('a request that would bring more groups than there can be brings none of them', () => {
  const facets = [{ nameOrIndex: 'sex' }];
  const trained = workspace().biasBaselineOf(dataset, { ...LOANS, facets });
  trained.run();
  const people102 = Array.from({ length: 102 }, (_, index) => `x${index},1,30`).join('\n');
  const many: Exchange = { input: people102, output: `{"predictions":[${'{"approved":1},'.repeat(101)}{"approved":0}]}`, label: '1\n'.repeat(102) };

  const { analysis, summary, rejected } = execute([...people.map(exchange), many], { facets }, trained.biasBaseline);

  expect(rejected.map(({ reason }) => reason)).toEqual(['the facet "sex" has more than 100 different values; name those that make the group']);
  expect(summary.records).toMatchObject({ analysed: 600, labelled: 600, rejected: 1 });
  expect(analysis.pre_training_bias_metrics!.facets.sex!.map(({ value_or_threshold: group }) => group)).toEqual(['f', 'm']);
});

test('a small window follows the baseline: 0 and 1 stay categories, and a threshold keeps the baseline\'s name', () => {
  const facets = [{ nameOrIndex: 'branch', valueOrThreshold: [0] }, { nameOrIndex: 'income', valueOrThreshold: [50] }];
  const trained = workspace().biasBaselineOf(dataset, { ...LOANS, facets });
  trained.run();
  const named = (file: BiasAnalysisFile): unknown =>
    Object.entries(file.pre_training_bias_metrics!.facets).map(([name, groups]) => [name, groups.map(group => group.value_or_threshold)]);
  expect(named(trained.biasBaseline)).toEqual([['branch', ['0']], ['income', [expect.stringMatching(/^\(50\.0, 63\.\d+\]$/)]]]);
  const report = execute(people.slice(0, 12).map(exchange), { facets }, trained.biasBaseline);
  expect(named(report.analysis)).toEqual(named(trained.biasBaseline));
  expect(metricsOf(report.analysis, 'branch', '0').CI!.value).toBeCloseTo(1 / 3);
});

test('a threshold that is said to be one is one, among however few whole numbers', () => {
  const facets = (isThreshold?: true): ModelBiasAnalysis['facets'] => [{ nameOrIndex: 'branch', valueOrThreshold: [0], ...isThreshold && { isThreshold } }];
  const trained = workspace().biasBaselineOf(dataset, { ...LOANS, facets: facets(true) });
  trained.run();
  // Two of the three branches.
  expect(metricsOf(trained.biasBaseline, 'branch', '(0, 2]').CI!.value).toBeCloseTo(-1 / 3);
  const report = execute(people.slice(0, 60).map(exchange), { facets: facets(true) }, trained.biasBaseline);
  expect(metricsOf(report.analysis, 'branch', '(0, 2]').CI!.value).toBeCloseTo(-1 / 3);

  const counted = workspace().biasBaselineOf(dataset, { ...LOANS, facets: facets() });
  counted.run();
  const failing = workspace().biasExecutionOf(counted.biasBaseline, people.map(exchange), { ...LOANS, facets: facets(true) });
  expect(failing.run().status).toBe(1);
  expect(failing.run().message).toBe('Failed: the facet "branch" is above 0 here and "0" in the bias baseline; make the baseline anew, or watch what it has');
});

test.each<[what: string, rows: string, analysis: Partial<ModelBiasAnalysis>, message: RegExp]>([
  ['the label is missing', dataset, { label: 'churned' }, /^Failed: no row of the baseline dataset could be analysed: the label is looked for in column "churned"; the row has "sex"/],
  ['the label is constant', 'sex,repaid,approved\nf,1,1\nm,1,0', { groupVariable: undefined }, /^Failed: the label "repaid" is 1 in every row; bias needs rows with positive and with other labels$/],
  ['no label is positive', dataset, { labelValuesOrThreshold: ['yes'] }, /^Failed: no row has the positive label yes in "repaid"; give the values that count as positive$/],
  ['a facet is missing', dataset, { facets: [{ nameOrIndex: 'gender' }] }, /^Failed: there is no column "gender" for the facet; the feature columns are "sex", "branch", "income"$/],
  ['a group is empty', dataset, { facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['x'] }] }, /^Failed: no row belongs to the group x of the facet "sex"; give values that the column has$/],
  ['a quantity has no threshold', dataset, { facets: [{ nameOrIndex: 'income' }] }, /^Failed: the facet "income" is continuous; give the threshold above which the group lies$/],
  ['a threshold is no number', dataset, { facets: [{ nameOrIndex: 'income', valueOrThreshold: ['rich'] }] }, /^Failed: the facet "income" is continuous, and "rich" is no threshold; give one number that its values shall exceed$/],
  ['nothing can lie above a threshold', dataset, { facets: [{ nameOrIndex: 'sex', valueOrThreshold: [1], isThreshold: true }] },
    /^Failed: the facet "sex" holds texts, and nothing lies above 1; name the values that make the group$/],
  ['the predictions are missing', dataset, { inferenceAttribute: 'answer' }, /^Failed: no row of the baseline dataset could be analysed: the prediction is looked for in column "answer"/],
  ['the dataset is empty', 'sex,branch,income,repaid,approved', {}, /^Failed: no row of the baseline dataset could be analysed: it is empty$/],
])('a baseline is refused when %s', (_, rows, analysis, message) => {
  expect(failureOf(rows, analysis)).toMatch(message);
});

test('a baseline of other groups is refused', () => {
  const execution = workspace().biasExecutionOf(baseline, people.map(exchange), { ...LOANS, facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['m'] }] });
  expect(execution.run().message).toBe('Failed: the facet "sex" is m here and "f" in the bias baseline; make the baseline anew, or watch what it has');
});
