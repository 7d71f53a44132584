import { ModelExplainabilityAnalysis } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Cell } from '../input/row';
import { Feature } from './request-format';

/** Rows that stand for "feature absent": numbers where the column is numeric, else text. */
export type Background = NonNullable<ModelExplainabilityAnalysis['background']>;

/** How a number is written that is the same number once it is read; `007` is text. */
const NUMBER = /^-?(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * One row in the middle of all: of a numeric column the median, of another the most frequent value. Both are values that the column has:
 * a model that wants whole numbers may refuse a mean.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/issues/3494
 */
export function summarizedBackground(rows: readonly (readonly Cell[])[]): Background {
  return [Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => {
    const values = rows.flatMap(row => row[column] ?? []);
    return values.every(isNumber) ? medianOf(values.map(Number)) : mostFrequent(values);
  })];
}

/** The background as cells; throws where it does not fit the features. */
export function backgroundCells(background: Background, features: readonly string[]): Cell[][] {
  return background.map((row, index) => {
    if (row.length !== features.length) throw new AnalyzerError(`row ${index + 1} of the background has ${row.length} values, but there are ${features.length} features: ${features.join(', ')}`);
    return row.map(value => value === null || value === '' ? null : String(value));
  });
}

/** What the background tells of the features' kinds. */
export function featuresOf(names: readonly string[], background: Background): Feature[] {
  return names.map((name, index) => ({ name, isText: background.some(row => typeof row[index] === 'string') }));
}

function isNumber(text: string): boolean {
  return NUMBER.test(text) && Number.isFinite(Number(text)) && !(Number.isInteger(Number(text)) && !Number.isSafeInteger(Number(text)));
}

/** The lower of the two in the middle, where there are two. */
function medianOf(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted[(sorted.length - 1) >> 1] ?? null;
}

/** The first of them, where several are. */
function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}
