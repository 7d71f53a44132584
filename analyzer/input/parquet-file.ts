import { statSync } from 'node:fs';
import path from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api';
import { AnalyzerError } from '../analyzer-error';
import { numberText } from '../format';
import { advancePhase } from '../progress';
import { Chunk, ColumnPart, handOver } from './chunk';
import { RowSink } from './row';

/** Types whose values all fit into 64 bits with a sign. */
const WHOLE_NUMBERS = /^(U?(TINY|SMALL)INT|U?INTEGER|BIGINT)$/;

interface ParquetFile {
  readonly folder: string;
  readonly file: string;
  /** In SQL. */
  readonly source: string;
}

interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnPart['type'];
  readonly expression: string;
  readonly isWanted: boolean;
}

/** The arrays that a vector reads its values from. Its types keep them to themselves, but taking them whole saves a call and an object a value. */
interface StoredVector {
  readonly items?: Float64Array | BigInt64Array;
  /** Of texts. */
  readonly dataView?: DataView;
  readonly validity: { readonly data: BigUint64Array | null };
}

/** Reads the rows of a Parquet file in the order in which they stand. */
export async function readParquetFile(folder: string, file: string, sink: RowSink): Promise<void> {
  const source = `read_parquet(${quoted(path.join(folder, file), '\'')})`;
  const connection = await connect();
  try {
    await readRows(connection, await columnsOf(connection, source, sink), { folder, file, source }, sink);
  } catch (error) {
    throw new AnalyzerError(`${file} is no Parquet file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    connection.closeSync();
  }
}

async function readRows(
  connection: DuckDBConnection, columns: readonly ParquetColumn[], { folder, file, source }: ParquetFile, sink: RowSink,
): Promise<void> {
  const names = columns.map(({ name }) => name);
  const share = await bytesOfRow(connection, path.join(folder, file), source);
  const result = await connection.stream(`SELECT ${columns.map(({ expression }) => expression).join(', ')} FROM ${source}`);
  let rows = 0;
  for (let read = await result.fetchChunk(); read !== null && read.rowCount > 0; read = await result.fetchChunk()) {
    handOver(chunkOf(names, columns, read), { file, line: rows + 1, record: '' }, sink);
    rows += read.rowCount;
    advancePhase(read.rowCount * share);
  }
}

/** How much of the file a row is, on average. */
async function bytesOfRow(connection: DuckDBConnection, place: string, source: string): Promise<number> {
  const [[rows]] = (await connection.runAndReadAll(`SELECT count(*) FROM ${source}`)).getRows() as [[bigint]];
  return statSync(place).size / Number(rows);
}

function chunkOf(names: readonly string[], columns: readonly ParquetColumn[], chunk: DuckDBDataChunk): Chunk {
  const parts = columns.map(({ type, isWanted }, index) => isWanted ? partOf(type, chunk.getColumnVector(index)) : undefined);
  return new Chunk(names, parts, chunk.rowCount);
}

function partOf(type: ColumnPart['type'], vector: DuckDBVector): ColumnPart {
  const { items, dataView, validity } = vector as unknown as StoredVector;
  return {
    type,
    size: vector.itemCount,
    bytes: bytesOf(items ?? dataView),
    validity: validity.data === null ? undefined : bytesOf(validity.data),
    cell: (row) => {
      const value = vector.getItem(row) as number | bigint | string | null;
      return typeof value === 'number' ? numberText(value, true) : value === null ? null : String(value);
    },
  };
}

function bytesOf(stored: ArrayBufferView | undefined): Uint8Array {
  if (stored === undefined) throw new Error('this version of the engine stores values in another way');
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

/** How each column is read: as doubles or whole numbers where it is stored as such, else as text. */
async function columnsOf(connection: DuckDBConnection, source: string, sink: RowSink): Promise<ParquetColumn[]> {
  const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRows() as [string, string][];
  const wanted = sink.wanted?.(described.map(([name]) => name));
  return described.map(([name, type], index) => {
    if (wanted?.[index] === false) return { name, type: 'String', expression: 'NULL', isWanted: false };
    if (type === 'DOUBLE') return { name, type: 'Fractional', expression: quoted(name), isWanted: true };
    if (WHOLE_NUMBERS.test(type)) return { name, type: 'Integral', expression: `CAST(${quoted(name)} AS BIGINT)`, isWanted: true };
    return { name, type: 'String', expression: `CAST(${quoted(name)} AS VARCHAR)`, isWanted: true };
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
