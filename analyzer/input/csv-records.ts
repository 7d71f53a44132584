import { theKernel } from '../kernel/kernel';
import { FileBytes } from './file-bytes';
import { Line } from './lines';

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
  /** How many fields it has; -1 where it is not plain, so that commas are not all there is to know of it. */
  readonly width: number;
  /** Why it is no record. */
  readonly problem?: string;
}

/** The records of a CSV file, unpacked if it ends in .gz, a batch at a time; they last until the next. `name` is what they say that their file is. */
export async function* readCsvRecords(file: string, name: string): AsyncGenerator<readonly CsvRecord[]> {
  const bytes = new FileBytes(file);
  try {
    for (let number = 0; !bytes.isLast;) {
      await bytes.readOn();
      const records = new CsvRecords(bytes, name, number);
      yield records.read();
      number = records.number;
    }
  } finally {
    bytes.close();
  }
}

/** The records in one part of a file. */
class CsvRecords {
  private readonly kernel = theKernel();

  /** `number` lines were read before. */
  constructor(private readonly part: FileBytes, private readonly file: string, public number: number) {}

  /** Stops before a record that may go on in the next part. */
  read(): CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.part.start < this.part.end) {
      const record = this.next();
      if (record === undefined) break;
      if (record.line.end > record.line.start) records.push(record);
    }
    return records;
  }

  private next(): CsvRecord | undefined {
    const { kernel: { calls, bytes }, part: { start, end: partEnd, isLast } } = this;
    const lineEnd = calls.find(NEWLINE, start, partEnd);
    if (lineEnd === partEnd && !isLast) return undefined;
    const width = calls.plainWidth(start, this.textEnd(lineEnd));
    if (width !== -1 || calls.find(QUOTE, start, lineEnd) === lineEnd) return { line: this.lineTo(lineEnd), width };
    const end = quotedRecordEnd(bytes.subarray(0, partEnd), start);
    const mayGoOn = end >= partEnd || (end === OPEN && partEnd - start < MAX_RECORD);
    if (mayGoOn && !isLast) return undefined;
    if (end !== OPEN && end !== MALFORMED) return { line: this.lineTo(end, end === lineEnd), width: -1 };
    return { line: this.lineTo(lineEnd), width: -1, problem: end === OPEN ? 'a quote is not closed' : 'a closing quote is followed by text' };
  }

  /** Goes on behind the line. */
  private lineTo(end: number, isOneLine = true): Line {
    const { part, number, part: { start } } = this;
    this.number += 1 + (isOneLine ? 0 : newlinesIn(this.kernel.bytes, start, end));
    part.start = end + 1;
    return new Line(this.file, number + 1, start, this.textEnd(end, start));
  }

  /** A return before the end of a line is no part of it. */
  private textEnd(end: number, start = this.part.start): number {
    return end > start && this.kernel.bytes[end - 1] === RETURN ? end - 1 : end;
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
