import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { AnalyzerError } from '../analyzer-error';
import { theKernel } from '../kernel/kernel';
import { advancePhase } from '../progress';

const BLOCK = 1 << 19;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Reads on into a place; returns how many bytes there were, 0 at the end of the file. */
interface Source {
  read(target: () => Buffer): Promise<number>;
  close(): void;
}

/** The bytes of a file, unpacked if it ends in .gz, a part at a time: each lies in the kernel's memory until the next is read. */
export class FileBytes {
  private readonly kernel = theKernel();
  private readonly source: Source;
  private size = 2 * BLOCK;
  private address = this.kernel.allocate(this.size);
  /** Where what is there begins; whoever has done with it moves it. */
  start = this.address;
  end = this.address;
  /** Whether nothing comes after what is there. */
  isLast = false;
  private isFirst = true;

  constructor(file: string) {
    this.source = file.endsWith('.gz') ? new PackedFile(file) : new PlainFile(file);
  }

  /** Keeps what is there, and reads on behind it. */
  async readOn(): Promise<void> {
    this.makeRoom();
    const count = await this.source.read(() => this.kernel.bytes.subarray(this.end, this.end + BLOCK));
    this.end += count;
    this.isLast = count === 0;
    if (this.isFirst && this.startsWith(BYTE_ORDER_MARK)) this.start += BYTE_ORDER_MARK.length;
    this.isFirst = false;
  }

  close(): void {
    this.source.close();
    this.kernel.release(this.address);
  }

  private startsWith(mark: Buffer): boolean {
    return this.kernel.bytes.subarray(this.start, Math.min(this.end, this.start + mark.length)).equals(mark);
  }

  /** Moves what is there to the front of memory that has room for a block behind it. */
  private makeRoom(): void {
    const { address, start, end } = this;
    const kept = end - start;
    if (kept + BLOCK > this.size) {
      this.size = 2 * (kept + BLOCK);
      this.address = this.kernel.allocate(this.size);
    }
    this.kernel.bytes.copyWithin(this.address, start, end);
    if (this.address !== address) this.kernel.release(address);
    this.start = this.address;
    this.end = this.address + kept;
  }
}

/** Hands over the bytes of a file, a part at a time; what is not taken of one comes again with the next. */
export async function readBytes(file: string, take: (bytes: FileBytes) => void): Promise<void> {
  const bytes = new FileBytes(file);
  try {
    while (!bytes.isLast) {
      await bytes.readOn();
      take(bytes);
    }
  } finally {
    bytes.close();
  }
}

class PlainFile implements Source {
  private readonly descriptor: number;

  constructor(file: string) {
    this.descriptor = openSync(file, 'r');
  }

  /** Whoever shows progress has a turn between two parts. */
  async read(target: () => Buffer): Promise<number> {
    await setImmediate();
    const block = target();
    const count = readSync(this.descriptor, block, 0, block.length, null);
    advancePhase(count);
    return count;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

class PackedFile implements Source {
  private readonly chunks: AsyncIterator<Buffer, undefined>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly file: string) {
    const unpacked = createGunzip({ chunkSize: BLOCK });
    // A pipe does not hand on that its source failed.
    createReadStream(file, { highWaterMark: BLOCK })
      .on('data', ({ length }) => { advancePhase(length); })
      .on('error', error => unpacked.destroy(error))
      .pipe(unpacked);
    this.chunks = unpacked[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  async read(target: () => Buffer): Promise<number> {
    if (this.rest.length === 0) this.rest = await this.next();
    const count = this.rest.copy(target());
    this.rest = this.rest.subarray(count);
    return count;
  }

  close(): void {
    void this.chunks.return?.();
  }

  private async next(): Promise<Buffer> {
    try {
      const next = await this.chunks.next();
      return next.done === true ? Buffer.alloc(0) : next.value;
    } catch (error) {
      throw isPackingError(error) ? new AnalyzerError(`${path.basename(this.file)} cannot be unpacked (${error.message}): it is no gzip file, or not all of it; bring it again`) : error;
    }
  }
}

function isPackingError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
