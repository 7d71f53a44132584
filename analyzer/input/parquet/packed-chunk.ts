import { numberText } from '../../format';
import { ColumnPart } from '../chunk';
import { Cell } from '../row';

/** As many bytes as a value of each type takes. */
export const SIZES: Readonly<Record<ColumnPart['type'], number>> = { Fractional: 8, Integral: 8, String: 16 };
/** A text of at most so many bytes lies behind its size; of a longer one, its place does. */
const SHORT = 12;
/** Words of a text: its size, then its first bytes, then where a longer one is. */
const TEXT_WORDS = 4;
const TEXT_PLACE = 2;
/** Words of a column, at the beginning: where its values lie, and their validity. */
const COLUMN_WORDS = 2;
const ALIGNED = 8;

/** Values of a column as the engine stores them; a longer text than fits is elsewhere. */
export interface StoredColumn {
  readonly bytes: Uint8Array;
  readonly validity: Uint8Array | null;
  /** The texts of a column of texts that do not fit, by row. */
  readonly long: ReadonlyMap<number, Uint8Array>;
}

/** Rows of a table that is stored by columns, in one block of memory: threads hand it to each other. */
export interface PackedChunk {
  readonly block: ArrayBuffer;
  readonly size: number;
}

/** Which texts do not fit into their 16 bytes. */
export function longRows({ bytes, validity }: Pick<StoredColumn, 'bytes' | 'validity'>): number[] {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / Uint32Array.BYTES_PER_ELEMENT);
  const rows: number[] = [];
  for (let row = 0; row * TEXT_WORDS < words.length; row++) {
    if ((words[row * TEXT_WORDS] as number) > SHORT && isThere(validity, row)) rows.push(row);
  }
  return rows;
}

/** As many bytes as the columns take together. */
export function packedSize(columns: readonly (StoredColumn | undefined)[]): number {
  return columns.reduce((sum, column) => sum + (column === undefined ? 0 : sizeOf(column)), headSize(columns.length));
}

/** Writes columns, absent where nobody looks at them, into a block that has room for them. */
export function pack(columns: readonly (StoredColumn | undefined)[], block: ArrayBuffer): void {
  const target = new Uint8Array(block);
  const head = new Uint32Array(block, 0, columns.length * COLUMN_WORDS);
  let end = headSize(columns.length);
  const put = (bytes: Uint8Array): number => {
    const place = end;
    target.set(bytes, place);
    end += aligned(bytes.length);
    return place;
  };
  for (const [index, column] of columns.entries()) {
    if (column === undefined) {
      head.fill(0, index * COLUMN_WORDS, (index + 1) * COLUMN_WORDS);
      continue;
    }
    const place = put(column.bytes);
    head.set([place, column.validity === null ? 0 : put(column.validity)], index * COLUMN_WORDS);
    if (column.long.size === 0) continue;
    const words = new Uint32Array(block, place, column.bytes.length / Uint32Array.BYTES_PER_ELEMENT);
    for (const [row, text] of column.long) words[row * TEXT_WORDS + TEXT_PLACE] = put(text);
  }
}

/** The columns of a chunk, absent where nobody looks at them. */
export function unpack({ block, size }: PackedChunk, types: readonly ColumnPart['type'][]): (ColumnPart | undefined)[] {
  const head = new Uint32Array(block, 0, types.length * COLUMN_WORDS);
  return types.map((type, index) => {
    const [place = 0, validity = 0] = head.subarray(index * COLUMN_WORDS);
    return place === 0 ? undefined : new PackedPart(block, type, size, place, validity);
  });
}

class PackedPart implements ColumnPart {
  readonly bytes: Uint8Array;
  readonly validity: Uint8Array | null;
  private knownView: DataView | undefined;

  constructor(private readonly block: ArrayBuffer, readonly type: ColumnPart['type'], readonly size: number, place: number, validity: number) {
    this.bytes = new Uint8Array(block, place, size * SIZES[type]);
    this.validity = validity === 0 ? null : new Uint8Array(block, validity, validitySize(size));
  }

  cell(row: number): Cell {
    if (!isThere(this.validity, row)) return null;
    const place = row * SIZES[this.type];
    if (this.type === 'Fractional') return numberText(this.view.getFloat64(place, true), true);
    if (this.type === 'Integral') return String(this.view.getBigInt64(place, true));
    const size = this.view.getUint32(place, true);
    const text = size <= SHORT ? this.bytes.byteOffset + place + 4 : this.view.getUint32(place + TEXT_PLACE * Uint32Array.BYTES_PER_ELEMENT, true);
    return Buffer.from(this.block, text, size).toString();
  }

  /** Only who asks for single cells needs it. */
  private get view(): DataView {
    return this.knownView ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  }
}

/** A bit for each value, in words of 64 bits. */
export function validitySize(rows: number): number {
  return Math.ceil(rows / 64) * 8;
}

function isThere(validity: Uint8Array | null, row: number): boolean {
  return validity === null || ((validity[row >> 3] ?? 0) >> (row & 7) & 1) !== 0;
}

function sizeOf({ bytes, validity, long }: StoredColumn): number {
  return [...long.values()].reduce((sum, text) => sum + aligned(text.length), aligned(bytes.length) + (validity?.length ?? 0));
}

function headSize(columns: number): number {
  return aligned(columns * COLUMN_WORDS * Uint32Array.BYTES_PER_ELEMENT);
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNED) * ALIGNED;
}
