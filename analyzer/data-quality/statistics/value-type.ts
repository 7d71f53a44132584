import { InferredType } from '../../../lib/contract';

/** Types that one value can have. */
export type ValueType = Exclude<InferredType, 'Unknown'>;

const INTEGRAL = /^[-+]? ?\d+$/;
const FRACTIONAL = /^[-+]? ?\d+(\.\d+|(\.\d+)?[Ee][-+]?\d+)$/;

/** A value's type by its text alone, as the service's container has it: `1.0` is Fractional; `NaN`, `.5` and `true` are Strings. */
export function valueType(text: string): ValueType {
  if (INTEGRAL.test(text)) return Number.isFinite(numberOf(text)) ? 'Integral' : 'String';
  return FRACTIONAL.test(text) && Number.isFinite(numberOf(text)) ? 'Fractional' : 'String';
}

/** The number that an Integral or Fractional text stands for. */
export function numberOf(text: string): number {
  return Number(text.replace(' ', ''));
}

/** One String makes a column String, else one Fractional makes it Fractional. */
export function columnType(counts: Readonly<Record<ValueType, number>>): InferredType {
  if (counts.String > 0) return 'String';
  if (counts.Fractional > 0) return 'Fractional';
  return counts.Integral > 0 ? 'Integral' : 'Unknown';
}
