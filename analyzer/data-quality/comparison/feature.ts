import { FeatureStatistics, NumericalStatistics } from '../../../lib/contract';
import { Baseline } from '../baseline';
import { Judgement } from '../judgement';
import { Table } from '../statistics/table';
import { totalOf } from './bins';
import { meansDiffer } from './chance';
import { categoricalDistance, CategoricalComparison, numericalDistance, NumericalSample } from './distance';
import { ComparedFeature } from './compared-feature';
import { categoriesOf } from './groups';

/** The features that both sides have, in the baseline's order. */
export function compareFeatures(baseline: Baseline, table: Table, judgement: Judgement): ComparedFeature[] {
  const missing = new Set(table.missing());
  const windows = new Map(table.statistics.features.map(feature => [feature.name, feature]));
  const baselines = new Map(baseline.statistics?.features.map(feature => [feature.name, feature]));
  return baseline.constraints.features.flatMap((constraint) => {
    const column = table.columns.get(constraint.name);
    const window = windows.get(constraint.name);
    if (column === undefined || window === undefined || missing.has(constraint.name)) return [];
    const before = baselines.get(constraint.name);
    const rules = judgement.rulesOf(constraint);
    const enough = Math.max(column.moments.count, window.string_statistics?.common.num_present ?? 0) >= Math.max(1, judgement.minimumRows);
    return [{
      name: constraint.name, constraint, rules, baseline: before, window, column, rows: table.rows,
      baselineRows: baseline.statistics?.dataset.item_count,
      distance: enough && before && rules.comparesDistributions ? distanceOf(before, window, rules) : undefined,
      threshold: before?.numerical_statistics ? rules.numericalThreshold : rules.categoricalThreshold,
      meanShift: enough && before ? meanShiftOf(before, window) : undefined,
    }];
  });
}

/** How far a feature's distribution is from the baseline's; `undefined` where one side has none. */
export function distanceOf(baseline: FeatureStatistics, window: FeatureStatistics, rules: CategoricalComparison): number | undefined {
  const [before, after] = [baseline.numerical_statistics, window.numerical_statistics];
  if (before && after) return isEmpty(before) || isEmpty(after) ? undefined : numericalDistance(sampleOf(before), sampleOf(after), rules.method);
  const [categoriesBefore, categoriesAfter] = [categoriesOf(baseline), categoriesOf(window)];
  if (!categoriesBefore || !categoriesAfter || totalOf(categoriesBefore) === 0 || totalOf(categoriesAfter) === 0) return undefined;
  return categoricalDistance(categoriesBefore, categoriesAfter, rules);
}

/** A file may know a column's moments and not its distribution. */
function isEmpty({ distribution }: NumericalStatistics): boolean {
  return distribution.kll.sketch.data.every(items => items.length === 0);
}

function sampleOf({ common, distribution }: NumericalStatistics): NumericalSample {
  return { sketch: distribution.kll.sketch, rows: common.num_present };
}

/** |mean − baseline mean| / |baseline mean|, 0 where chance explains it; `undefined` where the baseline's mean is about zero. */
export function meanShiftOf(baseline: FeatureStatistics, window: FeatureStatistics): number | undefined {
  const [before, after] = [baseline.numerical_statistics, window.numerical_statistics];
  if (!before || !after || isAboutZero(before)) return undefined;
  return meansDiffer(before, after) ? Math.abs(after.mean - before.mean) / Math.abs(before.mean) : 0;
}

/** Whether a mean is too close to zero, for its spread, to say by how many percent another one differs. */
export function isAboutZero({ mean, std_dev }: { readonly mean: number; readonly std_dev: number }): boolean {
  return mean === 0 || Math.abs(mean) < 0.1 * std_dev;
}
