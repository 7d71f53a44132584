import { judgementOf } from '../../../analyzer/data-quality/judgement';
import { Constraints, DataQualityAnalysis, featureDriftMetric } from '../../../lib/contract';
import { bell, ExecutionReport, metric, record, Workspace } from '../workspace';

const ROWS = 400;
const incomes = bell(ROWS, 67_500, 5_000);
const rows = incomes.map((income, index) => [income, index % 60, ['card', 'card', 'cash', 'voucher'][index % 4], incomes[(index + 7) % ROWS]]);
const CSV = ['income,age,payment_type,assets', ...rows.map(row => row.join(','))].join('\n');
/** Incomes and assets rise, one way to pay becomes another. */
const DRIFTED = rows.map(([income, age, payment, assets], index) =>
  record([Number(income) * 1.1, age, index % 4 === 1 ? 'voucher' : payment, Number(assets) * 1.1].join(',')));

const workspaces: Workspace[] = [];
const workspace = (): Workspace => {
  workspaces.push(new Workspace());
  return workspaces.at(-1)!;
};
const trained = workspace();

beforeAll(() => {
  expect(trained.baselineOf(CSV).run().status).toBe(0);
});
afterAll(() => {
  for (const each of workspaces) each.remove();
});

function execution(analysis: Partial<DataQualityAnalysis>, constraints: unknown = trained.baseline.constraints, lines = DRIFTED): Workspace {
  return workspace().executionOf({ constraints, statistics: trained.baseline.statistics }, { 'a.jsonl': lines.join('\n') }, analysis);
}

function report(run: Workspace): ExecutionReport {
  expect(run.run()).toMatchObject({ status: 0, stderr: '' });
  return run.report;
}

function found(run: Workspace): string[] {
  return report(run).violations.map(violation => 'feature_name' in violation ? violation.feature_name : '').sort();
}

function constraintsWith(feature: string, change: object): Constraints {
  const { constraints } = trained.baseline;
  return { ...constraints, features: constraints.features.map(each => each.name === feature ? { ...each, ...change } : each) };
}

const EVERYTHING = ['assets', 'income', 'payment_type'];

describe('from the configuration', () => {
  test('without any, all that drifted is found', () => {
    expect(found(execution({}))).toEqual(EVERYTHING);
  });

  test('a threshold of one column spares this column alone, and the largest distance is in proportion to it', () => {
    const run = report(execution({ excludedColumns: ['assets', 'payment_type'], overrides: { income: { comparisonThreshold: 0.9 } } }));
    expect(run.violations).toEqual([]);
    const distance = metric(run, featureDriftMetric('income'))!;
    expect(distance).toBeGreaterThan(0.1);
    expect(metric(run, 'baseline_drift_max')).toBeCloseTo(distance * 0.1 / 0.9, 12);
    expect(found(execution({ overrides: { income: { comparisonThreshold: 0.9 } } }))).toEqual(['assets', 'payment_type']);
  });

  test('a method of one column: its number is another, its neighbour\'s is not', () => {
    const run = report(execution({ overrides: { income: { comparisonMethod: 'PopulationStabilityIndex' }, payment_type: { categoricalMethod: 'ChiSquared' } } }));
    const plain = report(execution({}));
    expect(metric(run, featureDriftMetric('income'))).toBeGreaterThan(1);
    expect(metric(run, featureDriftMetric('assets'))).toBe(metric(plain, featureDriftMetric('assets')));
    // Shares ½ ¼ ¼ become ¼ ¼ ½: ½·2·(¼)²/(¾) = 1/12.
    expect(metric(run, featureDriftMetric('payment_type'))).toBeCloseTo(Math.sqrt(1 / 12), 12);
  });

  test('types and domains of one column', () => {
    const lines = rows.map(([income, age, payment, assets], index) =>
      record([income, index === 0 ? 'n/a' : age, index < 20 ? 'crypto' : payment, assets].join(',')));
    const strict = execution({}, undefined, lines);
    expect(found(strict)).toEqual(['age', 'payment_type']);
    expect(found(execution({ overrides: { age: { typeThreshold: 0.99 }, payment_type: { domainThreshold: 0.9 } } }, undefined, lines))).toEqual([]);
  });

  test('a name that the baseline does not have is refused, with those that it has', () => {
    const { status, message } = execution({ overrides: { incme: { comparisonThreshold: 0.9 } } }).run();
    expect(status).toBe(1);
    expect(message).toBe('Failed: overrides name "incme", which is no column of the baseline; it has income, age, payment_type, assets');
    expect(workspace().baselineOf(CSV, { overrides: { incme: {} } }).run().message).toBe(message);
  });

  test('a baseline job writes them into its constraints, and an execution that is not told obeys', () => {
    const overrides = { income: { comparisonThreshold: 0.9 }, payment_type: { categoricalMethod: 'ChiSquared', comparisonThreshold: 0.5 } } as const;
    const baseline = workspace().baselineOf(CSV, { overrides });
    expect(baseline.run().status).toBe(0);
    expect(found(execution({}, baseline.baseline.constraints))).toEqual(['assets']);
  });
});

describe('from the constraints file', () => {
  const tolerant = { distribution_constraints: { comparison_threshold: 0.9 } };

  test.each([
    ['beside the other keys', 'income', { monitoring_config_overrides: tolerant }],
    ['by the documented name', 'income', { monitoringConfigOverrides: tolerant }],
    ['inside num_constraints', 'income', { num_constraints: { is_non_negative: true, monitoring_config_overrides: tolerant } }],
    ['inside string_constraints, where the service\'s SDK writes them', 'payment_type',
      { string_constraints: { domains: ['card', 'cash', 'voucher'], monitoring_config_overrides: tolerant } }],
    ['switched off there by set_monitoring', 'payment_type',
      { string_constraints: { domains: ['card', 'cash', 'voucher'], monitoring_config_overrides: { evaluate_constraints: 'Disabled' } } }],
  ])('%s', (_, feature, change) => {
    expect(found(execution({}, constraintsWith(feature, change)))).toEqual(EVERYTHING.filter(name => name !== feature));
  });

  test('a column whose metrics are switched off publishes none, and is not in the largest distance', () => {
    const constraints = constraintsWith('income', { monitoring_config_overrides: { emit_metrics: 'Disabled' } });
    const run = report(execution({ excludedColumns: ['assets', 'payment_type'] }, constraints));
    expect(run.violations).toHaveLength(1);
    expect(run.metrics.filter(({ MetricName }) => MetricName.includes('income'))).toEqual([]);
    expect(metric(run, 'baseline_drift_max')).toBe(0);
  });

  test('the configuration of a column goes before the file', () => {
    const constraints = constraintsWith('income', { monitoring_config_overrides: tolerant });
    expect(found(execution({ overrides: { income: { comparisonThreshold: 0.1 } } }, constraints))).toEqual(EVERYTHING);
  });

  test('a value that is none is named with its place', () => {
    const broken = constraintsWith('income', { monitoring_config_overrides: { evaluate_constraints: 'off' } });
    expect(execution({}, broken).run().message)
      .toMatch(/^Failed: the baseline constraints in .* are not as expected at "features\.0\.monitoring_config_overrides\.evaluate_constraints": /);
  });

  test.each([
    [{ comparison_threshold: 0.9, categorical_comparison_threshold: 0.2 }, [0.9, 0.2]],
    [{ comparison_threshold: 0.9, categorical_comparison_threshold: undefined }, [0.9, 0.9]],
  ])('numbers have one threshold and categories another, or the same where no other is given: %j', (thresholds, expected) => {
    const { constraints: { monitoring_config: config, ...constraints } } = trained.baseline;
    const distribution_constraints = { ...config.distribution_constraints, ...thresholds };
    const { rules } = judgementOf({ ...constraints, monitoring_config: { ...config, distribution_constraints } }, {});
    expect([rules.numericalThreshold, rules.categoricalThreshold]).toEqual(expected);
  });

  test('categorical_drift_method: ChiSquared is obeyed', () => {
    const { constraints } = trained.baseline;
    const distribution = { ...constraints.monitoring_config.distribution_constraints, categorical_drift_method: 'ChiSquared' };
    const monitoring_config = { ...constraints.monitoring_config, distribution_constraints: distribution };
    const run = report(execution({}, { ...constraints, monitoring_config }));
    expect(metric(run, featureDriftMetric('payment_type'))).toBeCloseTo(Math.sqrt(1 / 12), 12);
  });
});
