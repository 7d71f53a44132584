import { Line, readBlocks, textStart } from './lines';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const COMMA = 0x2c;
const QUOTE = 0x22;
/** Ends of records that have none. */
const [OPEN, MALFORMED] = [-1, -2];
/** A quote that is not closed within as many bytes is taken for a slip in its line. */
const MAX_RECORD = 1 << 20;

/** A record of a CSV file: a line, or several where a quoted field goes on in the next. Blank lines are none. */
export interface CsvRecord {
  readonly line: Line;
  /** Why it is no record. */
  readonly problem?: string;
}

/** The records of a CSV file, unpacked if it ends in .gz, a batch at a time. */
export async function* readCsvRecords(file: string): AsyncGenerator<CsvRecord[]> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  const take = (bytes: Buffer, isLast: boolean): CsvRecord[] => {
    const records = new CsvRecords(bytes, number, isLast);
    const found = records.read();
    rest = bytes.subarray(records.at);
    number = records.number;
    return found;
  };
  for await (const block of readBlocks(file)) yield take(rest.length === 0 ? block : Buffer.concat([rest, block]), false);
  yield take(rest, true);
}

/** The records in one part of a file. */
class CsvRecords {
  at = 0;

  /** `number` lines were read before. */
  constructor(private readonly bytes: Buffer, public number: number, private readonly isLast: boolean) {
    if (number === 0) this.at = textStart(bytes);
  }

  /** Stops before a record that may go on in the next part. */
  read(): CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.at < this.bytes.length) {
      const record = this.next();
      if (record === undefined) break;
      if (record.line.end > record.line.start) records.push(record);
    }
    return records;
  }

  private next(): CsvRecord | undefined {
    const lineEnd = this.endOfLine(this.at);
    const quote = this.bytes.subarray(this.at, lineEnd).indexOf(QUOTE);
    if (quote === -1) return { line: this.lineTo(lineEnd) };
    const end = quotedRecordEnd(this.bytes, this.at);
    if (end !== OPEN && end !== MALFORMED) return { line: this.lineTo(end, end === lineEnd) };
    if (end === OPEN && !this.isLast && this.bytes.length - this.at < MAX_RECORD) return undefined;
    return { line: this.lineTo(lineEnd), problem: end === OPEN ? 'a quote is not closed' : 'a closing quote is followed by text' };
  }

  private endOfLine(start: number): number {
    const newline = this.bytes.indexOf(NEWLINE, start);
    return newline === -1 ? this.bytes.length : newline;
  }

  /** Goes on behind the line; a return before its end is no part of it. */
  private lineTo(end: number, isOneLine = true): Line {
    const { bytes, at: start } = this;
    const line = new Line(this.number + 1, bytes, start, end > start && bytes[end - 1] === RETURN ? end - 1 : end);
    this.number += 1 + (isOneLine ? 0 : newlinesIn(bytes, start, end));
    this.at = end + 1;
    return line;
  }
}

function newlinesIn(bytes: Buffer, start: number, end: number): number {
  return bytes.subarray(start, end).reduce((count, byte) => byte === NEWLINE ? count + 1 : count, 0);
}

/** Where the record that begins at `start` ends, by RFC 4180. A quote inside a field that does not begin with one is text. */
function quotedRecordEnd(bytes: Buffer, start: number): number {
  for (let at = start; ;) {
    at = bytes[at] === QUOTE ? quotedFieldEnd(bytes, at) : bareFieldEnd(bytes, at);
    if (at < 0 || at >= bytes.length || bytes[at] === NEWLINE) return at;
    at++;
  }
}

function bareFieldEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== NEWLINE) at++;
  return at;
}

function quotedFieldEnd(bytes: Buffer, start: number): number {
  let quote = bytes.indexOf(QUOTE, start + 1);
  while (quote !== -1 && bytes[quote + 1] === QUOTE) quote = bytes.indexOf(QUOTE, quote + 2);
  if (quote === -1) return OPEN;
  const end = bytes[quote + 1] === RETURN ? quote + 2 : quote + 1;
  return end >= bytes.length || bytes[end] === COMMA || bytes[end] === NEWLINE ? end : MALFORMED;
}
