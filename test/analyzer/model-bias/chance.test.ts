import { mersenne, unsafeUniformIntDistribution } from 'pure-rand';
import { BiasAnalysisFile, ModelBiasAnalysis, ModelBiasViolation } from '../../../lib/contract';
import { BaselineRules } from '../../../analyzer/model-bias/baseline-rules';
import { emptyTable } from '../../../analyzer/model-bias/bias-columns';
import { FeatureColumns } from '../../../analyzer/model-bias/feature-columns';
import { measureGroups } from '../../../analyzer/model-bias/measurement';
import { DatasetBias } from '../../../analyzer/model-bias/dataset-bias';
import { findViolations } from '../../../analyzer/model-bias/violations';
import { LOANS } from './bias-workspace';

const WINDOWS = 200;
const BASELINE_ROWS = 5_000;
const COLUMNS = ['sex', 'branch', 'income', 'age', 'repaid', 'approved'];

/** How a world treats people: shares of women, of repayment, and of approval among those who repay and who do not. */
interface World {
  readonly women: number;
  readonly repaid: readonly [men: number, women: number];
  readonly approvedOfRepaid: readonly [men: number, women: number];
  readonly approvedOfOthers: readonly [men: number, women: number];
  readonly branches: number;
}

const FAIR_ENOUGH: World = { women: 0.4, repaid: [0.6, 0.57], approvedOfRepaid: [0.8, 0.78], approvedOfOthers: [0.25, 0.24], branches: 3 };
/** Fifty branches: a window has few people of each, and in many of these all repay. */
const THIN: World = { ...FAIR_ENOUGH, repaid: [0.9, 0.9], approvedOfRepaid: [0.95, 0.95], approvedOfOthers: [0.5, 0.5], branches: 50 };
/** Few are approved: in a window of 200 rows some eight. */
const RARE: World = { ...FAIR_ENOUGH, repaid: [0.03, 0.03], approvedOfRepaid: [0.6, 0.6], approvedOfOthers: [0.02, 0.02] };

const random = mersenne(7);
const chance = (): number => unsafeUniformIntDistribution(0, 999_999, random) / 1_000_000;

function rowsOf({ women, repaid, approvedOfRepaid, approvedOfOthers, branches }: World, count: number): string[][] {
  return Array.from({ length: count }, () => {
    const side = chance() < women ? 1 : 0;
    const isRepaid = chance() < repaid[side];
    const isApproved = chance() < (isRepaid ? approvedOfRepaid : approvedOfOthers)[side];
    const income = 30 + 40 * chance() + (isApproved ? 15 : 0);
    return [side === 1 ? 'f' : 'm', String(Math.floor(chance() * branches)), income.toFixed(3), (20 + 50 * chance()).toFixed(3), String(Number(isRepaid)), String(Number(isApproved))];
  });
}

function baselineOf(world: World, analysis: ModelBiasAnalysis, count = BASELINE_ROWS): BiasAnalysisFile {
  const bias = new DatasetBias(analysis);
  const rows = rowsOf(world, count).map(cells => ({ names: COLUMNS, cells }));
  for (const row of rows) bias.look(row);
  for (const row of rows) bias.take(row);
  return bias.file;
}

function judge(baseline: BiasAnalysisFile, world: World, rows: number, analysis: ModelBiasAnalysis): ModelBiasViolation[] {
  const rules = new BaselineRules(baseline, analysis);
  const table = emptyTable(new FeatureColumns(baseline.headers), analysis, (facet, name) => rules.groupsOf(facet, name));
  for (const cells of rowsOf(world, rows)) table.add(cells.slice(0, 4), cells[4] === '1', cells[5] === '1');
  return findViolations(measureGroups(table, { predictions: true, standardErrors: analysis.method !== 'Compatible' }), baseline, analysis);
}

const ROBUST: ModelBiasAnalysis = { ...LOANS, groupVariable: 'branch' };
const COMPATIBLE: ModelBiasAnalysis = { ...ROBUST, method: 'Compatible' };

test.each([200, 500])(`windows of %i rows like the baseline: fewer than 1 % of ${WINDOWS} are in violation`, (rows) => {
  const baseline = baselineOf(FAIR_ENOUGH, ROBUST);
  const alarms = Array.from({ length: WINDOWS }, () => judge(baseline, FAIR_ENOUGH, rows, ROBUST)).filter(violations => violations.length > 0);
  expect(alarms.length).toBeLessThan(WINDOWS / 100);
});

test('windows of 2000 rows are not held against baselines of 300 beyond what these know', () => {
  const alarms = Array.from({ length: 40 }, () => judge(baselineOf(FAIR_ENOUGH, ROBUST, 300), FAIR_ENOUGH, 2000, ROBUST))
    .filter(violations => violations.length > 0);
  expect(alarms.length).toBeLessThanOrEqual(1);
});

test.each<[what: string, world: World, metrics: readonly string[]]>([
  ['hold few people of each of many branches', THIN, ['CDDL', 'CDDPL']],
  ['hold few who are approved', RARE, ['DI']],
])('windows of 200 rows that %s: under 2 % of them violate what that tells little of', (_, world, metrics) => {
  const baseline = baselineOf(world, ROBUST);
  const alarms = Array.from({ length: WINDOWS }, () => judge(baseline, world, 200, ROBUST))
    .filter(violations => violations.some(({ metric_name: name }) => metrics.includes(name)));
  expect(alarms.length).toBeLessThan(WINDOWS / 50);
});

test('the service\'s rule finds violations in nearly every one of such windows', () => {
  const baseline = baselineOf(FAIR_ENOUGH, COMPATIBLE);
  const alarms = Array.from({ length: 50 }, () => judge(baseline, FAIR_ENOUGH, 200, COMPATIBLE)).filter(violations => violations.length > 0);
  expect(alarms.length).toBeGreaterThan(45);
});

test.each<[what: string, change: Partial<World>, metric: string]>([
  ['fewer women are approved', { approvedOfRepaid: [0.8, 0.4], approvedOfOthers: [0.25, 0.1] }, 'DI'],
  ['fewer women are approved, branch by branch', { approvedOfRepaid: [0.8, 0.4], approvedOfOthers: [0.25, 0.1] }, 'CDDPL'],
  ['no women are approved any more', { approvedOfRepaid: [0.8, 0], approvedOfOthers: [0.25, 0] }, 'DI'],
  ['women alone are approved', { approvedOfRepaid: [0, 0.8], approvedOfOthers: [0, 0.24] }, 'DI'],
  ['women who would repay are refused', { approvedOfRepaid: [0.8, 0.4] }, 'RD'],
  ['fewer women repay', { repaid: [0.6, 0.25] }, 'DPL'],
  ['women stay away', { women: 0.15 }, 'CI'],
])('%s: found in every window of 500 rows, by its metric', (_, change, metric) => {
  const baseline = baselineOf(FAIR_ENOUGH, ROBUST);
  for (let window = 0; window < 20; window++) {
    expect(judge(baseline, { ...FAIR_ENOUGH, ...change }, 500, ROBUST).map(violation => violation.metric_name)).toContain(metric);
  }
});
