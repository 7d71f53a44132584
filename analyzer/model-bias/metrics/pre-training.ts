import { Confusion } from '../confusion';
import { GroupCounts } from '../group-counts';
import { comparing, CountedMetric } from './definition';
import { Uncomputable } from './uncomputable';
import { demographicDisparity, demographicDisparityError, Outcome } from './demographic-disparity';

const LABELS: Outcome = { accepted: side => side.positives, rejected: side => side.negatives };

/** The metrics of the labels alone, by name. */
export const PRE_TRAINING_METRICS: readonly CountedMetric[] = [
  {
    ...comparing('CDDL', 'Conditional Demographic Disparity in Labels', counts => demographicDisparity(counts, LABELS)),
    standardErrorOf: counts => demographicDisparityError(counts, LABELS),
  },
  comparing('CI', 'Class Imbalance', ({ group, rest }) => (rest.rows - group.rows) / (rest.rows + group.rows)),
  comparing('DPL', 'Difference in Positive Proportions in Labels', ({ group, rest }) => rest.positives / rest.rows - group.positives / group.rows),
  comparing('JS', 'Jensen-Shannon Divergence', (counts) => {
    const pairs = sharesOfBoth(counts);
    const between = entropy(pairs.map(({ rest, group }) => 0.5 * (rest + group)));
    return between - 0.5 * (entropy(pairs.map(({ rest }) => rest)) + entropy(pairs.map(({ group }) => group)));
  }),
  comparing('KL', 'Kullback-Liebler Divergence', counts => sum(sharesOfBoth(counts).map(({ rest, group }) => rest * Math.log(rest / group)))),
  comparing('KS', 'Kolmogorov-Smirnov Distance', counts => Math.max(...gaps(counts))),
  comparing('LP', 'L-p Norm', counts => Math.sqrt(sum(gaps(counts).map(gap => gap * gap)))),
  comparing('TVD', 'Total Variation Distance', counts => 0.5 * sum(gaps(counts))),
];

/** The share of one label among the rest and in the group. */
interface SharePair {
  readonly rest: number;
  readonly group: number;
}

/** Of the labels negative and positive, those that occur on both sides. */
function sharesOfBoth({ group, rest }: GroupCounts): SharePair[] {
  const share = (side: Confusion, count: number): number => count / side.rows;
  const pairs = [
    { rest: share(rest, rest.negatives), group: share(group, group.negatives) },
    { rest: share(rest, rest.positives), group: share(group, group.positives) },
  ].filter(pair => pair.rest > 0 && pair.group > 0);
  if (pairs.length === 0) throw new Uncomputable('The group and the rest have no label in common');
  return pairs;
}

function gaps(counts: GroupCounts): number[] {
  return sharesOfBoth(counts).map(({ rest, group }) => Math.abs(rest - group));
}

function entropy(shares: readonly number[]): number {
  return -sum(shares.map(share => share * Math.log(share)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
