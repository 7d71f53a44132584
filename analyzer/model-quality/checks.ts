import { ModelQualityViolation, QualityConstraint, QualityMetric, QualityMetrics } from '../../lib/contract';
import { formatApart, formatDecimal, formatNumber } from '../format';

/** A metric, its constraint, and where it would be violated. */
export interface JudgedMetric {
  readonly name: string;
  readonly constraint: QualityConstraint;
  /** The threshold, and as much beyond it as is tolerated. */
  readonly limit: number;
  /** Absent where the window cannot tell. */
  readonly metric: QualityMetric | undefined;
  readonly isViolated: boolean;
}

/** Holds each constraint against the window; what the window cannot tell violates none. */
export function judgeMetrics(constraints: Readonly<Record<string, QualityConstraint>>, metrics: QualityMetrics, tolerance: number): JudgedMetric[] {
  return Object.entries(constraints).map(([name, constraint]) => {
    const { threshold, comparison_operator } = constraint;
    const metric = metrics[name];
    const isLess = comparison_operator === 'LessThanThreshold';
    const tolerated = tolerance * Math.abs(threshold);
    const limit = isLess ? threshold - tolerated : threshold + tolerated;
    const isViolated = metric !== undefined && (isLess ? metric.value < limit : metric.value > limit);
    return { name, constraint, limit, metric, isViolated };
  });
}

/** The violations among what was judged, in the service's words. */
export function violationsOf(judged: readonly JudgedMetric[]): ModelQualityViolation[] {
  return judged.flatMap(({ name, constraint: { threshold, comparison_operator }, limit, metric, isViolated }) => {
    if (!isViolated || metric === undefined) return [];
    const { value, standard_deviation: deviation } = metric;
    const scatter = deviation === 'NaN' ? deviation : formatDecimal(deviation);
    return [{
      constraint_check_type: comparison_operator,
      description: `Metric ${camelCase(name)} with ${formatDecimal(value)} +/- ${scatter} was ${comparison_operator} '${formatDecimal(limit)}'`,
      metric_name: camelCase(name),
      explanation: explain(name, threshold, value, limit, comparison_operator === 'LessThanThreshold' ? 'below' : 'above'),
    }];
  });
}

function explain(name: string, threshold: number, value: number, limit: number, side: 'below' | 'above'): string {
  const [from = '', to = '', bound = ''] = limit === threshold ? formatApart([threshold, value]) : [threshold, value, limit].map(number => formatNumber(number));
  return `${name}: ${from} → ${to}, may not be ${side} ${bound || from}`;
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
