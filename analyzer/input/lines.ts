import { isUtf8 } from 'node:buffer';
import { theKernel } from '../kernel/kernel';
import { FileBytes } from './file-bytes';
import { Origin } from './row';

const NEWLINE = 0x0a;

/** Bytes [start, end) in the kernel's memory. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line. It lies in the kernel's memory until the file is read on. */
export class Line implements Origin, Span {
  /** Its number in the file is counted from 1. */
  constructor(readonly file: string, readonly line: number, readonly start: number, readonly end: number) {}

  get record(): string {
    return theKernel().text(this.start, this.end);
  }

  /** Most lines begin with what is no space, even in Unicode. */
  get isBlank(): boolean {
    const first = theKernel().bytes[this.start] ?? 0;
    return this.start === this.end || ((first <= 0x20 || first >= 0x80) && this.record.trim() === '');
  }

  /** Whether the text says what the bytes say. */
  get isReadable(): boolean {
    return isUtf8(theKernel().bytes.subarray(this.start, this.end));
  }
}

/**
 * The lines of a file that are not blank, unpacked if it ends in .gz, a batch at a time. Splits at `\n` only: JSON text may hold the other
 * separators of Unicode. `name` is what the lines say that their file is.
 */
export async function* readLines(file: string, name = file): AsyncGenerator<readonly Line[]> {
  const bytes = new FileBytes(file);
  try {
    for (let number = 0; !bytes.isLast;) {
      await bytes.readOn();
      const lines: Line[] = [];
      number = takeLines(bytes, name, number, lines);
      yield lines;
    }
  } finally {
    bytes.close();
  }
}

/** Takes the lines that are there as a whole; returns how many there were by then, blank ones too. */
function takeLines(bytes: FileBytes, name: string, before: number, lines: Line[]): number {
  let number = before;
  for (let line = takeLine(bytes, name, number); line !== undefined; line = takeLine(bytes, name, number)) {
    number++;
    if (!line.isBlank) lines.push(line);
  }
  return number;
}

/** Takes the line that comes next, after so many others; nothing where it is not there as a whole. */
export function takeLine(bytes: FileBytes, name: string, before: number): Line | undefined {
  const { start } = bytes;
  const end = theKernel().calls.find(NEWLINE, start, bytes.end);
  if (start >= bytes.end || (end === bytes.end && !bytes.isLast)) return undefined;
  bytes.start = end + 1;
  return new Line(name, before + 1, start, end);
}
