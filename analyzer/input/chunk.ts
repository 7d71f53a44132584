import { Cell, Row } from './row';

/** Values of a column that are stored as doubles, as whole numbers of 64 bits, or as texts. */
export interface ColumnPart {
  readonly type: 'Fractional' | 'Integral' | 'String';
  readonly size: number;
  /** As they are stored: 8 bytes a number, 16 a text, which begins with its size and goes on with the text itself where it has 12 bytes at most. */
  readonly bytes: Uint8Array;
  /** A bit for each value, 0 where it is missing; null where none is. */
  readonly validity: Uint8Array | null;
  cell(row: number): Cell;
}

/** Rows of a table that is stored by columns. */
export class Chunk {
  /** Parts are absent that nobody looks at. */
  constructor(readonly names: readonly string[], readonly parts: readonly (ColumnPart | undefined)[], readonly size: number) {}

  row(index: number): Row {
    return { names: this.names, cells: this.parts.map(part => part?.cell(index) ?? null) };
  }
}
