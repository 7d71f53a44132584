import { DuckDBInstance } from '@duckdb/node-api';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { bell, record } from '../../analyzer/workspace';
import { CommandLine } from '../command-line';

export const ROWS = 400;
const prices = bell(ROWS, 20, 3);

/** Prices of two shops. */
export const rows = (shift = 0): string[] => prices.map((price, index) => `${(price + shift).toFixed(2)},${['Paris', 'Wien'][index % 2]!}`);
export const objects = rows().map(row => JSON.stringify({ price: Number(row.split(',')[0]), shop: row.split(',')[1] }));
export const header = 'price,shop';

/** A folder for the tests of a file: the same rows in every format, some that have shifted, captured requests, and the baseline in `base`. */
export function shopFiles(): CommandLine {
  const line = new CommandLine();
  beforeAll(() => fill(line));
  afterAll(() => { line.remove(); });
  return line;
}

async function fill(line: CommandLine): Promise<void> {
  line
    .write('train.csv', [header, ...rows()])
    .write('train.csv.gz', gzipSync([header, ...rows()].join('\n')))
    .write('bare.csv', rows())
    .write('train.jsonl', objects)
    .write('train.jsonl.gz', gzipSync(objects.join('\n')))
    .write('shifted.csv', [header, ...rows(6)])
    .write('capture/2026/01/31/09/00-00-000-a.jsonl', rows().map(row => record(row)))
    .write('capture/2026/01/31/10/00-00-000-b.jsonl', rows(6).map(row => record(row, { time: '2026-01-31T10:30:00Z' })));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const at = (file: string): string => path.join(line.folder, file);
  await connection.run(`COPY (SELECT * FROM read_csv('${at('train.csv')}')) TO '${at('train.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
  expect(line.run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'base')).toMatchObject({ status: 0, stderr: '' });
}
