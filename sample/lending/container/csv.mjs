import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Rows of a CSV text, as lists of fields; no value of this model holds a comma or a quote. */
export function parseCsv(text) {
  return text.split(/\r?\n/).filter(line => line !== '').map(line => line.split(','));
}

/** Rows of every CSV file in a folder, as objects by the names in each file's header. */
export function readCsvFolder(folder) {
  const files = readdirSync(folder).filter(name => name.endsWith('.csv')).sort();
  if (files.length === 0) throw new Error(`no .csv file in ${folder}`);
  return files.flatMap((file) => {
    const [header = [], ...rows] = parseCsv(readFileSync(path.join(folder, file), 'utf8'));
    return rows.map(row => Object.fromEntries(header.map((name, column) => [name, row[column]])));
  });
}
