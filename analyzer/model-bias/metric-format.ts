import { formatApart, formatNumber } from '../format';

/** A metric's value for people: `0.131`, `∞`. */
export function formatMetric(value: number): string {
  return Number.isFinite(value) ? formatNumber(value).replace('-', '−') : value > 0 ? '∞' : '−∞';
}

/** Two values with as many digits as it takes to tell them apart. */
export function formatPair(before: number, after: number): readonly [string, string] {
  if (!Number.isFinite(before) || !Number.isFinite(after) || before === after) return [formatMetric(before), formatMetric(after)];
  const [from = '', to = ''] = formatApart([before, after]);
  return [from.replace('-', '−'), to.replace('-', '−')];
}
