import { FacetMetrics, ModelBiasViolation } from '../../lib/contract';
import { formatShare } from '../format';
import { numberOfValue } from './analysis-file';
import { MeasuredGroup } from './measurement';

/** A group that is absent by chance in fewer windows than this has vanished. */
const CHANCE = 1 / 4000;

/** The violation of a group that the baseline does not have, or that has vanished from the window. */
export function checkPresence(
  { facet, value: group, rows, ofRows }: MeasuredGroup, baseline: FacetMetrics | undefined,
): ModelBiasViolation | undefined {
  const violation = (explanation: string, description: string): ModelBiasViolation =>
    ({ constraint_check_type: 'bias_check', description, explanation: `${facet}=${group}: ${explanation}`, facet, facet_value: group, metric_name: 'CI' });
  if (baseline === undefined) {
    return violation(`a new group, ${formatShare(rows / ofRows)} of rows; the baseline has none of it`, 'Facet value is not in the baseline');
  }
  const share = shareOf(baseline);
  if (rows > 0 || share === undefined || (1 - share) ** ofRows >= CHANCE) return undefined;
  return violation(`no row in this window; it was ${formatShare(share)} of the baseline's`, 'Facet value is not in the window');
}

/** The group's share of the baseline's rows, which its class imbalance tells. */
function shareOf({ metrics }: FacetMetrics): number | undefined {
  const imbalance = numberOfValue(metrics.find(({ name }) => name === 'CI')?.value ?? null);
  return imbalance === undefined ? undefined : (1 - imbalance) / 2;
}
