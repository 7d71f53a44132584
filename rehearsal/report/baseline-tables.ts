import { Constraints, Statistics } from '../../lib/contract';
import { figure, table } from './table';

/** What a data-quality baseline knows of each column: the numbers, then the types. */
export function baselineTables(statistics: Statistics, constraints: Constraints): string {
  const numbers = table(['name', 'mean', 'sd', 'min', 'max']);
  for (const { name, numerical_statistics: s } of statistics.features) {
    if (s !== undefined) numbers.push([name, figure(s.mean), figure(s.std_dev), figure(s.min), figure(s.max)]);
  }
  const columns = table(['name', 'type', 'completeness']);
  for (const { name, inferred_type: type, completeness } of constraints.features) columns.push([name, type, figure(completeness)]);
  return `baseline, ${statistics.dataset.item_count} rows\n${numbers.toString()}\n${columns.toString()}`;
}
