import { BiasFacet } from '../../contract';

/** A group in words, such as `sex=f` and `age > 40`; where each value is one, the column. */
export function facetText({ nameOrIndex, valueOrThreshold, isThreshold }: BiasFacet): string {
  return valueOrThreshold === undefined ? String(nameOrIndex) : `${nameOrIndex}${isThreshold ? ' > ' : '='}${valueOrThreshold.join(',')}`;
}
