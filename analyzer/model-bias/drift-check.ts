import { BiasMethod, BiasMetric, ModelBiasViolation } from '../../lib/contract';
import { numberOfValue } from './analysis-file';
import { distanceFromFair, isRatio, scatterFromFair } from './fairness';
import { MeasuredGroup, Measurement } from './measurement';
import { formatPair } from './metric-format';

/** Standard errors by which a value must be farther from fair than the baseline's: a group has some twenty metrics, each of which may stray. */
const BEYOND_CHANCE = 3.5;

/** The violation that a metric of a group is, beside the baseline's; `undefined` where it is none or cannot be told. */
export function checkDrift(
  { facet, value: group }: MeasuredGroup, metric: Measurement, baseline: BiasMetric, method: BiasMethod,
): ModelBiasViolation | undefined {
  const before = numberOfValue(baseline.value);
  if (metric.value === undefined || before === undefined) return undefined;
  const isFarther = method === 'Compatible'
    ? Math.abs(metric.value) > Math.abs(before)
    : isFartherBeyondChance(metric, metric.value, before, baseline.standard_error);
  if (!isFarther) return undefined;
  const [from, to] = formatPair(before, metric.value);
  return {
    constraint_check_type: 'bias_drift_check',
    description: `Metric value ${metric.value} doesn't meet the baseline constraint requirement ${before}`,
    explanation: `${facet}=${group}: ${metric.description} ${from} → ${to}, farther from ${isRatio(metric.name) && method === 'Robust' ? 1 : 0}`,
    facet,
    facet_value: group,
    metric_name: metric.name,
  };
}

/** Where chance cannot be told nothing is concluded, and so from infinite values. A baseline of the service tells none and counts as exact. */
function isFartherBeyondChance({ name, standardError }: Measurement, value: number, before: number, baselineError = 0): boolean {
  if (standardError === undefined || !Number.isFinite(value) || !Number.isFinite(before)) return false;
  const chance = Math.hypot(scatterFromFair(name, value, standardError), scatterFromFair(name, before, baselineError));
  return distanceFromFair(name, value) - distanceFromFair(name, before) > BEYOND_CHANCE * chance;
}
