import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Rows of a CSV text, as lists of fields. Fields may be quoted, with `""` for a quote; empty lines are left out. */
export function parseCsv(text) {
  return text.split(/\r?\n/).filter(line => line !== '').map(parseLine);
}

/** Rows of every CSV file in a folder, as objects by the names in each file's header. */
export function readCsvFolder(folder) {
  const files = readdirSync(folder).filter(name => name.endsWith('.csv')).sort();
  if (files.length === 0) throw new Error(`no .csv file in ${folder}`);
  return files.flatMap(file => recordsOf(readFileSync(path.join(folder, file), 'utf8'), file));
}

function recordsOf(text, file) {
  const [header, ...rows] = parseCsv(text);
  if (header === undefined) throw new Error(`${file} is empty: its first line must name the columns`);
  return rows.map((row, index) => {
    if (row.length !== header.length) throw new Error(`${file}, row ${index + 1}: ${row.length} fields, but the header names ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, row[column]]));
  });
}

function parseLine(line) {
  if (!line.includes('"')) return line.split(',');
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return fields.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
