import { KernelColumn } from '../../analyzer/data-quality/statistics/kernel-column';
import { VALUE_TYPES } from '../../analyzer/data-quality/statistics/value-type';
import { StoredNumbers, theKernel } from '../../analyzer/kernel/kernel';

/** Numbers of a column, stored as doubles. */
export function doublesFor({ address }: KernelColumn, values: ArrayLike<number>): StoredNumbers {
  return { column: address, type: VALUE_TYPES.indexOf('Fractional'), bytes: new Uint8Array(Float64Array.from(values).buffer), validity: null };
}

/** A column of these numbers. */
export function columnOf(values: ArrayLike<number>): KernelColumn {
  const column = new KernelColumn();
  theKernel().addNumbers([doublesFor(column, values)], values.length);
  return column;
}
