import { Confusion } from '../confusion';
import { GroupCounts, Sides } from '../group-counts';
import { divide } from './divide';
import { Uncomputable } from './uncomputable';
import { pairwiseSum } from './pairwise-sum';

/** Rows that were accepted and rejected, by label or by prediction. */
export interface Outcome {
  readonly accepted: (side: Confusion) => number;
  readonly rejected: (side: Confusion) => number;
}

/** The group's share among the rejected less its share among the accepted, averaged over the strata by their sizes. */
export function demographicDisparity({ group, rest, strata }: GroupCounts, outcome: Outcome): number {
  if (strata === undefined) throw new Uncomputable('Group variable is empty or not provided');
  if (outcome.accepted(group) + outcome.accepted(rest) === 0) throw new Uncomputable('No row is positive');
  if (outcome.rejected(group) + outcome.rejected(rest) === 0) throw new Uncomputable('No row is negative');
  const weighted = strata.map(stratum => rowsOf(stratum) * disparityIn(stratum, outcome));
  return pairwiseSum(weighted) / strata.reduce((rows, stratum) => rows + rowsOf(stratum), 0);
}

/** What is absent by chance in fewer strata than this is absent for a reason. */
const CHANCE = 1 / 4000;

/**
 * How far it scatters by chance. A stratum that has nobody accepted, or nobody rejected, and is small enough for that to be chance, tells
 * nothing, though the metric takes the missing share for 0: by as much it may be off.
 */
export function demographicDisparityError(counts: GroupCounts, { accepted, rejected }: Outcome): number {
  const { strata = [] } = counts;
  const rows = rowsOf(counts);
  const mean = demographicDisparity(counts, { accepted, rejected });
  let [variance, unknown] = [0, 0];
  for (const stratum of strata.filter(each => rowsOf(each) > 0)) {
    const weight = rowsOf(stratum) / rows;
    variance += weight * (disparityIn(stratum, { accepted, rejected }) - mean) ** 2 / rows;
    for (const outcome of [accepted, rejected]) {
      const found = sum(stratum, outcome);
      const isAbsentByChance = (1 - sum(counts, outcome) / rows) ** rowsOf(stratum) >= CHANCE;
      if (found > 0) variance += weight ** 2 * varianceOfShare(stratum, outcome);
      else if (isAbsentByChance) unknown += weight * memberShare(stratum);
    }
  }
  return Math.hypot(Math.sqrt(variance), unknown);
}

/** One row more, spread as the stratum is, keeps certainty from a few that all came out alike. */
function varianceOfShare(stratum: Sides, outcome: (side: Confusion) => number): number {
  const found = sum(stratum, outcome);
  const share = (outcome(stratum.group) + memberShare(stratum)) / (found + 1);
  return share * (1 - share) / found;
}

function memberShare(stratum: Sides): number {
  return (stratum.group.rows + 0.5) / (rowsOf(stratum) + 1);
}

function disparityIn({ group, rest }: Sides, { accepted, rejected }: Outcome): number {
  const share = (of: (side: Confusion) => number): number => divide(of(group), of(group) + of(rest));
  return share(rejected) - share(accepted);
}

function rowsOf({ group, rest }: Sides): number {
  return group.rows + rest.rows;
}

function sum({ group, rest }: Sides, of: (side: Confusion) => number): number {
  return of(group) + of(rest);
}
