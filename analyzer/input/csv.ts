import { csvParseRows } from 'd3-dsv';
import { Cell } from './row';

/** Fields of each line; an empty field is a missing value, a blank line is none. */
export function parseCsv(text: string): Cell[][] {
  return csvParseRows(text)
    .filter(fields => fields.length > 1 || fields[0]?.trim() !== '')
    .map(fields => fields.map(field => field === '' ? null : field));
}
