import { ComparisonMethod, FeatureConstraints, FeatureStatistics } from '../../../lib/contract';
import { Baseline } from '../baseline';
import { Judgement } from '../judgement';
import { Column } from '../statistics/column';
import { Table } from '../statistics/table';
import { categoricalDistance, CategoryCounts, numericalDistance } from './distance';

/** One feature of the window beside the same feature of the baseline. */
export interface ComparedFeature {
  readonly name: string;
  readonly constraint: FeatureConstraints;
  readonly baseline: FeatureStatistics | undefined;
  readonly window: FeatureStatistics;
  readonly column: Column;
  /** Rows of the window. */
  readonly rows: number;
  /** Rows of the baseline, where its statistics are known. */
  readonly baselineRows: number | undefined;
  /** Absent where one side has no distribution, or too few rows to judge. */
  readonly distance: number | undefined;
  /** |mean − baseline mean| / |baseline mean|; absent too where the baseline's mean is about zero. */
  readonly meanShift: number | undefined;
}

/** The features that both sides have, in the baseline's order. */
export function compareFeatures(baseline: Baseline, table: Table, judgement: Judgement): ComparedFeature[] {
  const missing = new Set(table.missing());
  const windows = new Map(table.statistics().features.map(feature => [feature.name, feature]));
  const baselines = new Map(baseline.statistics?.features.map(feature => [feature.name, feature]));
  return baseline.constraints.features.flatMap((constraint) => {
    const column = table.columns.get(constraint.name);
    const window = windows.get(constraint.name);
    if (column === undefined || window === undefined || missing.has(constraint.name)) return [];
    const before = baselines.get(constraint.name);
    const enough = Math.max(column.moments.count, window.string_statistics?.common.num_present ?? 0) >= Math.max(1, judgement.minimumRows);
    return [{
      name: constraint.name, constraint, baseline: before, window, column, rows: table.rows,
      baselineRows: baseline.statistics?.dataset.item_count,
      distance: enough && before && judgement.comparesDistributions ? distanceOf(before, window, judgement.method) : undefined,
      meanShift: enough && before ? meanShiftOf(before, window) : undefined,
    }];
  });
}

/** Counts of a feature's categories, where it has few enough. */
export function categoriesOf(feature: FeatureStatistics | undefined): CategoryCounts | undefined {
  const buckets = feature?.string_statistics?.distribution?.categorical.buckets;
  return buckets && new Map(buckets.map(({ value, count }) => [value, count]));
}

function distanceOf(baseline: FeatureStatistics, window: FeatureStatistics, method: ComparisonMethod): number | undefined {
  const [before, after] = [baseline.numerical_statistics, window.numerical_statistics];
  if (before && after) {
    return numericalDistance(
      { sketch: before.distribution.kll.sketch, rows: before.common.num_present },
      { sketch: after.distribution.kll.sketch, rows: after.common.num_present },
      method);
  }
  const [categoriesBefore, categoriesAfter] = [categoriesOf(baseline), categoriesOf(window)];
  return categoriesBefore && categoriesAfter && categoricalDistance(categoriesBefore, categoriesAfter, method);
}

function meanShiftOf({ numerical_statistics: before }: FeatureStatistics, { numerical_statistics: after }: FeatureStatistics): number | undefined {
  if (!before || !after || isAboutZero(before)) return undefined;
  return Math.abs(after.mean - before.mean) / Math.abs(before.mean);
}

/** Whether a mean is too close to zero, for its spread, to say by how many percent another one differs. */
export function isAboutZero({ mean, std_dev }: { readonly mean: number; readonly std_dev: number }): boolean {
  return mean === 0 || Math.abs(mean) < 0.1 * std_dev;
}
