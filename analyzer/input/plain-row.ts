import { theKernel } from '../kernel/kernel';
import { Cell, Row, unnamedNames } from './row';

const BACKSLASH = 0x5c;
const SPACE = 0x20;
/** The letters of `\\n` and `\\r`. */
const NEWLINE = 0x6e;
const RETURN = 0x72;

/** A row of CSV that is still bytes in the kernel's memory: ASCII, without quotes, so that commas are all there is to know of it. */
export class PlainRow implements Row {
  private decoded: readonly Cell[] | undefined;

  /** `spans` holds where each part of the row starts and ends. */
  constructor(readonly names: Row['names'], readonly spans: readonly number[]) {}

  get cells(): readonly Cell[] {
    return this.decoded ??= this.decode();
  }

  private decode(): Cell[] {
    const cells: Cell[] = [];
    for (let span = 0; span < this.spans.length; span += 2) {
      const text = theKernel().text(this.spans[span] as number, this.spans[span + 1] as number);
      for (const field of text.split(',')) cells.push(field === '' ? null : field);
    }
    return cells;
  }
}

/** A row whose parts are in two places. */
export function joined(left: PlainRow, right: PlainRow): PlainRow {
  return new PlainRow(unnamedNames(left.names.length + right.names.length), [...left.spans, ...right.spans]);
}

/** Rows of CSV inside a JSON string, where lines end in the escapes `\n` or `\r\n`; `undefined` where it is not plain. */
export function plainRows(start: number, end: number): PlainRow[] | undefined {
  const only = plainRow(start, end);
  if (only !== undefined) return [only];
  const rows: PlainRow[] = [];
  for (let lineStart = start; lineStart < end;) {
    const lineEnd = theKernel().calls.find(BACKSLASH, lineStart, end);
    const next = lineEnd === end ? end : afterBreak(lineEnd, end);
    const row = plainRow(lineStart, lineEnd);
    if (next === -1 || (row === undefined && lineEnd > lineStart)) return undefined;
    if (row !== undefined) rows.push(row);
    lineStart = next;
  }
  return rows;
}

/** A row without names; `undefined` where it is not plain, or may be blank and no row. */
function plainRow(start: number, end: number): PlainRow | undefined {
  const width = theKernel().calls.plainWidth(start, end);
  const isPlain = width > 1 || (width === 1 && end > start && theKernel().bytes[start] !== SPACE);
  return isPlain ? new PlainRow(unnamedNames(width), [start, end]) : undefined;
}

/** Where the text goes on after an escaped line break; -1 where something else stands there. */
function afterBreak(start: number, end: number): number {
  const newline = startsWithEscape(start, end, RETURN) ? start + 2 : start;
  return startsWithEscape(newline, end, NEWLINE) ? newline + 2 : -1;
}

function startsWithEscape(start: number, end: number, letter: number): boolean {
  const { bytes } = theKernel();
  return start + 1 < end && bytes[start] === BACKSLASH && bytes[start + 1] === letter;
}
