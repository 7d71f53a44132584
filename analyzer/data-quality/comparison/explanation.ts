import { FeatureStatistics } from '../../../lib/contract';
import { CategoryCounts, totalOf } from './bins';
import { isAboutZero } from './feature';
import { categoriesOf, codesOf } from './groups';
import { clip, formatChange, formatNumber, formatShare } from '../../format';

type Numerical = NonNullable<FeatureStatistics['numerical_statistics']>;

/** A figure that moved less than this, in the baseline's standard deviations, is not worth telling. */
const NOTICEABLE = 0.1;

/** A spread that changed by more than this is told beside a mean that moved. */
const STRIKING = 0.5;

/** How a distribution changed, in the figures that moved, the mean first. */
export function explainDrift(baseline: FeatureStatistics, window: FeatureStatistics): string {
  const [before, after] = [baseline.numerical_statistics, window.numerical_statistics];
  return `${window.name}: ${before && after ? explainNumbers(before, after) ?? explainShape(baseline, window) : explainCategories(categoriesOf(baseline), categoriesOf(window))}`;
}

function explainNumbers(before: Numerical, after: Numerical): string | undefined {
  const spread = before.std_dev || Math.abs(before.mean) || 1;
  const meanMoved = Math.abs(after.mean - before.mean) / spread;
  const spreadMoved = Math.abs(after.std_dev - before.std_dev) / spread;
  const moved = [
    ...(meanMoved >= NOTICEABLE ? [change('mean', before.mean, after.mean, !isAboutZero(before))] : []),
    ...(spreadMoved >= (meanMoved >= NOTICEABLE ? STRIKING : NOTICEABLE) ? [change('standard deviation', before.std_dev, after.std_dev, before.std_dev > 0)] : []),
  ];
  return moved.length > 0 ? moved.join(', ') : undefined;
}

function change(what: string, before: number, after: number, relative: boolean): string {
  return `${what} ${formatNumber(before)} → ${formatNumber(after)}${relative ? ` (${formatChange((after - before) / Math.abs(before))})` : ''}`;
}

function explainShape(baseline: FeatureStatistics, window: FeatureStatistics): string {
  const [before, after] = [codesOf(baseline), codesOf(baseline, window)];
  return before && after ? `value ${explainCategories(before, after)}` : 'another shape, with mean and spread about the same';
}

function explainCategories(before: CategoryCounts = new Map(), after: CategoryCounts = new Map()): string {
  const [n, m] = [totalOf(before), totalOf(after)];
  const [most] = [...new Set([...before.keys(), ...after.keys()])]
    .map(value => ({ value, from: (before.get(value) ?? 0) / n, to: (after.get(value) ?? 0) / m }))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  return most ? `${clip(most.value)} ${formatShare(most.from)} → ${formatShare(most.to)} of rows` : 'no values';
}
