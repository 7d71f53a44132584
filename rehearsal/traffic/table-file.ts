import { DatasetFormat } from '../../lib/contract';
import { Row, Table } from './row';

/**
 * Reads a file, every value as text. The engine is optional, so it is loaded by who reads a table.
 *
 * @param condition which rows, in SQL; all when left out
 */
export async function readTable(file: string, format: DatasetFormat, condition = 'true'): Promise<Table> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ${source(file, format)} WHERE ${condition}`);
    const columns = reader.columnNames();
    const rows = reader.getRowsJS().map(values => Object.fromEntries(columns.map((name, i) => [name, (values[i] ?? null) as string | null])) as Row);
    return { columns, rows };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function source(file: string, format: DatasetFormat): string {
  const path = `'${file.replaceAll('\'', '\'\'')}'`;
  if ('csv' in format) return `read_csv(${path}, header = ${format.csv.header}, all_varchar = true)`;
  if ('json' in format) return `read_json(${path}, format = 'newline_delimited')`;
  return `read_parquet(${path})`;
}
