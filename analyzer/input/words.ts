const ONES = 0x01010101;
const SEVENS = 0x7f7f7f7f;
const TOPS = 0x80808080;
const [SPACES, QUOTES, BACKSLASHES, COMMAS] = [0x20202020, 0x22222222, 0x5c5c5c5c, 0x2c2c2c2c];

let lastBytes: Buffer | undefined;
let lastView: DataView = new DataView(new ArrayBuffer(0));

/** Bytes, to be read four at a time: `getInt32(at, true)`. */
export function wordsOf(bytes: Buffer): DataView {
  if (bytes !== lastBytes) {
    lastBytes = bytes;
    lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return lastView;
}

/** Whether each of four bytes is printable ASCII, but neither a quote nor a backslash. */
export function isPlainWord(word: number): boolean {
  const quotes = word ^ QUOTES;
  const backslashes = word ^ BACKSLASHES;
  // A subtraction borrows from a byte's top bit only where that byte, or one below it, is what is looked for.
  return ((word | (word + ONES) | (word - SPACES) | ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes)) & TOPS) === 0;
}

/** How many of four plain bytes are commas. */
export function commasIn(word: number): number {
  const commas = ~((word ^ COMMAS) + SEVENS) & TOPS;
  return Math.imul(commas >>> 7, ONES) >>> 24;
}
