import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readDataset } from '../../analyzer/input/dataset';
import { Cell, Row } from '../../analyzer/input/row';
import { RowSink } from '../../analyzer/input/row-sink';

const folder = mkdtempSync(path.join(os.tmpdir(), 'parquet-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

/** Writes what a query gives. */
async function write(name: string, query: string): Promise<string> {
  const file = path.join(folder, name);
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 50000)`);
  connection.closeSync();
  return file;
}

function read(file: string, sink: Partial<RowSink> = {}): Promise<number> {
  return readDataset(file, { parquet: {} }, { row: () => undefined, reject: () => undefined, ...sink });
}

async function rowsOf(file: string, wanted?: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  await read(file, { row: row => rows.push(row), ...(wanted && { wanted: names => names.map(name => wanted.includes(name)) }) });
  return rows;
}

async function cellsOf(file: string, wanted?: readonly string[]): Promise<(readonly Cell[])[]> {
  return (await rowsOf(file, wanted)).map(({ cells }) => cells);
}

test('values come as they are written in text, missing ones as such, texts of any length', async () => {
  const file = await write('kinds.parquet', `SELECT * FROM (VALUES
    (1, 2.5::DOUBLE, 'short', DATE '2026-11-23', TRUE),
    (-9007199254740993, 3::DOUBLE, 'twelve bytes', NULL, FALSE), (NULL, NULL, NULL, NULL, NULL),
    (0, 'NaN'::DOUBLE, 'thirteen byte', NULL, NULL), (7, 1e300::DOUBLE, 'größer und länger — Ω', NULL, NULL), (8, -0.5::DOUBLE, '', NULL, NULL),
    (9, 0::DOUBLE, repeat('x', 70000), NULL, NULL), (10, '-0.0'::DOUBLE, NULL, NULL, NULL)
  ) t("whole", "decimal", "a text", day, "is it")`);

  const rows = await rowsOf(file);

  expect(rows[0]?.names).toEqual(['whole', 'decimal', 'a text', 'day', 'is it']);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['1', '2.5', 'short', '2026-11-23', 'true'], ['-9007199254740993', '3.0', 'twelve bytes', null, 'false'], [null, null, null, null, null],
    ['0', 'NaN', 'thirteen byte', null, null], ['7', '1.0E300', 'größer und länger — Ω', null, null], ['8', '-0.5', '', null, null], ['9', '0.0', 'x'.repeat(70_000), null, null],
    ['10', '-0.0', null, null, null],
  ]);
});

test('rows keep their order over any number of chunks, long texts between short and missing ones', async () => {
  const file = await write('many.parquet', `SELECT i, CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 's' || i ELSE 'a text of more than twelve bytes ' || i END AS t
    FROM range(300000) r(i)`);

  let next = 0;
  const rows = await read(file, {
    row: ({ cells }) => {
      const text = [null, `s${next}`, `a text of more than twelve bytes ${next}`][next % 3];
      if (cells[0] !== String(next) || cells[1] !== text) throw new Error(`row ${next} is ${cells.join(', ')}`);
      next++;
    },
  });

  expect([rows, next]).toEqual([300_000, 300_000]);
});

test('columns that nobody looks at are missing', async () => {
  const file = await write('some.parquet', 'SELECT i AS a, \'a very long text \' || i AS b, i / 2 AS c FROM range(2) r(i)');

  expect(await cellsOf(file, ['c'])).toEqual([[null, null, '0.0'], [null, null, '0.5']]);
});

test('a chunk may be larger than what is read ahead', async () => {
  const columns = Array.from({ length: 1500 }, (_, index) => `i + ${index} AS c${index}`);
  const file = await write('wide.parquet', `SELECT ${columns.join(', ')} FROM range(4500) r(i)`);

  let sum = 0;
  expect(await read(file, { row: ({ cells }) => sum += Number(cells[1499]) })).toBe(4500);
  expect(sum).toBe(4500 * 4499 / 2 + 4500 * 1499);
});

describe('after a file that was not read to its end the next one is', () => {
  const query = 'SELECT i, hash(i)::VARCHAR AS t FROM range(200000) r(i)';

  test('when the file is damaged further on', async () => {
    const bytes = readFileSync(await write('whole.parquet', query));
    bytes.fill(0xff, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.9));
    const damaged = path.join(folder, 'damaged.parquet');
    writeFileSync(damaged, bytes);

    await expect(read(damaged)).rejects
      .toThrow(/^damaged\.parquet is damaged: after \d+ of its 200000 rows nothing more can be read; bring it once more$/);
    expect(await read(path.join(folder, 'whole.parquet'))).toBe(200_000);
  });

  test('when whoever takes its rows fails, for the reason that is told', async () => {
    const file = await write('refused.parquet', query);
    const refuse = (): void => { throw new Error('no more, thank you'); };

    await expect(read(file, { row: refuse })).rejects.toThrow(/^no more, thank you$/);
    expect(await cellsOf(file)).toHaveLength(200_000);
  });
});
