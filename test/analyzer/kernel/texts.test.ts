import fc from 'fast-check';
import { KernelColumn } from '../../../analyzer/data-quality/statistics/kernel-column';
import { ValueType } from '../../../analyzer/data-quality/statistics/value-type';
import { theKernel } from '../../../analyzer/kernel/kernel';

const INTEGRAL = /^[-+]? ?\d+$/;
const FRACTIONAL = /^[-+]? ?\d+(\.\d+|(\.\d+)?[Ee][-+]?\d+)$/;

/** A value's type and number by its text alone, as the language reads it. */
function meaning(text: string): { readonly type: ValueType; readonly number: number | undefined } {
  const number = Number(text.replace(' ', ''));
  if (!Number.isFinite(number)) return { type: 'String', number: undefined };
  if (INTEGRAL.test(text)) return { type: 'Integral', number };
  return FRACTIONAL.test(text) ? { type: 'Fractional', number } : { type: 'String', number: undefined };
}

function read(text: string): { readonly type: ValueType; readonly number: number | undefined } {
  const column = new KernelColumn();
  column.add(text);
  const [type] = Object.entries(column.types).find(([, count]) => count === 1) as [ValueType, number];
  return { type, number: column.sketch.data[0]![0] };
}

test.each([
  ['Integral', ['0', '-7', '+7', '- 7', ' 7', '007', '123456789012345678901', '-0', '999999999999999', '9007199254740993']],
  ['Fractional', ['1.0', '-0.5', '1e5', '1.5E-3', '+2.50', '123456789012345.6', '0.1234567890123456789', '1e-400', '12345678.1234567', '- 0.5']],
  ['String', ['', '.5', '5.', '1,000', 'NaN', 'inf', 'Infinity', 'true', '0x1f', '1e999', '12a', '5 ', '１', '-', '+ ', '1.2.3', '1e', '1e+', '1.e5', '--1', '  1']],
] as const)('%s: %j', (type, texts) => {
  for (const text of texts) {
    expect([text, read(text)]).toEqual([text, meaning(text)]);
    expect([text, meaning(text).type]).toEqual([text, type]);
  }
});

test('texts that look like numbers are those that the language reads', () => {
  const numberLike = fc.stringMatching(/^[-+]? ?[0-9]{0,18}(\.[0-9]{0,18})?([eE][-+]?[0-9]{0,3})?$/);
  const hardlyNumbers = fc.stringMatching(/^[-+ 0-9.eE]{0,20}$/);
  fc.assert(fc.property(fc.oneof(numberLike, hardlyNumbers, fc.double().map(String), fc.maxSafeInteger().map(String)), (text) => {
    expect(read(text)).toEqual(meaning(text));
  }), { numRuns: 5000, seed: 1 });
});

test('what lies behind a text is no part of it', () => {
  const kernel = theKernel();
  const at = kernel.allocate(200);
  fc.assert(fc.property(fc.stringMatching(/^[-0-9.a-z]{1,20}$/), fc.stringMatching(/^[-0-9.,a-z]{30}$/), (text, behind) => {
    kernel.bytes.write(text + behind, at);
    const column = new KernelColumn();
    kernel.calls.addValue(column.address, at, at + text.length);
    column.add(text);
    expect(column.categories).toEqual([{ text, count: 2, isOutsideDomain: false }]);
    expect(new Set(column.sketch.data[0])).toEqual(new Set(meaning(text).number === undefined ? [] : [meaning(text).number]));
  }), { numRuns: 500, seed: 1 });
});

test('categories are told apart by every character of their texts, in the order in which they came', () => {
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('', 'a', 'aa', 'a'.repeat(16), 'a'.repeat(17), 'a'.repeat(32), 'ü', '\0'));
  fc.assert(fc.property(fc.array(text, { maxLength: 120 }), (texts) => {
    const wellFormed = texts.map(each => Buffer.from(each).toString());
    const column = new KernelColumn();
    for (const each of wellFormed) column.add(each);
    const counts = new Map<string, number>();
    for (const each of wellFormed) counts.set(each, (counts.get(each) ?? 0) + 1);
    expect(column.categories.map(({ text: category, count }) => [category, count])).toEqual([...counts]);
    expect(column.distinct).toBe(counts.size);
  }), { numRuns: 200, seed: 1 });
});
