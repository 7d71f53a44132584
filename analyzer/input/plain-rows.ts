import { theKernel } from '../kernel/kernel';

/** Where the parts of rows are told that one side of their requests makes: the first part of `width` fields, the others each a stride further. */
export interface PlainPart {
  readonly spans: number;
  readonly width: number;
}

/** Rows of CSV that are still bytes in the kernel's memory: ASCII, without quotes, all of the same width and without names. */
export class PlainRows {
  /** As many of `size` rows as have parts like the first. */
  static of(parts: readonly PlainPart[], stride: number, size: number): PlainRows {
    const { calls } = theKernel();
    return new PlainRows(parts, stride, parts.reduce((rest, { spans, width }) => calls.plainRows(spans, stride, rest, width), size));
  }

  private constructor(private readonly parts: readonly PlainPart[], private readonly stride: number, readonly size: number) {}

  /** Adds each field to the column whose address stands in its place. */
  addTo(columns: number): void {
    let place = columns;
    for (const { spans, width } of this.parts) {
      theKernel().calls.addRows(place, spans, this.stride, this.size);
      place += width * Uint32Array.BYTES_PER_ELEMENT;
    }
  }
}
