import Table, { TableConstructorOptions } from 'cli-table3';
import colors from 'picocolors';

/** A table with rules around it and below its head only. */
export function table(head: readonly string[], options: TableConstructorOptions = {}): Table.Table {
  return new Table({
    ...options, head: head.map(colors.cyan), style: { head: [], border: [] }, chars: { 'mid': '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
}

/** A number as people read it in a table. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return String(Number(value.toPrecision(4)));
  return value.toLocaleString('en-US', { maximumFractionDigits: 2, maximumSignificantDigits: 4, roundingPriority: 'morePrecision' });
}
