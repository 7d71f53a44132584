import { BiasMethod, BiasMetric, ModelBiasViolation } from '../../lib/contract';
import { numberOfValue } from './analysis-file';
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
    explanation: `${facet}=${group}: ${metric.description} ${from} → ${to}, farther from ${metric.errorsFrom && method === 'Robust' ? 1 : 0}`,
    facet,
    facet_value: group,
    metric_name: metric.name,
  };
}

/** Where chance cannot be told nothing is concluded, and so from infinite values. A baseline of the service tells none and counts as exact. */
function isFartherBeyondChance({ standardError, errorsFrom }: Measurement, value: number, before: number, baselineError = 0): boolean {
  if (!Number.isFinite(before)) return false;
  if (errorsFrom) return before > 0 && isRatioFarther(errorsFrom, before, baselineError);
  if (standardError === undefined || !Number.isFinite(value)) return false;
  return Math.abs(value) - Math.abs(before) > BEYOND_CHANCE * Math.hypot(standardError, baselineError);
}

/** A ratio is fair at 1, and 4/5 is as far from it as 5/4: it may lie between both. */
function isRatioFarther(errorsFrom: NonNullable<Measurement['errorsFrom']>, before: number, baselineError: number): boolean {
  const known = { ratio: before, error: baselineError };
  const inverse = { ratio: 1 / before, error: baselineError / before ** 2 };
  const [low, high] = before < 1 ? [known, inverse] : [inverse, known];
  return errorsFrom(low.ratio, low.error) < -BEYOND_CHANCE || errorsFrom(high.ratio, high.error) > BEYOND_CHANCE;
}
