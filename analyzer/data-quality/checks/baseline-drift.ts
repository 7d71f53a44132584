import { Violation } from '../../../lib/contract';
import { explainDrift } from '../comparison/explanation';
import { ComparedFeature } from '../comparison/compared-feature';
import { formatDecimal } from '../../format';

/** baseline_drift_check: a distribution is further from the baseline's than allowed. */
export function checkBaselineDrift({ name, baseline, window, distance, threshold }: ComparedFeature): Violation[] {
  if (baseline === undefined || distance === undefined || distance <= threshold) return [];
  return [{
    feature_name: name,
    constraint_check_type: 'baseline_drift_check',
    description: `Baseline drift distance: ${formatDecimal(distance)} exceeds threshold: ${formatDecimal(threshold)}`,
    explanation: explainDrift(baseline, window),
  }];
}
