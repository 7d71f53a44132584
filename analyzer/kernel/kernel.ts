import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AnalyzerError } from '../analyzer-error';
import { numberOf, numberText } from '../format';

/** Behind each text, as many bytes may be read, whatever they are. */
const READ_AHEAD = 16;

/** The column, its values, their validity, their type: the kernel reads them so (stored-numbers.ts). */
const PART_WORDS = 4;

/** What the kernel offers: addresses are places in its memory, a type is its place in VALUE_TYPES. */
export interface KernelCalls {
  allocate(size: number): number;
  release(address: number): void;
  find(byte: number, start: number, end: number): number;
  areEqual(left: number, right: number, size: number): number;
  plainWidth(start: number, end: number): number;
  newShape(literals: number, eventId: number, inferenceId: number, inferenceTime: number, ownPrefix: number, ownPrefixSize: number): number;
  setLiteral(shape: number, index: number, text: number, size: number): void;
  readRun(shape: number, start: number, end: number, isLast: boolean, spans: number, room: number): number;
  plainRows(spans: number, stride: number, size: number, width: number): number;
  addRows(columns: number, spans: number, stride: number, size: number): void;
  newColumn(hasDomain: boolean, isSensitive: boolean): number;
  addFields(columns: number, start: number, end: number): number;
  addValue(column: number, start: number, end: number): void;
  addStandIn(column: number, start: number, end: number): void;
  addNumbers(parts: number, count: number, size: number): void;
  addTexts(column: number, values: number, validity: number, first: number, size: number): number;
  countOf(column: number, type: number): number;
  sum(column: number): number;
  minimum(column: number): number;
  maximum(column: number): number;
  squares(column: number): number;
  levels(column: number): number;
  levelItems(column: number, level: number): number;
  levelSize(column: number, level: number): number;
  distinct(column: number): number;
  hasCategories(column: number): number;
  categories(column: number): number;
  categoryText(column: number, index: number): number;
  categorySize(column: number, index: number): number;
  categoryCount(column: number, index: number): number;
  isCategoryOutside(column: number, index: number): number;
}

/** A column whose values TypeScript has a say in; none of it happens often. */
export interface ColumnHost {
  readonly hasDomain: boolean;
  readonly isSensitive: boolean;
  /** Whether a value is none that the baseline allows; asked again for each time that it comes, unless it is a category. */
  isOutsideDomain(text: string): boolean;
  /** What is kept of a sensitive value instead of it. */
  standInFor(text: string): string;
}

/** Numbers of a column, as they are stored. */
export interface StoredNumbers {
  readonly column: number;
  /** Place in VALUE_TYPES: whole numbers of 64 bits, or doubles. */
  readonly type: number;
  readonly bytes: Uint8Array;
  /** A bit for each number, 0 where it is missing; null where none is. */
  readonly validity: Uint8Array | null;
}

declare const WebAssembly: {
  readonly RuntimeError: new () => Error;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const NO_MEMORY = 'the analyzer needs more than 2 GB of memory, which it cannot have: give it less at once, such as shorter windows or fewer columns';

/**
 * The inner loops of the analyzer, in WebAssembly, and their memory: one a thread. It has 2 GB at most (asconfig.json): JavaScript takes addresses
 * beyond them for negative ones.
 */
export class Kernel {
  readonly calls: KernelCalls;
  private readonly memory: { readonly buffer: ArrayBuffer };
  private readonly hosts = new Map<number, ColumnHost>();
  private view = Buffer.alloc(0);
  private readonly texts = new Desk(this);
  private readonly arrays = new Desk(this);

  constructor() {
    const { memory, ...calls } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(programFile())), { host: this.imports() })
      .exports as KernelCalls & { memory: Kernel['memory'] };
    this.calls = calls;
    this.memory = memory;
  }

  /** Its memory. Whatever is added to a column may have it grow, which takes it away from those who hold it: ask for it again. */
  get bytes(): Buffer {
    if (this.view.length === 0) this.view = Buffer.from(this.memory.buffer);
    return this.view;
  }

  /** Memory for so many bytes. */
  allocate(size: number): number {
    try {
      return this.calls.allocate(size + READ_AHEAD);
    } catch {
      throw new AnalyzerError(NO_MEMORY);
    }
  }

  /** Gives memory back. */
  release(address: number): void {
    this.calls.release(address);
  }

  /** Memory that holds a text, and the size of the text. */
  keep(text: string): { readonly address: number; readonly size: number } {
    const size = Buffer.byteLength(text);
    const address = this.allocate(size);
    this.bytes.write(text, address);
    return { address, size };
  }

  /** The text between two addresses. */
  text(start: number, end: number): string {
    return this.bytes.toString('utf8', start, end);
  }

  /** A column without values. */
  newColumn(host: ColumnHost | undefined): number {
    const column = this.calls.newColumn(host?.hasDomain === true, host?.isSensitive === true);
    if (host?.hasDomain === true || host?.isSensitive === true) this.hosts.set(column, host);
    return column;
  }

  /** Lets a call read a text. */
  handOver(text: string, call: (start: number, end: number) => void): void {
    const start = this.texts.of(3 * text.length);
    call(start, start + this.bytes.write(text, start));
  }

  /** Lets a call read bytes, as they are stored. */
  handOverBytes(bytes: Uint8Array, validity: Uint8Array | null, call: (bytes: number, validity: number) => void): void {
    const start = this.arrays.of(bytes.length + (validity?.length ?? 0));
    const behind = start + bytes.length;
    this.bytes.set(bytes, start);
    if (validity !== null) this.bytes.set(validity, behind);
    call(start, validity === null ? 0 : behind);
  }

  /** Adds `size` numbers to each of several columns. */
  addNumbers(parts: readonly StoredNumbers[], size: number): void {
    const tableSize = parts.length * PART_WORDS * Uint32Array.BYTES_PER_ELEMENT;
    const start = this.arrays.of(parts.reduce((sum, { bytes, validity }) => sum + bytes.length + (validity?.length ?? 0), tableSize));
    const table = new Uint32Array(this.bytes.buffer, start, parts.length * PART_WORDS);
    let behind = start + tableSize;
    const put = (bytes: Uint8Array): number => {
      this.bytes.set(bytes, behind);
      return (behind += bytes.length) - bytes.length;
    };
    for (const [index, { column, type, bytes, validity }] of parts.entries()) {
      table.set([column, put(bytes), validity === null ? 0 : put(validity), type], index * PART_WORDS);
    }
    this.calls.addNumbers(start, parts.length, size);
  }

  /** What the kernel asks for. */
  private imports(): object {
    return {
      numberOf: (start: number, end: number) => numberOf(this.text(start, end)),
      writeNumber: (target: number, value: number, isFractional: number) => target + this.bytes.write(numberText(value, isFractional === 1), target),
      writeInteger: (target: number, value: bigint) => target + this.bytes.write(String(value), target),
      isOutsideDomain: (column: number, start: number, end: number) => this.hosts.get(column)?.isOutsideDomain(this.text(start, end)) ?? false,
      addSensitive: (column: number, start: number, end: number) => {
        this.handOver(this.hosts.get(column)?.standInFor(this.text(start, end)) ?? '', (from, to) => {
          this.calls.addStandIn(column, from, to);
        });
      },
    };
  }
}

/** Where something is handed over. */
class Desk {
  private address = 0;
  private size = 0;

  constructor(private readonly kernel: Kernel) {}

  /** Its place, with room for so many bytes. */
  of(size: number): number {
    if (size > this.size) {
      if (this.size > 0) this.kernel.release(this.address);
      this.size = 2 * size;
      this.address = this.kernel.allocate(this.size);
    }
    return this.address;
  }
}

let kernel: Kernel | undefined;

/** The kernel of this thread. */
export function theKernel(): Kernel {
  return kernel ??= new Kernel();
}

/** What went wrong, in words: where a call of the kernel gets no memory, it ends as if it had reached what cannot be reached. */
export function kernelFailure(error: unknown): unknown {
  return error instanceof WebAssembly.RuntimeError && error.message === 'unreachable' ? new AnalyzerError(NO_MEMORY) : error;
}

/** Gives back all that lies in the kernel of this thread: whoever makes thousands of tables in one process forgets those before. */
export function renewKernel(): void {
  kernel = undefined;
}

/** Beside the bundle; the sources find it in the analyzer's. */
function programFile(): string {
  const beside = path.join(__dirname, 'kernel.wasm');
  return existsSync(beside) ? beside : path.join(__dirname, '../../assets/analyzer/kernel.wasm');
}
