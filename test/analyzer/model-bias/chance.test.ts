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
}

const FAIR_ENOUGH: World = { women: 0.4, repaid: [0.6, 0.57], approvedOfRepaid: [0.8, 0.78], approvedOfOthers: [0.25, 0.24] };

const random = mersenne(7);
const chance = (): number => unsafeUniformIntDistribution(0, 999_999, random) / 1_000_000;

function rowsOf({ women, repaid, approvedOfRepaid, approvedOfOthers }: World, count: number): string[][] {
  return Array.from({ length: count }, () => {
    const side = chance() < women ? 1 : 0;
    const isRepaid = chance() < repaid[side];
    const isApproved = chance() < (isRepaid ? approvedOfRepaid : approvedOfOthers)[side];
    const income = 30 + 40 * chance() + (isApproved ? 15 : 0);
    return [side === 1 ? 'f' : 'm', String(Math.floor(chance() * 3)), income.toFixed(3), (20 + 50 * chance()).toFixed(3), String(Number(isRepaid)), String(Number(isApproved))];
  });
}

function baselineOf(world: World, analysis: ModelBiasAnalysis): BiasAnalysisFile {
  const bias = new DatasetBias(analysis);
  const rows = rowsOf(world, BASELINE_ROWS).map(cells => ({ names: COLUMNS, cells }));
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

test('the service\'s rule finds violations in nearly every one of such windows', () => {
  const baseline = baselineOf(FAIR_ENOUGH, COMPATIBLE);
  const alarms = Array.from({ length: 50 }, () => judge(baseline, FAIR_ENOUGH, 200, COMPATIBLE)).filter(violations => violations.length > 0);
  expect(alarms.length).toBeGreaterThan(45);
});

test.each<[what: string, change: Partial<World>, metric: string]>([
  ['fewer women are approved', { approvedOfRepaid: [0.8, 0.4], approvedOfOthers: [0.25, 0.1] }, 'DI'],
  ['women who would repay are refused', { approvedOfRepaid: [0.8, 0.4] }, 'RD'],
  ['fewer women repay', { repaid: [0.6, 0.3] }, 'DPL'],
  ['women stay away', { women: 0.15 }, 'CI'],
])('%s: found in every window of 500 rows, by its metric', (_, change, metric) => {
  const baseline = baselineOf(FAIR_ENOUGH, ROBUST);
  for (let window = 0; window < 20; window++) {
    expect(judge(baseline, { ...FAIR_ENOUGH, ...change }, 500, ROBUST).map(violation => violation.metric_name)).toContain(metric);
  }
});
