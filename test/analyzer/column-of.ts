import { ColumnPart } from '../../analyzer/input/chunk';
import { KernelColumn } from '../../analyzer/data-quality/statistics/kernel-column';

/** A part of a column that holds these numbers as doubles. */
export function partOf(values: ArrayLike<number>): ColumnPart {
  return {
    type: 'Fractional', size: values.length, bytes: new Uint8Array(Float64Array.from(values).buffer), validity: null,
    cell: () => { throw new Error('numbers are read as they are stored'); },
  };
}

/** A column of these numbers. */
export function columnOf(values: ArrayLike<number>): KernelColumn {
  const column = new KernelColumn();
  column.addPart(partOf(values));
  return column;
}
