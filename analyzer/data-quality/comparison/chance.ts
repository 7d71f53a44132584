import { NumericalStatistics } from '../../../lib/contract';
import { Bin, rowsOf } from './bins';
import { chiSquaredTail, lnChoose } from './gamma';

/** One judgement in so many may go wrong by chance alone. */
const ODDS = 20_000;

/** Standard errors that chance explains of a mean, at about the same odds. */
const STANDARD_ERRORS = 4;

/** Fewer rows than these in a bin say too little for the chi-squared test. */
const FEWEST_EXPECTED = 5;

/** What chance explains of the gap between two samples of n and m rows; 1.8 is the two-sample Kolmogorov-Smirnov test at about 0.3 %. */
export function gapByChance(n: number, m: number): number {
  return 1.8 * Math.sqrt((n + m) / (n * m));
}

/** How often something occurs in a sample. */
export interface Frequency {
  readonly count: number;
  readonly rows: number;
}

/** Whether something is more frequent in one sample than in another, beyond chance: Fisher's exact test, of one of so many cases. */
export function isMoreFrequent(more: Frequency, less: Frequency, cases = 1): boolean {
  return more.count * less.rows > less.count * more.rows && fisherTail(more, less) < 1 / ODDS / cases;
}

/** Probability that as many or more of all occurrences fall into the first of two samples, were they spread by chance. */
export function fisherTail(first: Frequency, second: Frequency): number {
  const [count, all] = [Math.round(first.count), Math.round(first.count) + Math.round(second.count)];
  let term = Math.exp(lnChoose(first.rows, count) + lnChoose(second.rows, all - count) - lnChoose(first.rows + second.rows, all));
  let sum = term;
  for (let k = count; k < Math.min(all, first.rows) && term > sum * Number.EPSILON; k++) {
    term *= (all - k) * (first.rows - k) / ((k + 1) * (second.rows - all + k + 1));
    sum += term;
  }
  return Math.min(1, sum);
}

/** Whether shares differ beyond chance: the chi-squared test of homogeneity. Its bins should each be large enough: see `putTogether`. */
export function sharesDiffer(bins: readonly Bin[]): boolean {
  return bins.length > 1 && chiSquaredTail(chiSquared(bins), bins.length - 1) < 1 / ODDS;
}

/** Whether two means differ beyond chance. The larger spread counts: a sample that misses its tail by chance has too small a one. */
export function meansDiffer(a: Numbers, b: Numbers): boolean {
  const error = Math.max(a.std_dev, b.std_dev) * Math.sqrt(1 / a.common.num_present + 1 / b.common.num_present);
  return Math.abs(a.mean - b.mean) > STANDARD_ERRORS * error;
}

type Numbers = Pick<NumericalStatistics, 'common' | 'mean' | 'std_dev'>;

/** Pearson's statistic over both samples. */
export function chiSquared(bins: readonly Bin[]): number {
  const { before: n, after: m } = rowsOf(bins);
  return n * m * bins.reduce((sum, { before, after }) => sum + (before / n - after / m) ** 2 / (before + after), 0);
}

/** Bins that either sample should have in fewer than five rows become one; if that is still too small, it joins the smallest other. */
export function putTogether(bins: readonly Bin[]): Bin[] {
  const { before: n, after: m } = rowsOf(bins);
  const expected = ({ before, after }: Bin): number => (before + after) * Math.min(n, m) / (n + m);
  const sorted = [...bins].sort((a, b) => expected(a) - expected(b));
  const large = sorted.filter(bin => expected(bin) >= FEWEST_EXPECTED);
  const rest = rowsOf(sorted.slice(0, sorted.length - large.length));
  if (rest.before + rest.after === 0) return large;
  const [smallest, ...others] = large;
  return expected(rest) >= FEWEST_EXPECTED || smallest === undefined ? [rest, ...large] : [rowsOf([rest, smallest]), ...others];
}
