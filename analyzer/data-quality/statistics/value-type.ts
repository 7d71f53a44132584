import { InferredType } from '../../../lib/contract';

/** Types that one value can have. */
export type ValueType = Exclude<InferredType, 'Unknown'>;

/** In the order of the kernel's numbers for them. */
export const VALUE_TYPES: readonly ValueType[] = ['Integral', 'Fractional', 'String'];

/** One String makes a column String, else one Fractional makes it Fractional. */
export function columnType(counts: Readonly<Record<ValueType, number>>): InferredType {
  if (counts.String > 0) return 'String';
  if (counts.Fractional > 0) return 'Fractional';
  return counts.Integral > 0 ? 'Integral' : 'Unknown';
}
