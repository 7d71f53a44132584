import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readDataset } from '../../analyzer/input/dataset';

const folder = mkdtempSync(path.join(os.tmpdir(), 'input-csv-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Read {
  readonly rows: (readonly (string | null)[])[];
  readonly rejected: [number, string][];
}

async function read(csv: string | Buffer, header = true): Promise<Read> {
  writeFileSync(path.join(folder, 'a.csv'), csv);
  const result: Read = { rows: [], rejected: [] };
  await readDataset(folder, { csv: { header } }, {
    row: ({ cells }) => result.rows.push(cells),
    reject: ({ line }, reason) => result.rejected.push([line, reason]),
  });
  return result;
}

test.each<[string, string, [number, string]]>([
  ['too few fields', '3', [3, 'the row has 1 columns, expected 2']],
  ['too many fields', '3,4,5', [3, 'the row has 3 columns, expected 2']],
  ['too many fields, one of them quoted', '3,"4",5', [3, 'the row has 3 columns, expected 2']],
  ['text after a closing quote', '"3"4,5', [3, 'a closing quote is followed by text']],
  ['a quote that is not closed', '3,"4', [3, 'a quote is not closed']],
  ['a carriage return', '3,4\r5,6', [3, 'the row has a carriage return outside quotes; lines must end in line feeds']],
])('%s: that row is kept aside, those around it are read', async (_, bad, rejection) => {
  expect(await read(`a,b\n1,2\n${bad}\n8,9\n`)).toEqual({ rows: [['1', '2'], ['8', '9']], rejected: [rejection] });
});

test('a quote that is not closed within a megabyte costs its line alone', async () => {
  const many = Array.from({ length: 300_000 }, (_, index) => `${index},7`);
  const { rows, rejected } = await read(['a,b', '1,"open', ...many].join('\n'));
  expect(rejected).toEqual([[2, 'a quote is not closed']]);
  expect(rows).toHaveLength(many.length);
});

test('a quoted field may hold line breaks, and lines are counted on after it', async () => {
  expect(await read('a,b\n1,"x\ny\n"\n2\n')).toEqual({ rows: [['1', 'x\ny\n']], rejected: [[5, 'the row has 1 columns, expected 2']] });
});

test('a record with a quoted line break is whole wherever the part of the file ends that is read at a time', async () => {
  const part = 1 << 19;
  const [header, row, record] = ['a,b\n', '1,2\n', '"x\ny ""z""",8.25\r\n'];
  for (let cut = 0; cut <= record.length; cut++) {
    const filler = row.repeat(Math.floor((part - header.length - cut) / row.length));
    const blanks = '\n'.repeat(part - header.length - filler.length - cut);
    const { rows, rejected } = await read(`${header}${filler}${blanks}${record}3,4\n`);
    expect([rows.slice(-2), rejected]).toEqual([[['x\ny "z"', '8.25'], ['3', '4']], []]);
  }
});

test('a mark of the byte order and blank lines are no data', async () => {
  expect((await read('\uFEFFa,b\r\n\r\n1,2\r\n\n')).rows).toEqual([['1', '2']]);
});

test('without header, the first row says how many columns there are', async () => {
  expect(await read('1,2\n3\n', false)).toEqual({ rows: [['1', '2']], rejected: [[2, 'the row has 1 columns, expected 2']] });
});

test.each([
  ['is not UTF-8', Buffer.from([0x61, 0xff, 0x0a]), 'a.csv: the header cannot be read: the row is not UTF-8'],
  ['is not closed', 'a,"b\n1,2\n', 'a.csv: the header cannot be read: a quote is not closed'],
  ['ends in carriage returns', 'a,b\r1,2\r', 'a.csv: the header cannot be read: the row has a carriage return outside quotes; lines must end in line feeds'],
])('a header that %s is named', async (_, csv, message) => {
  await expect(read(csv)).rejects.toThrow(message);
});
