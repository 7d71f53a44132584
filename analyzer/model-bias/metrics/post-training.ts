import { Confusion } from '../confusion';
import { GroupCounts } from '../group-counts';
import { comparing, CountedMetric, MetricDefinition, named } from './definition';
import { Uncomputable } from './uncomputable';
import { demographicDisparity, demographicDisparityError, Outcome } from './demographic-disparity';
import { acceptance, DISPARATE_IMPACT } from './disparate-impact';
import { divide, subtract } from './divide';

const PREDICTIONS: Outcome = { accepted: side => side.predictedPositives, rejected: side => side.predictedNegatives };

/** The metrics of predictions beside labels, by name. */
export const POST_TRAINING_METRICS: readonly MetricDefinition[] = [
  restLessGroup('AD', 'Accuracy Difference', side => divide(side.truePositives + side.trueNegatives, side.rows)),
  {
    ...comparing('CDDPL', 'Conditional Demographic Disparity in Predicted Labels', counts => demographicDisparity(counts, PREDICTIONS)),
    standardErrorOf: counts => demographicDisparityError(counts, PREDICTIONS),
  },
  restLessGroup('DAR', 'Difference in Acceptance Rates', side => divide(side.truePositives, side.predictedPositives)),
  restLessGroup('DCA', 'Difference in Conditional Acceptance', side => divide(side.positives, side.predictedPositives)),
  groupLessRest('DCR', 'Difference in Conditional Rejection', side => divide(side.negatives, side.predictedNegatives)),
  DISPARATE_IMPACT,
  restLessGroup('DPPL', 'Difference in Positive Proportions in Predicted Labels', acceptance),
  groupLessRest('DRR', 'Difference in Rejection Rates', side => divide(side.trueNegatives, side.predictedNegatives)),
  { ...named('FT', 'Flip Test'), ofRows: rows => rows.value },
  { ...named('GE', 'Generalized Entropy'), of: generalizedEntropy },
  restLessGroup('RD', 'Recall Difference', side => divide(side.truePositives, side.positives)),
  groupLessRest('SD', 'Specificity Difference', side => divide(side.trueNegatives, side.negatives)),
  groupLessRest('TE', 'Treatment Equality', side => divide(side.falseNegatives, side.falsePositives)),
];

function restLessGroup(name: string, title: string, of: (side: Confusion) => number): CountedMetric {
  return comparing(name, title, ({ group, rest }) => subtract(of(rest), of(group)));
}

function groupLessRest(name: string, title: string, of: (side: Confusion) => number): CountedMetric {
  return comparing(name, title, ({ group, rest }) => subtract(of(group), of(rest)));
}

/** How unequal the benefits are: 2 to who is wrongly accepted, 0 to who is wrongly rejected, else 1. It looks at all rows, whatever their group. */
function generalizedEntropy({ group, rest }: GroupCounts): number {
  const all = group.plus(rest);
  if (all.rows === 0) throw new Uncomputable('There is no row');
  const right = all.truePositives + all.trueNegatives;
  const mean = (right + 2 * all.falsePositives) / all.rows;
  if (mean === 0) throw new Uncomputable('Every prediction is a false negative');
  const excess = (benefit: number): number => (benefit / mean) ** 2 - 1;
  return (all.falseNegatives * excess(0) + right * excess(1) + all.falsePositives * excess(2)) / (2 * all.rows);
}
