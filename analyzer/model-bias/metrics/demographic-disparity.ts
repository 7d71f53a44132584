import { Confusion } from '../confusion';
import { GroupCounts, Sides } from '../group-counts';
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
export function demographicDisparityError(counts: GroupCounts, outcome: Outcome): number {
  const { strata = [] } = counts;
  const rows = rowsOf(counts);
  const mean = demographicDisparity(counts, outcome);
  let [variance, unknown] = [0, 0];
  for (const stratum of strata.filter(each => rowsOf(each) > 0)) {
    const weight = rowsOf(stratum) / rows;
    const members = (stratum.group.rows + 0.5) / (rowsOf(stratum) + 1);
    variance += weight * (disparityIn(stratum, outcome) - mean) ** 2 / rows;
    for (const of of [outcome.accepted, outcome.rejected]) {
      const all = of(stratum.group) + of(stratum.rest);
      const share = (of(stratum.group) + members) / (all + 1);
      const isAbsentByChance = (1 - (of(counts.group) + of(counts.rest)) / rows) ** rowsOf(stratum) >= CHANCE;
      if (all > 0) variance += weight ** 2 * share * (1 - share) / all;
      else if (isAbsentByChance) unknown += weight * members;
    }
  }
  return Math.hypot(Math.sqrt(variance), unknown);
}

function disparityIn({ group, rest }: Sides, { accepted, rejected }: Outcome): number {
  const share = (of: (side: Confusion) => number): number => {
    const all = of(group) + of(rest);
    return all === 0 ? 0 : of(group) / all;
  };
  return share(rejected) - share(accepted);
}

function rowsOf({ group, rest }: Sides): number {
  return group.rows + rest.rows;
}
