import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AnalyzerError } from '../analyzer-error';
import { ChunkRow, ColumnPart } from './chunk-row';
import { RowSink } from './row';

const WHOLE_NUMBERS = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/;

interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnPart['type'];
  readonly expression: string;
}

/** Reads the rows of a Parquet file in the order in which they stand. */
export async function readParquetFile(folder: string, file: string, sink: RowSink): Promise<void> {
  const source = `read_parquet(${quoted(path.join(folder, file), '\'')})`;
  const connection = await connect();
  try {
    await readRows(connection, file, source, await columnsOf(connection, source, sink), sink);
  } catch (error) {
    throw new AnalyzerError(`${file} is no Parquet file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    connection.closeSync();
  }
}

async function readRows(connection: DuckDBConnection, file: string, source: string, columns: readonly ParquetColumn[], sink: RowSink): Promise<void> {
  const names = columns.map(({ name }) => name);
  const result = await connection.stream(`SELECT ${columns.map(({ expression }) => expression).join(', ')} FROM ${source}`);
  let line = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const parts = chunk.getColumns().map((values, index) => ({ type: columns[index]?.type, values }) as ColumnPart);
    for (let index = 0; index < chunk.rowCount; index++) sink.row(new ChunkRow(names, parts, index), { file, line: ++line, record: '' });
  }
}

/** How each column is read: as doubles where they hold it exactly, else as text. */
async function columnsOf(connection: DuckDBConnection, source: string, sink: RowSink): Promise<ParquetColumn[]> {
  const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRows() as [string, string][];
  const wanted = sink.wanted?.(described.map(([name]) => name));
  const fits = described.map(([name, type], index) => wanted?.[index] !== false && WHOLE_NUMBERS.test(type)
    ? `coalesce(bool_and(${quoted(name)} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}), true)`
    : 'false');
  const [exact = []] = (await connection.runAndReadAll(`SELECT ${fits.join(', ')} FROM ${source}`)).getRows();
  return described.map(([name, type], index) => {
    if (wanted?.[index] === false) return { name, type: 'String', expression: 'NULL' };
    if (type === 'DOUBLE') return { name, type: 'Fractional', expression: quoted(name) };
    if (exact[index] === true) return { name, type: 'Integral', expression: `CAST(${quoted(name)} AS DOUBLE)` };
    return { name, type: 'String', expression: `CAST(${quoted(name)} AS VARCHAR)` };
  });
}

/** Loaded late: whoever reads no Parquet does without it. Extensions would be fetched from the network, so none is. One thread keeps the order. */
async function connect(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const options = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', threads: '1' };
  return (await DuckDBInstance.create(':memory:', options)).connect();
}

function quoted(text: string, quote = '"'): string {
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}
