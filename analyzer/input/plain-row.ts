import { Cell, Row, unnamedNames } from './row';

const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const SPACE = 0x20;
/** The letters of `\\n` and `\\r`. */
const NEWLINE = 0x6e;
const RETURN = 0x72;

const OTHER = 1;
/** Which bytes are not plain: they have rules of their own. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => byte < SPACE || byte >= 0x7f || byte === BACKSLASH || byte === QUOTE ? OTHER : 0);

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

/** Where the field that begins at `start` ends. */
export function fieldEnd(bytes: Buffer, start: number, end: number): number {
  let index = start;
  while (index < end && bytes[index] !== COMMA) index++;
  return index;
}

/** Rows of CSV inside a JSON string, where lines end in the escapes `\n` or `\r\n`; `undefined` where it is not plain. */
export function plainRows(bytes: Buffer, start: number, end: number): PlainRow[] | undefined {
  const rows: PlainRow[] = [];
  for (let lineStart = start; lineStart < end;) {
    const lineEnd = plainEnd(bytes, lineStart, end);
    const next = lineEnd === end ? end : afterBreak(bytes, lineEnd, end);
    const width = widthOf(bytes, lineStart, lineEnd);
    // One field may be blank, and no row.
    if (next === -1 || (width === 1 && bytes[lineStart] === SPACE)) return undefined;
    if (lineEnd > lineStart) rows.push(new PlainRow(unnamedNames(width), bytes, [lineStart, lineEnd]));
    lineStart = next;
  }
  return rows;
}

/** Where plain text ends: at `end`, or before it at what is not plain. */
export function plainEnd(bytes: Buffer, start: number, end: number): number {
  let index = start;
  while (index < end && KINDS[bytes[index] as number] !== OTHER) index++;
  return index;
}

/** How many fields plain text has. */
export function widthOf(bytes: Buffer, start: number, end: number): number {
  let width = 1;
  for (let index = start; index < end; index++) {
    if (bytes[index] === COMMA) width++;
  }
  return width;
}

/** Where the text goes on after an escaped line break; -1 where something else stands there. */
function afterBreak(bytes: Buffer, start: number, end: number): number {
  const newline = startsWithEscape(bytes, start, end, RETURN) ? start + 2 : start;
  return startsWithEscape(bytes, newline, end, NEWLINE) ? newline + 2 : -1;
}

function startsWithEscape(bytes: Buffer, start: number, end: number, letter: number): boolean {
  return start + 1 < end && bytes[start] === BACKSLASH && bytes[start + 1] === letter;
}
