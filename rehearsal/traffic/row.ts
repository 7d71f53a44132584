/** One row of a table: column → value as text; `null` is a missing value. */
export type Row = Readonly<Record<string, string | null>>;

/** A table in its own column order. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** One line of CSV, without its end. */
export function csvLine(row: Row, columns: readonly string[]): string {
  return columns.map(column => quoted(row[column] ?? '')).join(',');
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
