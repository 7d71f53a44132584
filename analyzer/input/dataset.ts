import path from 'node:path';
import { DatasetFormat } from '../../lib/contract';
import { readCsvFile } from './csv-file';
import { folderOf, listFiles } from './files';
import { objectRow } from './json-rows';
import { Line, readLines } from './lines';
import { readParquetFile } from './parquet/parquet-file';
import { attempt, Rejection, Row } from './row';
import { handOver, RowSink } from './row-sink';

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
    chunk: (chunk, first) => {
      rows += chunk.size;
      handOver(chunk, first, sink);
    },
    reject: (origin, reason) => {
      rows++;
      sink.reject(origin, reason);
    },
    wanted: names => sink.wanted?.(names) ?? names.map(() => true),
  };
  const folder = folderOf(dataset);
  for (const file of listFiles(dataset)) {
    if ('json' in format) await readJsonLines(folder, file, counting);
    else if ('csv' in format) await readCsvFile(folder, file, format.csv.header, counting);
    else await readParquetFile(folder, file, counting);
  }
  return rows;
}

async function readJsonLines(folder: string, file: string, sink: RowSink): Promise<void> {
  for await (const lines of readLines(path.join(folder, file), file)) {
    for (const line of lines) {
      const row = attempt(() => rowOf(line));
      if (row instanceof Rejection) sink.reject(line, row.message);
      else sink.row(row, line);
    }
  }
}

function rowOf({ record, isReadable }: Line): Row {
  if (!isReadable) throw new Rejection('line is not UTF-8');
  const value = parse(record);
  if (Array.isArray(value)) throw new Rejection('line is a JSON array, where JSON lines have an object a line');
  if (typeof value !== 'object' || value === null) throw new Rejection('line is no JSON object');
  return objectRow(value);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Rejection('line is not valid JSON');
  }
}
