import { Confusion } from '../confusion';
import { GroupCounts } from '../group-counts';
import { comparing, CountedMetric } from './definition';
import { divide } from './divide';

/** How often the group is predicted to be positive, by how often the rest is. */
export const DISPARATE_IMPACT: CountedMetric = {
  ...comparing('DI', 'Disparate Impact', ({ group, rest }) => divide(acceptance(group), acceptance(rest))),
  errorsFrom,
};

/** The share of the positive predictions. */
export function acceptance(side: Confusion): number {
  return side.predictedPositives / side.rows;
}

/**
 * The score test of a ratio: were it the true one, the positives of both sides together tell how often each is positive, and with that how far
 * the difference scatters. It holds where a side has next to no positives, and the ratio's own slope says too little.
 */
function errorsFrom({ group, rest }: GroupCounts, ratio: number, ratioError: number): number {
  const ofRest = Math.min(1, 1 / ratio, (group.predictedPositives + rest.predictedPositives) / (ratio * group.rows + rest.rows));
  const ofGroup = ratio * ofRest;
  const variance = ofGroup * (1 - ofGroup) / group.rows + ratio ** 2 * ofRest * (1 - ofRest) / rest.rows;
  const difference = acceptance(group) - ratio * acceptance(rest);
  return divide(difference, Math.hypot(Math.sqrt(variance), ofRest * ratioError));
}
