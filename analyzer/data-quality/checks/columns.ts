import { Violation } from '../../../lib/contract';
import { Baseline } from '../baseline';
import { clip, formatShare } from '../../format';
import { Table } from '../statistics/table';

/** What a window without headers has instead of the baseline's number of columns; its columns cannot be told apart by name. */
export interface OtherWidth {
  readonly columns: number;
}

/** missing_column_check: a column of the baseline that no row of the window has. */
export function checkMissingColumns(baseline: Baseline, table: Table, other?: OtherWidth): Violation[] {
  const expected = baseline.constraints.features.length;
  const missing = other ? expectedNames(baseline).slice(other.columns) : table.missing();
  if (missing.length === 0) return [];
  return [{
    feature_name: 'Missing columns',
    constraint_check_type: 'missing_column_check',
    description: sentence('missing', other?.columns ?? expected - missing.length + table.extra.size, expected),
    explanation: `missing ${list(missing.map(name => clip(name)))}${other ? ', by position: the payload has no header' : ''}`,
  }];
}

/** extra_column_check: a column that the baseline lacks. */
export function checkExtraColumns(baseline: Baseline, table: Table, other?: OtherWidth): Violation[] {
  const expected = baseline.constraints.features.length;
  const extra = [...table.extra];
  if (extra.length === 0) return [];
  const names = extra.map(([name, rows]) => rows === table.rows ? clip(name) : `${clip(name)} (in ${formatShare(rows / table.rows)} of rows)`);
  return [{
    feature_name: 'Extra columns',
    constraint_check_type: 'extra_column_check',
    description: sentence('extra', other?.columns ?? expected - table.missing().length + extra.length, expected),
    explanation: `extra ${list(names)}${other ? `, by position after ${expectedNames(baseline).at(-1) ?? ''}: the payload has no header` : ''}`,
  }];
}

function expectedNames(baseline: Baseline): string[] {
  return baseline.constraints.features.map(({ name }) => name);
}

function sentence(kind: 'extra' | 'missing', current: number, expected: number): string {
  return `There are ${kind} columns in current dataset. Number of columns in current dataset: ${current}, Number of columns in baseline constraints: ${expected}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 20);
  return `${names.length === 1 ? 'column' : 'columns'} ${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}`;
}
