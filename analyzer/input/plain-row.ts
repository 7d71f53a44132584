import { Cell, Row, unnamedNames } from './row';
import { commasIn, isPlainWord, wordsOf } from './words';

const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const SPACE = 0x20;
/** The letters of `\\n` and `\\r`. */
const NEWLINE = 0x6e;
const RETURN = 0x72;

const [ORDINARY, SEPARATOR, OTHER] = [0, 1, 2];
/** What a byte is to plain CSV: text of a field, a comma, or something that has rules of its own. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === COMMA) return SEPARATOR;
  return byte < SPACE || byte >= 0x7f || byte === BACKSLASH || byte === QUOTE ? OTHER : ORDINARY;
});

/** A row of CSV that is still bytes: ASCII, without quotes, so that commas are all there is to know of it. */
export class PlainRow implements Row {
  private decoded: readonly Cell[] | undefined;

  /** `spans` holds where each part of the row starts and ends. */
  constructor(readonly names: Row['names'], readonly bytes: Buffer, readonly spans: readonly number[]) {}

  get cells(): readonly Cell[] {
    return this.decoded ??= this.decode();
  }

  private decode(): Cell[] {
    const cells: Cell[] = [];
    for (let span = 0; span < this.spans.length; span += 2) {
      for (const field of this.bytes.toString('latin1', this.spans[span], this.spans[span + 1]).split(',')) cells.push(field === '' ? null : field);
    }
    return cells;
  }
}

/** A row whose parts are in two places of the same bytes. */
export function joined(left: PlainRow, right: PlainRow): PlainRow {
  return new PlainRow(unnamedNames(left.names.length + right.names.length), left.bytes, [...left.spans, ...right.spans]);
}

/** Where the field that begins at `start` ends. */
export function fieldEnd(bytes: Buffer, start: number, end: number): number {
  let index = start;
  while (index < end && bytes[index] !== COMMA) index++;
  return index;
}

/** How many fields a text has; -1 where it is not plain. */
export function plainWidth(bytes: Buffer, start: number, end: number): number {
  const words = wordsOf(bytes);
  let width = 1;
  let index = start;
  for (; index + 4 <= end; index += 4) {
    const word = words.getInt32(index, true);
    if (!isPlainWord(word)) break;
    width += commasIn(word);
  }
  for (; index < end; index++) {
    const kind = KINDS[bytes[index] as number];
    if (kind === SEPARATOR) width++;
    else if (kind === OTHER) return -1;
  }
  return width;
}

/** Rows of CSV inside a JSON string, where lines end in the escapes `\n` or `\r\n`; `undefined` where it is not plain. */
export function plainRows(bytes: Buffer, start: number, end: number): PlainRow[] | undefined {
  const only = plainRow(bytes, start, end);
  if (only !== undefined) return [only];
  const rows: PlainRow[] = [];
  for (let lineStart = start; lineStart < end;) {
    const lineEnd = escapeIn(bytes, lineStart, end);
    const next = lineEnd === end ? end : afterBreak(bytes, lineEnd, end);
    const row = plainRow(bytes, lineStart, lineEnd);
    if (next === -1 || (row === undefined && lineEnd > lineStart)) return undefined;
    if (row !== undefined) rows.push(row);
    lineStart = next;
  }
  return rows;
}

/** A row without names; `undefined` where it is not plain, or may be blank and no row. */
function plainRow(bytes: Buffer, start: number, end: number): PlainRow | undefined {
  const width = plainWidth(bytes, start, end);
  const isPlain = width > 1 || (width === 1 && end > start && bytes[start] !== SPACE);
  return isPlain ? new PlainRow(unnamedNames(width), bytes, [start, end]) : undefined;
}

function escapeIn(bytes: Buffer, start: number, end: number): number {
  let index = start;
  while (index < end && bytes[index] !== BACKSLASH) index++;
  return index;
}

/** Where the text goes on after an escaped line break; -1 where something else stands there. */
function afterBreak(bytes: Buffer, start: number, end: number): number {
  const newline = startsWithEscape(bytes, start, end, RETURN) ? start + 2 : start;
  return startsWithEscape(bytes, newline, end, NEWLINE) ? newline + 2 : -1;
}

function startsWithEscape(bytes: Buffer, start: number, end: number, letter: number): boolean {
  return start + 1 < end && bytes[start] === BACKSLASH && bytes[start + 1] === letter;
}
