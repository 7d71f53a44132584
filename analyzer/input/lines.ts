import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { AnalyzerError } from '../analyzer-error';
import { Origin } from './row';

const NEWLINE = 0x0a;
const BLOCK = 1 << 20;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** A line that is not blank, still in the bytes of its file. */
export class Line {
  /** Its number is counted from 1. */
  constructor(readonly number: number, readonly bytes: Buffer, readonly start: number, readonly end: number) {}

  get text(): string {
    return this.bytes.toString('utf8', this.start, this.end);
  }

  /** Whether the text says what the bytes say. */
  get isReadable(): boolean {
    return isUtf8(this.bytes.subarray(this.start, this.end));
  }
}

/** Where a line comes from; its text is read when somebody asks. */
export class LineOrigin implements Origin {
  constructor(readonly file: string, private readonly source: Line) {}

  get line(): number {
    return this.source.number;
  }

  get record(): string {
    return this.source.text;
  }
}

/** The lines of a file, unpacked if it ends in .gz, a batch at a time. Splits at `\n` only: JSON text may hold the other separators of Unicode. */
export async function* readLines(file: string): AsyncGenerator<Line[]> {
  let number = 0;
  for await (const block of readBlocks(file)) {
    const lines: Line[] = [];
    for (let start = number === 0 ? textStart(block) : 0; start < block.length;) {
      const newline = block.indexOf(NEWLINE, start);
      const end = newline === -1 ? block.length : newline;
      number++;
      if (!isBlank(block, start, end)) lines.push(new Line(number, block, start, end));
      start = end + 1;
    }
    yield lines;
  }
}

/** The bytes of a file, in blocks that end where a line does. */
export async function* readBlocks(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of bytesOf(file)) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)]);
      rest = [];
    }
    if (end < chunk.length) rest.push(chunk.subarray(end));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

/** Where the text begins in a file's first block. */
export function textStart(block: Buffer): number {
  return block.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const bytes = createReadStream(file, { highWaterMark: BLOCK });
  if (!file.endsWith('.gz')) {
    yield* bytes as AsyncIterable<Buffer>;
    return;
  }
  const unpacked = createGunzip({ chunkSize: BLOCK });
  try {
    // A pipe does not hand on that its source failed.
    yield* bytes.on('error', error => unpacked.destroy(error)).pipe(unpacked) as AsyncIterable<Buffer>;
  } catch (error) {
    throw isPackingError(error) ? new AnalyzerError(`${path.basename(file)} cannot be unpacked (${error.message}): it is no gzip file, or not all of it; bring it again`) : error;
  }
}

function isPackingError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** Most lines begin with what is no space, even in Unicode. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] ?? 0;
  return start === end || ((first <= 0x20 || first >= 0x80) && bytes.toString('utf8', start, end).trim() === '');
}
