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
