import { Violation } from '../../../lib/contract';
import { isMoreFrequent } from '../comparison/chance';
import { ComparedFeature } from '../comparison/compared-feature';
import { formatDecimal, formatShare } from '../../format';

/** completeness_check: more values are missing than in the baseline, beyond chance. A column that was always full must stay so. */
export function checkCompleteness(feature: ComparedFeature): Violation[] {
  const { name, constraint: { completeness: expected }, column, rows } = feature;
  if (rows === 0) return [];
  const observed = column.present / rows;
  if (observed >= expected || isByChance(feature)) return [];
  return [{
    feature_name: name,
    constraint_check_type: 'completeness_check',
    // Nobody has published the service's text for this check; this is the one of the library it is built on.
    description: `Value: ${formatDecimal(observed)} does not meet the constraint requirement!`,
    explanation: `${name}: ${formatShare(1 - observed)} null, was ${formatShare(1 - expected)}`,
  }];
}

function isByChance({ constraint: { completeness }, rules, column, rows, baselineRows = 0 }: ComparedFeature): boolean {
  if (rules.method === 'Compatible' || baselineRows === 0 || completeness === 1) return false;
  return !isMoreFrequent({ count: rows - column.present, rows }, { count: (1 - completeness) * baselineRows, rows: baselineRows });
}
