import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DatasetFormat } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { readCsvFile } from './csv-file';
import { folderOf, listFiles } from './files';
import { objectRow } from './json-rows';
import { LineOrigin, readLines } from './lines';
import { Cell, Row, RowSink } from './row';

/**
 * Reads a file, or the files of a folder in the order of their names, rows in the order in which they stand: sketches and sums depend on it.
 * Returns how many there were.
 */
export async function readDataset(dataset: string, format: DatasetFormat, sink: RowSink): Promise<number> {
  let rows = 0;
  const counting: RowSink = {
    row: (row, origin) => {
      rows++;
      sink.row(row, origin);
    },
    reject: (origin, reason) => {
      rows++;
      sink.reject(origin, reason);
    },
  };
  const folder = folderOf(dataset);
  for (const file of listFiles(dataset)) {
    if ('json' in format) await readJsonLines(folder, file, counting);
    else if ('csv' in format) await readCsvFile(folder, file, format.csv.header, counting);
    else await readParquet(folder, file, counting);
  }
  return rows;
}

async function readJsonLines(folder: string, file: string, sink: RowSink): Promise<void> {
  for await (const lines of readLines(path.join(folder, file))) {
    for (const line of lines) {
      const origin = new LineOrigin(file, line);
      const value = parse(line.text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) sink.row(objectRow(value), origin);
      else sink.reject(origin, value === undefined ? 'line is not valid JSON' : 'line is no JSON object');
    }
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function readParquet(folder: string, file: string, sink: RowSink): Promise<void> {
  const source = `read_parquet(${literal(path.join(folder, file))})`;
  const connection = await connect();
  try {
    const names = (await connection.runAndReadAll(`SELECT * FROM ${source} LIMIT 0`)).columnNames();
    await readRows(connection, file, names, sink, `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${source}`);
  } catch (error) {
    throw new AnalyzerError(`${file} is no Parquet file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    connection.closeSync();
  }
}

async function readRows(connection: DuckDBConnection, file: string, names: Row['names'], sink: RowSink, sql: string): Promise<void> {
  const result = await connection.stream(sql);
  let line = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const cells of chunk.getRows() as Cell[][]) sink.row({ names, cells }, { file, line: ++line, record: '' });
  }
}

/** Loaded late: an execution over capture files does without it. Extensions would be fetched from the network, so none is. */
async function connect(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
  return instance.connect();
}

function literal(value: string): string {
  return `'${value.replaceAll('\'', '\'\'')}'`;
}
