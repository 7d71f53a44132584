import fc from 'fast-check';
import { KernelColumn } from '../../../analyzer/data-quality/statistics/kernel-column';
import { Kernel, theKernel } from '../../../analyzer/kernel/kernel';

const kernel = theKernel();
const at = kernel.allocate(400);

/** Bytes at any alignment, with something else before and behind them. */
function laid(bytes: Uint8Array, offset: number): [number, number] {
  const start = at + 16 + offset;
  kernel.bytes.fill(0x2c, at, at + 400);
  kernel.bytes.set(bytes, start);
  return [start, start + bytes.length];
}

const EDGES = [0, 0x0a, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x2b, 0x2c, 0x2d, 0x5b, 0x5c, 0x5d, 0x7e, 0x7f, 0x80, 0xa2, 0xac, 0xdc, 0xff];
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 70 }),
  fc.array(fc.constantFrom(...EDGES), { maxLength: 70 }).map(each => Uint8Array.from(each)),
  fc.stringMatching(/^[ !#-[\]-~]{0,70}$/).map(text => Uint8Array.from(Buffer.from(text))),
);

test('a text is plain whose bytes all are, and has a field more than commas', () => {
  fc.assert(fc.property(bytes, fc.nat(20), (text, offset) => {
    const isPlain = text.every(byte => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c);
    expect(kernel.calls.plainWidth(...laid(text, offset))).toBe(isPlain ? text.filter(byte => byte === 0x2c).length + 1 : -1);
  }), { numRuns: 3000, seed: 1 });
});

test('a byte is found where it comes first', () => {
  fc.assert(fc.property(bytes, fc.constantFrom(...EDGES), fc.nat(20), (text, byte, offset) => {
    const [start, end] = laid(text, offset);
    const first = text.indexOf(byte);
    expect(kernel.calls.find(byte, start, end)).toBe(first === -1 ? end : start + first);
  }), { numRuns: 2000, seed: 1 });
});

test('each field of a row goes into the column of its place, an empty one nowhere', () => {
  const field = fc.oneof(fc.constantFrom('', 'a', '1', '-2.5', 'x'.repeat(40)), fc.stringMatching(/^[a-z0-9.-]{0,20}$/));
  const places = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
  fc.assert(fc.property(fc.array(field, { minLength: 1, maxLength: 12 }), places, (fields, taken) => {
    const columns = fields.map((_, index) => taken[index] === true ? new KernelColumn() : undefined);
    const layout = kernel.allocate(4 * fields.length);
    new Uint32Array(kernel.bytes.buffer, layout, fields.length).set(columns.map(column => column?.address ?? 0));
    const [start, end] = laid(Uint8Array.from(Buffer.from(fields.join(','))), 3);
    expect(kernel.calls.addFields(layout, start, end)).toBe(layout + 4 * fields.length);
    const texts = columns.map(column => column?.categories.map(({ text }) => text));
    expect(texts).toEqual(fields.map((each, index) => taken[index] === true ? [each].filter(text => text !== '') : undefined));
  }), { numRuns: 500, seed: 1 });
});

test('rows of a run are taken as long as they are plain and as wide as asked for; a row of one field must begin with something', () => {
  const row = fc.constantFrom('1,2', 'a,b', ',', '"1",2', '1,2,3', '1', '', ' ', 'ü,1', '-2.5,x', '1\\n,2');
  fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.constantFrom(1, 2), (rows, width) => {
    const [start] = laid(Uint8Array.from(Buffer.from(rows.join('|'))), 1);
    const spans = kernel.allocate(12 * rows.length);
    let place = start;
    for (const [index, each] of rows.entries()) {
      kernel.bytes.writeUInt32LE(place, spans + 12 * index);
      kernel.bytes.writeUInt32LE(place + Buffer.byteLength(each), spans + 12 * index + 4);
      place += Buffer.byteLength(each) + 1;
    }
    const isTaken = (each: string): boolean => /^[ !#-[\]-~]*$/.test(each) && each.split(',').length === width && (width > 1 || /^[^ ]/.test(each));
    const first = rows.findIndex(each => !isTaken(each));
    const taken = first === -1 ? rows.length : first;
    expect(kernel.calls.plainRows(spans, 12, rows.length, width)).toBe(taken);

    const columns = Array.from({ length: width }, () => new KernelColumn());
    const layout = kernel.allocate(4 * width);
    new Uint32Array(kernel.bytes.buffer, layout, width).set(columns.map(({ address }) => address));
    kernel.calls.addRows(layout, spans, 12, taken);
    for (const [index, column] of columns.entries()) {
      const values = rows.slice(0, taken).map(each => each.split(',')[index]).filter(value => value !== '');
      expect(column.categories.flatMap(({ text, count }) => new Array<string>(count).fill(text)).sort()).toEqual(values.sort());
    }
  }), { numRuns: 1000, seed: 1 });
});

test('what is in the memory stays when it grows', () => {
  const own = new Kernel();
  const place = own.allocate(100);
  own.bytes.write('stays', place);
  const size = own.bytes.length;
  while (own.bytes.length === size) own.allocate(1 << 16);
  expect(own.text(place, place + 5)).toBe('stays');
});
