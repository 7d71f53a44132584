import { BiasConstraint, BiasMethod, ModelBiasAnalysis, ModelBiasViolation } from '../../lib/contract';
import { MeasuredGroup, Measurement } from './measurement';
import { formatMetric, formatPair } from './metric-format';

/** Selection rates below four fifths of the others' are the usual sign of adverse impact. */
const FOUR_FIFTHS: Readonly<Record<string, BiasConstraint>> = { DI: { minimum: 0.8 } };
/** Standard errors by which a bound must be missed: the customary two of adverse-impact analyses. */
const BEYOND_CHANCE = 2;

/** The bounds that hold: those given, else the four fifths; the service knows none. */
export function boundsOf({ constraints, method }: ModelBiasAnalysis): Readonly<Record<string, BiasConstraint>> {
  return constraints ?? (method === 'Compatible' ? {} : FOUR_FIFTHS);
}

/** The violation of a metric that is out of bounds; `undefined` where it keeps them or cannot be told. */
export function checkBound(
  { facet, value: group }: MeasuredGroup, metric: Measurement, { minimum = -Infinity, maximum = Infinity }: BiasConstraint, method: BiasMethod,
): ModelBiasViolation | undefined {
  const { value } = metric;
  if (value === undefined || (value >= minimum && value <= maximum)) return undefined;
  const [side, bound] = value < minimum ? ['minimum', minimum] as const : ['maximum', maximum] as const;
  if (method !== 'Compatible' && errorsBeyond(metric, value, bound) <= BEYOND_CHANCE) return undefined;
  return {
    constraint_check_type: 'bias_check',
    description: `Metric value ${value} doesn't meet the ${side} ${bound}`,
    explanation: explain(metric, value, bound, side, `${facet}=${group}`),
    facet,
    facet_value: group,
    metric_name: metric.name,
  };
}

/** By how many standard errors a bound is missed; by none where chance cannot be told. */
function errorsBeyond({ standardError = Infinity, errorsFrom }: Measurement, value: number, bound: number): number {
  return Math.abs(errorsFrom ? errorsFrom(bound) : (value - bound) / standardError);
}

function explain({ name, description }: Measurement, value: number, bound: number, side: 'minimum' | 'maximum', group: string): string {
  const [is, asked] = formatPair(value, bound);
  const limit = `at ${side === 'minimum' ? 'least' : 'most'} ${asked}`;
  return name === 'DI'
    ? `${group}: positive predictions are ${is} times as frequent as among the others; ${limit} is asked`
    : `${group}: ${description} is ${formatMetric(value)}; ${limit} is asked`;
}
