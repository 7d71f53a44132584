import { Cell, Rejection, Row, unnamedRow } from './row';

/** Keys whose array holds a row an element, also when the elements are plain values. */
const ROWS_KEY = /^(instances|predictions|outputs|rows|records)$/;

/** Rows of a JSON body: an object, an array of values, an array of either, or one of these under a single key. */
export function jsonRows(body: unknown): Row[] {
  if (isObject(body)) {
    const [only, ...others] = Object.entries(body);
    return only !== undefined && others.length === 0 && Array.isArray(only[1]) ? arrayRows(only[1], ROWS_KEY.test(only[0])) : [objectRow(body)];
  }
  return Array.isArray(body) ? arrayRows(body, false) : [unnamedRow([cell(body)])];
}

/** A JSON body, or one a line. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.split('\n').filter(line => line.trim() !== '');
    if (lines.length < 2) throw new Rejection('payload is not valid JSON');
    return lines.map(line => parseJson(line));
  }
}

/** The columns of an object; nested ones are named `outer.inner`. Throws a Rejection where a key with a dot says the same. */
export function objectRow(body: object): Row {
  const names: string[] = [];
  const cells: Cell[] = [];
  let dots = 0;
  const visit = (object: object, prefix: string): void => {
    for (const [key, value] of Object.entries(object) as [string, unknown][]) {
      if (key.includes('.')) dots++;
      if (isObject(value)) {
        visit(value, `${prefix}${key}.`);
      } else {
        names.push(prefix + key);
        cells.push(cell(value));
      }
    }
  };
  visit(body, '');
  if (dots > 0 && new Set(names).size < names.length) throw new Rejection('a key with a dot has the name of a nested value');
  return { names, cells };
}

function arrayRows(values: readonly unknown[], oneRowAnElement: boolean): Row[] {
  return oneRowAnElement || values.some(value => typeof value === 'object' && value !== null)
    ? values.flatMap(value => jsonRows(value))
    : [unnamedRow(values.map(cell))];
}

function cell(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
