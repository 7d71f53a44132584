import { DataQualityAnalysis, DataQualityCheck } from '../../../lib/contract';
import { bell, ExecutionReport, metric, record, Workspace } from '../workspace';

const ROWS = 400;
const incomes = bell(ROWS, 67_500, 5_000);
const payments = ['card', 'card', 'cash', 'voucher'];
const rows = incomes.map((income, index) => [income, index % 60, payments[index % 4], index % 10 === 0 ? '' : `u${index}@example.com`, index % 50]);
const workspaces: Workspace[] = [];

function workspace(): Workspace {
  const created = new Workspace();
  workspaces.push(created);
  return created;
}

const trained = workspace();

beforeAll(() => {
  const csv = ['income,age,payment_type,email,tenure', ...rows.map(row => row.join(','))].join('\n');
  expect(trained.baselineOf(csv).run()).toMatchObject({ status: 0, message: 'Completed: Job completed successfully with no violations.' });
});
afterAll(() => {
  for (const each of workspaces) each.remove();
});

type Value = string | number | undefined;
type Values = readonly Value[];

function execute(change: (row: Values, index: number) => Values, analysis: Partial<DataQualityAnalysis> = {}): ExecutionReport {
  const lines = rows.map((row, index) => record(change(row, index).join(',')));
  const execution = workspace().executionOf(trained.baseline, { '2026/01/31/09/30-00-000-a.jsonl': lines.join('\n') }, analysis);
  expect(execution.run()).toMatchObject({ status: 0, stderr: '' });
  return execution.report;
}

function replace(column: number, value: (old: Value, index: number) => Value): (row: Values, index: number) => Values {
  return (row, index) => row.map((old, at) => at === column ? value(old, index) : old);
}

function explanations(report: ExecutionReport, check: DataQualityCheck): string[] {
  return report.violations.filter(violation => violation.constraint_check_type === check).map(({ explanation }) => explanation);
}

test('the same data as in training violates nothing, and every check reports a zero', () => {
  const report = execute(row => row);
  expect(report.violations).toEqual([]);
  expect(report.summary.records).toEqual({ captured: ROWS, analysed: ROWS, rejected: 0, outsideWindow: 0 });
  expect(report.metrics.filter(({ MetricName }) => MetricName.startsWith('violations')).map(({ MetricName, Value }) => [MetricName, Value])).toEqual([
    ['violations', 0], ['violations_data_type_check', 0], ['violations_completeness_check', 0], ['violations_baseline_drift_check', 0],
    ['violations_missing_column_check', 0], ['violations_extra_column_check', 0], ['violations_categorical_values_check', 0],
  ]);
  expect(metric(report, 'baseline_drift_max')).toBe(0);
});

test('a distribution that shifted is a baseline_drift_check, explained by its mean', () => {
  const report = execute(replace(0, income => Number(income) * 1.21));
  expect(report.violations).toHaveLength(1);
  expect(report.violations[0]).toMatchObject({ feature_name: 'income', constraint_check_type: 'baseline_drift_check' });
  expect(report.violations[0]!.explanation).toMatch(/^income: mean 67 \d00 → 8[12] \d00 \(\+21 %\)$/);
  const [, distance, threshold] = /^Baseline drift distance: (.+) exceeds threshold: (.+)$/.exec(report.violations[0]!.description)!;
  expect(Number(distance)).toBe(metric(report, 'feature_baseline_drift_income'));
  expect(Number(distance)).toBe(metric(report, 'baseline_drift_max'));
  expect(Number(distance)).toBe(report.summary.drift[0]!.distance);
  expect(threshold).toBe('0.1');
  expect(metric(report, 'feature_relative_mean_shift_income')).toBeCloseTo(0.21, 3);
  expect(metric(report, 'violations_baseline_drift_check')).toBe(1);
});

test('a spread that grew around the same mean is explained by the standard deviation', () => {
  const report = execute(replace(0, income => 67_500 + (Number(income) - 67_500) * 4));
  expect(explanations(report, 'baseline_drift_check')).toEqual([expect.stringMatching(/^income: standard deviation 5 0\d\d → 20 \d00 \(\+300 %\)$/)]);
});

test('categories whose shares moved are a baseline_drift_check too', () => {
  const report = execute(replace(2, (payment, index) => index % 4 === 1 ? 'voucher' : payment!));
  expect(explanations(report, 'baseline_drift_check')).toEqual(['payment_type: card 50 % → 25 % of rows']);
});

test('a category unseen in training is a categorical_values_check', () => {
  const report = execute(replace(2, (payment, index) => index < 12 ? 'crypto' : payment!));
  expect(report.violations).toEqual([{
    feature_name: 'payment_type',
    constraint_check_type: 'categorical_values_check',
    description: 'Value: 0.97 does not meet the constraint requirement!',
    explanation: 'payment_type: new category crypto in 3 % of rows',
  }]);
});

test('nulls in a column that was full are a completeness_check', () => {
  const report = execute(replace(1, (age, index) => index % 20 < 3 ? '' : age!));
  expect(report.violations).toEqual([{
    feature_name: 'age', constraint_check_type: 'completeness_check',
    description: 'Value: 0.85 does not meet the constraint requirement!', explanation: 'age: 15 % null, was 0 %',
  }]);
});

test.each([
  ['Robust', 52, []],
  ['Robust', 120, ['email: 30 % null, was 10 %']],
  ['Compatible', 52, ['email: 13 % null, was 10 %']],
] as const)('%s: %i nulls of 400, where a tenth was null before, give %j', (comparisonMethod, nulls, expected) => {
  const report = execute(replace(3, (_, index) => index < nulls ? '' : 'x@example.com'), { comparisonMethod });
  expect(explanations(report, 'completeness_check')).toEqual(expected);
});

test('text in a number column is a data_type_check, and the numbers beside it still count', () => {
  const report = execute(replace(1, (age, index) => index === 0 ? 'unknown' : age!));
  expect(report.violations).toEqual([{
    feature_name: 'age', constraint_check_type: 'data_type_check',
    description: 'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 99.75% of data is Integral.',
    explanation: 'age: 0.25 % of values are not Integral (1 String)',
  }]);
  expect(metric(report, 'feature_baseline_drift_age')).toBe(0);
  expect(report.metrics.find(({ MetricName }) => MetricName === 'feature_data_age')!.StatisticValues).toMatchObject({ SampleCount: ROWS - 1, Minimum: 0, Maximum: 59 });
});

test('a column of text that holds only numbers now is a data_type_check, one that holds some is not', () => {
  expect(explanations(execute(replace(3, (_, index) => index)), 'data_type_check')).toEqual(['email: 100 % of values are not String (400 Integral)']);
  expect(explanations(execute(replace(3, (email, index) => index === 5 ? 5 : email!)), 'data_type_check')).toEqual([]);
});

test('fewer rows than the minimum: no drift is judged and its metrics are absent, the other checks go on', () => {
  const report = execute((row, index) => replace(2, () => 'crypto')(replace(0, income => Number(income) * 2)(row, index), index), { minimumRows: ROWS + 1 });
  expect(report.violations.map(violation => violation.constraint_check_type)).toEqual(['categorical_values_check']);
  expect(report.metrics.map(({ MetricName }) => MetricName).filter(name => /drift|shift/.test(name) && !name.startsWith('violations'))).toEqual([]);
});

test('the threshold is the monitor\'s: a gap that one forgives, another reports', () => {
  const shifted = replace(0, income => Number(income) + 2_500);
  expect(explanations(execute(shifted, { comparisonThreshold: 0.05 }), 'baseline_drift_check')).toHaveLength(1);
  expect(explanations(execute(shifted, { comparisonThreshold: 0.5 }), 'baseline_drift_check')).toEqual([]);
});

test('every metric bears both dimensions, the window\'s start, and a finite value', () => {
  const report = execute(replace(0, () => '1e300'));
  for (const datum of report.metrics) {
    expect(datum).toMatchObject({
      Timestamp: '2026-01-31T09:00:00.000Z',
      Dimensions: [{ Name: 'Endpoint', Value: 'churn' }, { Name: 'MonitoringSchedule', Value: 'hourly-data-quality' }],
    });
    const values = datum.StatisticValues ? Object.values(datum.StatisticValues) : [datum.Value];
    for (const value of values) expect(Math.abs(value as number)).toBeLessThanOrEqual(2 ** 360);
  }
  expect(metric(report, 'feature_non_null_email')).toBe(360);
});

test('the largest of all doubles, where it stands for nothing, hides no shift of the mean, and is no obstacle in a baseline', () => {
  const withLargest = replace(0, (income, index) => index % 5 === 0 ? Number.MAX_VALUE : income);
  expect(metric(execute(withLargest), 'feature_relative_mean_shift_income')).toBe(2 ** 360);

  const baseline = workspace().baselineOf(['income,age,payment_type,email,tenure', ...rows.map((row, index) => withLargest(row, index).join(','))].join('\n'));
  expect(baseline.run().status).toBe(0);
  const later = workspace().executionOf(baseline.baseline, { 'a.jsonl': rows.map((row, index) => record(withLargest(row, index).join(','))).join('\n') });
  expect(later.run()).toMatchObject({ status: 0, message: 'Completed: Job completed successfully with no violations.' });
  expect(later.report.html).not.toMatch(/NaN|Infinity|∞/);
});

test('an ignored column is not judged, though the payload has it', () => {
  const report = execute(replace(0, () => 'not a number'), { excludedColumns: ['income'] });
  expect(report.violations).toEqual([]);
  expect(report.statistics.features.map(({ name }) => name)).toEqual(['age', 'payment_type', 'email', 'tenure']);
});

test('each switch of the constraints file is obeyed', () => {
  const { constraints, statistics } = trained.baseline;
  const off = { ...constraints, monitoring_config: { ...constraints.monitoring_config, evaluate_constraints: 'Disabled', emit_metrics: 'Disabled' } };
  const execution = workspace().executionOf({ constraints: off, statistics }, { 'a.jsonl': record('a,b,c,d,e') });
  expect(execution.run().status).toBe(0);
  expect(execution.report).toMatchObject({ violations: [], metrics: [] });
});
