import type * as Engine from '@duckdb/node-bindings';
import { numberText } from '../format';
import { ColumnPart } from './chunk';
import { Cell } from './row';

/** As many bytes as a value of each type takes. */
const SIZES: Readonly<Record<ColumnPart['type'], number>> = { Fractional: 8, Integral: 8, String: 16 };
/** A text of at most so many bytes lies behind its size; of a longer one, a pointer to it does. */
const SHORT = 12;

/** Values of a column of one chunk, as DuckDB stores them. */
export class StoredPart implements ColumnPart {
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly validity: Uint8Array | null;
  private knownView: DataView | undefined;

  /** Long texts lie in the chunk, which is freed when nobody has it any more. */
  constructor(private readonly engine: typeof Engine, readonly chunk: Engine.DataChunk, column: number, readonly type: ColumnPart['type']) {
    const vector = engine.data_chunk_get_vector(chunk, column);
    this.size = engine.data_chunk_get_size(chunk);
    this.bytes = engine.vector_get_data(vector, this.size * SIZES[type]);
    // Words of 64 bits; null where no value is missing, which its type does not tell.
    this.validity = engine.vector_get_validity(vector, Math.ceil(this.size / 64) * 8);
  }

  cell(row: number): Cell {
    if (this.validity !== null && ((this.validity[row >> 3] ?? 0) >> (row & 7) & 1) === 0) return null;
    const place = row * SIZES[this.type];
    if (this.type === 'Fractional') return numberText(this.view.getFloat64(place, true), true);
    if (this.type === 'Integral') return String(this.view.getBigInt64(place, true));
    return this.text(place);
  }

  /** Only who asks for single cells needs it. */
  private get view(): DataView {
    return this.knownView ??= new DataView(this.bytes.buffer, this.bytes.byteOffset);
  }

  private text(place: number): string {
    const { engine, view } = this;
    const size = view.getUint32(place, true);
    if (size <= SHORT) return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + place + 4, size).toString();
    return Buffer.from(engine.get_data_from_pointer(view.buffer as ArrayBuffer, view.byteOffset + place + 8, size)).toString();
  }
}
