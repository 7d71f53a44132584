import { Violation } from '../../../lib/contract';
import { ComparedFeature } from '../comparison/feature';
import { formatDecimal, formatShare } from '../../format';
import { Judgement } from '../judgement';

/** Standard errors that chance explains: about one false alarm in 4000 judgements. */
const STANDARD_ERRORS = 3.5;

/** completeness_check: more values are missing than in the baseline, beyond chance. A column that was always full must stay so. */
export function checkCompleteness({ name, constraint, column, rows, baselineRows }: ComparedFeature, { method }: Judgement): Violation[] {
  if (rows === 0) return [];
  const expected = constraint.completeness;
  const observed = column.present / rows;
  const strict = method === 'Compatible' || baselineRows === undefined || baselineRows === 0;
  const tolerance = strict ? 0 : STANDARD_ERRORS * Math.sqrt(expected * (1 - expected) * (1 / rows + 1 / baselineRows));
  if (expected - observed <= tolerance) return [];
  return [{
    feature_name: name,
    constraint_check_type: 'completeness_check',
    // Nobody has published the service's text for this check; this is the one of the library it is built on.
    description: `Value: ${formatDecimal(observed)} does not meet the constraint requirement!`,
    explanation: `${name}: ${formatShare(1 - observed)} null, was ${formatShare(1 - expected)}`,
  }];
}
