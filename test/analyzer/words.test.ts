import fc from 'fast-check';
import { commasIn, isPlainWord, wordsOf } from '../../analyzer/input/words';

const edges = [0, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x2b, 0x2c, 0x2d, 0x5b, 0x5c, 0x5d, 0x7e, 0x7f, 0x80, 0xa2, 0xac, 0xdc, 0xff];
const fourBytes = fc.uint8Array({ minLength: 4, maxLength: 4 });
const fourEdges = fc.array(fc.constantFrom(...edges), { minLength: 4, maxLength: 4 }).map(bytes => Uint8Array.from(bytes));
const fourPlain = fc.stringMatching(/^[ !#-[\]-~]{4}$/).map(text => Uint8Array.from(Buffer.from(text)));

test('four bytes at once are told apart as each of them would be', () => {
  fc.assert(fc.property(fc.oneof(fourBytes, fourEdges, fourPlain), (bytes) => {
    const word = wordsOf(Buffer.from(bytes)).getInt32(0, true);
    const isPlain = bytes.every(byte => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c);
    expect(isPlainWord(word)).toBe(isPlain);
    if (isPlain) expect(commasIn(word)).toBe(bytes.filter(byte => byte === 0x2c).length);
  }), { numRuns: 5000, seed: 1 });
});

test('bytes are read where they lie in their memory, whichever were read before', () => {
  const memory = Buffer.from('....0000....1111');
  for (const [start, text] of [[4, '0000'], [12, '1111'], [4, '0000']] as const) {
    expect(wordsOf(memory.subarray(start, start + 4)).getInt32(0, true)).toBe(Buffer.from(text).readInt32LE());
  }
});
