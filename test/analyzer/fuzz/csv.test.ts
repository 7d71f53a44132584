import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { AnalyzerError } from '../../../analyzer/analyzer-error';
import { readDataset } from '../../../analyzer/input/dataset';
import { damaged } from './damage';
import { BLOCK, fuzz, Places, TIMEOUT } from './run';

const places = new Places();
afterAll(() => {
  places.remove();
});

const FIELD = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(fc.integer(), fc.double()).map(String) },
  { weight: 2, arbitrary: fc.constantFrom('', 'Paris', 'Köln', '"a, b"', '"a ""b"""', '"x\ny"', '"open', 'a"b', ' ', '\t', '\r', '\0') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);
const LINE_END = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\r');
const TABLE = fc.array(fc.tuple(fc.array(FIELD, { minLength: 1, maxLength: 4 }).map(fields => fields.join(',')), LINE_END), { minLength: 1, maxLength: 20 })
  .map(lines => lines.flat().join(''));
const CONTENT = fc.oneof(TABLE.map(text => Buffer.from(text)), damaged(TABLE), fc.uint8Array({ maxLength: 60 }).map(bytes => Buffer.from(bytes)));

/** What a file holds, or why it is none. */
async function read(file: string, content: Buffer, header: boolean): Promise<unknown> {
  const found: unknown[] = [];
  try {
    await readDataset(places.place('csv', { [file]: content }), { csv: { header } }, {
      row: ({ names, cells }) => found.push([[...names], [...cells]]),
      reject: (_, reason) => found.push(reason),
    });
  } catch (error) {
    if (!(error instanceof AnalyzerError)) throw error;
    return error.message.replace(file, 'FILE');
  }
  return found;
}

test('whatever a CSV file holds, it is rows as wide as the first, reasons, or a named error; packing changes nothing', async () => {
  await fuzz([CONTENT, fc.boolean()], async (content, header) => {
    const found = await read('a.csv', content, header);

    if (Array.isArray(found)) {
      const rows = found.filter(one => Array.isArray(one)) as [string[], unknown[]][];
      for (const [names, cells] of rows) expect([names.length, cells.length]).toEqual([rows[0]![0].length, rows[0]![0].length]);
    }
    expect(await read('a.csv.gz', gzipSync(content), header)).toEqual(found);
  });
}, TIMEOUT);

test('a CSV file reads the same wherever its blocks end', async () => {
  await fuzz([CONTENT, fc.nat()], async (content, shift) => {
    const width = 7;
    const row = Buffer.from('1,2,3\n');
    const filler = (rows: number): Buffer => Buffer.alloc(rows * row.length, row);
    const pad = Math.floor((BLOCK - shift % (content.length + 1)) / row.length);
    const after = await read('a.csv', Buffer.concat([filler(pad), content]), false) as unknown[];
    const near = await read('a.csv', Buffer.concat([filler(width), content]), false) as unknown[];

    expect(after.slice(pad)).toEqual(near.slice(width));
  });
}, TIMEOUT);
