import { FeatureStatistics } from '../../lib/contract';
import { totalOf } from '../data-quality/comparison/bins';
import { ComparedFeature } from '../data-quality/comparison/compared-feature';
import { categoriesOf } from '../data-quality/comparison/groups';
import { clip, formatApart, formatNumber } from '../format';
import { bucketBounds, rankAt, Ranks, ranksOf } from '../data-quality/statistics/kll';

const MAX_CATEGORIES = 12;

/** One bar: how large a share (0–1) of a side's rows lies in one bucket or category. */
export interface Share {
  readonly bucket: string;
  readonly side: 'Baseline' | 'Window';
  readonly share: number;
}

/** The bars of a feature, bucket by bucket; none where the sides cannot be compared. */
export function sharesOf({ baseline, window }: ComparedFeature): Share[] {
  const [before, after] = [baseline?.numerical_statistics, window.numerical_statistics];
  if (before && after) return numericalShares(before, after);
  const [categoriesBefore, categoriesAfter] = [categoriesOf(baseline), categoriesOf(window)];
  return categoriesBefore && categoriesAfter ? categoricalShares(categoriesBefore, categoriesAfter) : [];
}

type Numerical = NonNullable<FeatureStatistics['numerical_statistics']>;

/** Ten buckets over the baseline's range, named by where they begin, and one to either side for what lies beyond. */
function numericalShares(before: Numerical, after: Numerical): Share[] {
  const sides = [ranksOf(before.distribution.kll.sketch), ranksOf(after.distribution.kll.sketch)] as const;
  const { min, max } = before;
  const edges = min === max ? [min] : bucketBounds(min, max).slice(0, -1);
  const labels = formatApart(edges);
  const inner = edges.flatMap((lower, index) => {
    const upper = edges[index + 1];
    return bars(labels[index] ?? '', sides, ranks =>
      (upper === undefined ? rankAt(ranks, max) : rankAt(ranks, upper, true)) - rankAt(ranks, lower, true));
  });
  return [
    ...after.min < min ? bars(`below ${formatNumber(min)}`, sides, ranks => rankAt(ranks, min, true)) : [],
    ...inner,
    ...after.max > max ? bars(`above ${formatNumber(max)}`, sides, ranks => ranks.total - rankAt(ranks, max)) : [],
  ];
}

function bars(bucket: string, [before, after]: readonly [Ranks, Ranks], count: (ranks: Ranks) => number): Share[] {
  return [{ bucket, side: 'Baseline', share: count(before) / before.total }, { bucket, side: 'Window', share: count(after) / after.total }];
}

/** The categories that matter most on either side; the rest together. */
function categoricalShares(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Share[] {
  const [n, m] = [totalOf(before), totalOf(after)];
  const all = [...new Set([...before.keys(), ...after.keys()])]
    .map(value => ({ value, before: (before.get(value) ?? 0) / n, after: (after.get(value) ?? 0) / m }))
    .sort((a, b) => Math.max(b.before, b.after) - Math.max(a.before, a.after) || (a.value < b.value ? -1 : 1));
  const shown = all.slice(0, MAX_CATEGORIES);
  const rest = all.slice(MAX_CATEGORIES);
  const other = { value: `${rest.length} others`, before: sum(rest.map(category => category.before)), after: sum(rest.map(category => category.after)) };
  const labels = new Set<string>();
  return [...shown, ...rest.length > 0 ? [other] : []].flatMap((category) => {
    const bucket = distinctLabel(clip(category.value), labels);
    return [{ bucket, side: 'Baseline' as const, share: category.before }, { bucket, side: 'Window' as const, share: category.after }];
  });
}

/** Long values may look the same once clipped; their bars must not fall together. */
function distinctLabel(label: string, taken: Set<string>): string {
  const distinct = taken.has(label) ? `${label} (${taken.size})` : label;
  taken.add(distinct);
  return distinct;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
