import { FeatureStatistics } from '../../../lib/contract';
import { Ranks, ranksOf } from '../statistics/kll';
import { CategoryCounts, totalOf } from './bins';
import { isMoreFrequent } from './chance';
import { ComparedFeature } from './compared-feature';

/** Numbers of so few different values are codes of groups: 0, 1, 2. */
const MAX_CODES = 20;

/** A sketch knows shares to about a thousandth; a code with a smaller share than this is not told as new or gone. */
const SMALLEST_SHARE = 0.01;

/** Nobody misses by chance a category that should have been seen so often. */
const FREQUENT = 10;

/** Counts of a text column's categories, where it has few enough. */
export function categoriesOf(feature: FeatureStatistics | undefined): CategoryCounts | undefined {
  const buckets = feature?.string_statistics?.distribution?.categorical.buckets;
  return buckets && new Map(buckets.map(({ value, count }) => [value, count]));
}

/** Counts of a number column's values, where the baseline has so few that they are codes; about right, as the sketch has them. */
export function codesOf(baseline: FeatureStatistics | undefined, side = baseline): CategoryCounts | undefined {
  const [before, counted] = [baseline?.numerical_statistics, side?.numerical_statistics];
  if (before === undefined || counted === undefined || (before.approximate_num_distinct_values ?? 0) > MAX_CODES) return undefined;
  const ranks = ranksOf(before.distribution.kll.sketch);
  if (ranks.values.length > MAX_CODES) return undefined;
  return countsOf(counted === before ? ranks : ranksOf(counted.distribution.kll.sketch));
}

/** Groups of the one side that the other side lacks though chance does not explain it, the most frequent first. */
export function vanishedGroups(before: CategoryCounts, after: CategoryCounts): [string, number][] {
  const [n, m] = [totalOf(before), totalOf(after)];
  return [...before]
    .filter(([value, count]) => !after.has(value) && isMoreFrequent({ count, rows: n }, { count: 0, rows: m }, before.size))
    .sort(([, a], [, b]) => b - a);
}

/** The same of codes. */
export function vanishedCodes(before: CategoryCounts, after: CategoryCounts): [string, number][] {
  const fewest = SMALLEST_SHARE * totalOf(before);
  return vanishedGroups(before, after).filter(([, count]) => count >= fewest);
}

/**
 * Whether the categories outside the domain are no more than a baseline with rare categories lets expect: as it has seen some only once,
 * as many more are to come. Where every category is frequent, there are no others. One that the baseline has seen was taken out of the
 * domain on purpose.
 */
export function isUnseenByChance({ baseline, column, rules }: ComparedFeature): boolean {
  const known = categoriesOf(baseline);
  if (rules.method === 'Compatible' || known === undefined || [...column.unseen.keys()].some(value => known.has(value))) return false;
  const counts = [...known.values()];
  if (counts.every(count => count >= FREQUENT)) return false;
  const once = counts.filter(count => count === 1).length;
  return !isMoreFrequent({ count: column.outsideDomain, rows: column.present }, { count: once, rows: totalOf(known) });
}

function countsOf({ values, ranks }: Ranks): CategoryCounts {
  return new Map(values.map((value, index) => [String(value), (ranks[index] ?? 0) - (ranks[index - 1] ?? 0)]));
}
