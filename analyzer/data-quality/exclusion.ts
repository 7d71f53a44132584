import { listed } from '../format';
import { note } from '../progress';
import { InputFormat } from '../task';

/**
 * Tells of excluded columns that are nowhere: their names may be misspelt, or one analysis serves several datasets. Requests lack the label; whoever
 * excludes it there says nothing wrong.
 */
export function noteUnknownExclusions(excluded: readonly string[] = [], format: InputFormat, columns: readonly string[]): void {
  if ('sagemakerCaptureJson' in format || 'transforms' in format) return;
  const unknown = excluded.filter(name => !columns.includes(name));
  if (unknown.length > 0) note(`${unknown.map(name => `"${name}"`).join(', ')} shall be left out, but there is no such column; there are ${listed(columns)}`);
}
