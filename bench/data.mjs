// Seeded data of the benchmark, the same rows in each format; what was generated once is kept.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const BLOCK = 1 << 22;
const SHOPS = ['north', 'south', 'east', 'west', 'online', 'outlet', 'partner'];
const PAYMENTS = ['credit_card', 'debit_card', 'invoice', 'voucher'];

/** Twenty columns: thirteen with decimals, four whole numbers, three of text, one of them an id. */
const COLUMNS = [
  ...Array.from({ length: 13 }, (_, index) => ({ name: `amount_${index}`, value: random => decimal(random, index) })),
  ...Array.from({ length: 4 }, (_, index) => ({ name: `count_${index}`, value: random => String(whole(random, 10 ** (index + 1))) })),
  { name: 'shop', value: random => SHOPS[whole(random, SHOPS.length)] },
  { name: 'payment', value: random => PAYMENTS[whole(random, PAYMENTS.length)] },
  { name: 'customer', value: random => `c${whole(random, 1e9)}` },
];

/** Writes a CSV with header; returns its path. */
export function csvFile(folder, rows, width = COLUMNS.length) {
  const columns = Array.from({ length: width }, (_, index) => {
    const column = COLUMNS[index % COLUMNS.length];
    return index < COLUMNS.length ? column : { ...column, name: `${column.name}_${Math.floor(index / COLUMNS.length)}` };
  });
  return once(path.join(folder, `${rows}x${width}`, 'csv', 'data.csv'), (write) => {
    write(`${columns.map(({ name }) => name).join(',')}\n`);
    forEachRow(rows, columns, line => write(`${line}\n`));
  });
}

/** Writes what data capture would: a record a row, features in, a score out. */
export function captureFile(folder, rows) {
  return once(path.join(folder, `${rows}x${COLUMNS.length}`, 'captured', 'data.jsonl'), (write) => {
    const random = generator(2);
    forEachRow(rows, COLUMNS, (line, share, row) => write(captured(line, share, row, (random() / 2 ** 32).toFixed(4))));
  });
}

/** Turns the CSV into Parquet. */
export async function parquetFile(folder, rows) {
  const file = path.join(folder, `${rows}x${COLUMNS.length}`, 'parquet', 'data.parquet');
  if (existsSync(file)) return file;
  const csv = csvFile(folder, rows);
  mkdirSync(path.dirname(file), { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (FROM read_csv('${csv}')) TO '${file}.part' (FORMAT parquet)`);
  connection.closeSync();
  renameSync(`${file}.part`, file);
  return file;
}

function captured(line, share, row, score) {
  const second = new Date(Date.UTC(2026, 0, 31, 9) + share * 3_600_000).toISOString().slice(0, 19);
  const id = `${(row * 2654435761 >>> 0).toString(16).padStart(8, '0')}-7b1c-4a5e-9d2f-${row.toString(16).padStart(12, '0')}`;
  return `{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"${line}","encoding":"CSV"},`
    + `"endpointOutput":{"observedContentType":"text/csv; charset=utf-8","mode":"OUTPUT","data":"${score}","encoding":"CSV"}},`
    + `"eventMetadata":{"eventId":"${id}","inferenceTime":"${second}Z"},"eventVersion":"0"}\n`;
}

function forEachRow(rows, columns, take) {
  const random = generator(1);
  for (let row = 0; row < rows; row++) take(columns.map(({ value }) => value(random)).join(','), row / rows, row);
}

/** A sum of four uniform numbers looks like a bell. */
function decimal(random, scale) {
  const bell = (random() + random() + random() + random()) / 2 ** 34;
  return ((bell - (scale % 3 === 0 ? 0.5 : 0)) * 10 ** (scale % 5 + 1)).toFixed(2 + scale % 3);
}

function whole(random, below) {
  return Math.floor(random() / 2 ** 32 * below);
}

/** xorshift32. */
function generator(seed) {
  let state = seed * 2654435769 >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>>= 0;
  };
}

function once(file, produce) {
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(`${file}.part`, 'w');
  let pending = '';
  produce((text) => {
    pending += text;
    if (pending.length > BLOCK) {
      writeSync(descriptor, pending);
      pending = '';
    }
  });
  writeSync(descriptor, pending);
  closeSync(descriptor);
  renameSync(`${file}.part`, file);
  return file;
}
