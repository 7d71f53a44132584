import { isUtf8 } from 'node:buffer';
import { theKernel } from '../kernel/kernel';
import { FileBytes } from './file-bytes';
import { Origin } from './row';

const NEWLINE = 0x0a;

/** A line that is not blank. It lies in the kernel's memory until the file is read on. */
export class Line implements Origin {
  /** Its number in the file is counted from 1. */
  constructor(readonly file: string, readonly line: number, readonly start: number, readonly end: number) {}

  get record(): string {
    return theKernel().text(this.start, this.end);
  }

  /** Whether the text says what the bytes say. */
  get isReadable(): boolean {
    return isUtf8(theKernel().bytes.subarray(this.start, this.end));
  }
}

/**
 * The lines of a file, unpacked if it ends in .gz, a batch at a time. Splits at `\n` only: JSON text may hold the other separators of Unicode.
 * `name` is what the lines say that their file is.
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
  const { calls } = theKernel();
  let number = before;
  while (bytes.start < bytes.end) {
    const end = calls.find(NEWLINE, bytes.start, bytes.end);
    if (end === bytes.end && !bytes.isLast) break;
    number++;
    if (!isBlank(bytes.start, end)) lines.push(new Line(name, number, bytes.start, end));
    bytes.start = end + 1;
  }
  return number;
}

/** Most lines begin with what is no space, even in Unicode. */
function isBlank(start: number, end: number): boolean {
  const first = theKernel().bytes[start] ?? 0;
  return start === end || ((first <= 0x20 || first >= 0x80) && theKernel().text(start, end).trim() === '');
}
