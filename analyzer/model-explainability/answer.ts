import { PredictorConfig } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { parseCsv } from '../input/csv';
import { jsonRows, parseJson } from '../input/json-rows';
import { Cell, Rejection, Row, unnamedRow } from '../input/row';
import { Scores } from './kernel-shap';
import { clipWords } from './model-words';

/** Reads what the model answered to so many rows. */
export function parseAnswer(text: string, asked: number, { acceptType, scoreAttribute }: Pick<PredictorConfig, 'acceptType' | 'scoreAttribute'>): Scores {
  const rows = rowsOf(text, acceptType, asked);
  if (rows.length !== asked) throw new AnalyzerError(`the model answered ${rows.length} rows where ${asked} were sent; it must give one a row (${acceptType}): ${clipWords(text)}`);
  const scores = rows.map(row => scoresOf(row, scoreAttribute));
  const labels = scores[0]?.length ?? 0;
  const other = scores.find(({ length }) => length !== labels);
  if (other) throw new AnalyzerError(unevenScores(labels, other.length));
  return { labels, values: Float64Array.from(scores.flat()) };
}

/** What is said where rows differ in how many scores they get. */
export function unevenScores(some: number, others: number): string {
  return `the model answered ${some} score${some === 1 ? '' : 's'} for one row and ${others} for another; it must give as many for each`;
}

function rowsOf(text: string, acceptType: string, asked: number): readonly Row[] {
  const rows = acceptType === 'text/csv' ? parseCsv(text).map(unnamedRow) : jsonRowsOf(text, acceptType);
  const [only] = rows;
  // Some containers write the scores of all rows beside each other.
  return asked > 1 && rows.length === 1 && only?.cells.length === asked && only.names.every(name => name === undefined)
    ? only.cells.map(cell => unnamedRow([cell]))
    : rows;
}

function jsonRowsOf(text: string, acceptType: string): Row[] {
  try {
    return acceptType === 'application/json' ? jsonRows(parseJson(text)) : text.split('\n').filter(line => line.trim() !== '').flatMap(line => jsonRows(parseJson(line)));
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new AnalyzerError(`the model's answer is no ${acceptType}, though that was asked for: ${clipWords(text)}`);
  }
}

function scoresOf(row: Row, scoreAttribute: string | undefined): number[] {
  return cellsOf(row, scoreAttribute).flatMap(cell => listIn(cell) ?? [cell]).map(scoreOf);
}

/** Several scores in one cell. */
function listIn(cell: Cell): unknown[] | undefined {
  if (cell?.startsWith('[') !== true) return undefined;
  try {
    return JSON.parse(cell) as unknown[];
  } catch {
    return undefined;
  }
}

function cellsOf({ names, cells }: Row, scoreAttribute: string | undefined): readonly Cell[] {
  if (scoreAttribute === undefined) return cells;
  const index = names.includes(scoreAttribute) ? names.indexOf(scoreAttribute) : Number(scoreAttribute);
  const cell = cells[index];
  if (cell !== undefined) return [cell];
  const there = names.some(name => name !== undefined) ? names.join(', ') : `${cells.length} values without a name`;
  throw new AnalyzerError(`the model's answer has no "${scoreAttribute}" (scoreAttribute, --score); it has ${there}`);
}

function scoreOf(value: unknown): number {
  const text = typeof value === 'number' ? String(value) : value;
  const score = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  if (Number.isFinite(score)) return score;
  throw new AnalyzerError(`the model's answer has ${JSON.stringify(value)} where a score is expected; say where the score is (scoreAttribute, --score) if there are other values beside it`);
}
