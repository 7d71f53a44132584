import { formatDecimal } from '../format';
import { Cell, Row } from './row';

/** A part of a column: numbers, or anything else as text. */
export type ColumnPart
  = | { readonly type: 'Integral' | 'Fractional'; readonly values: readonly (number | null)[] }
    | { readonly type: 'String'; readonly values: readonly Cell[] };

/** A row of a table that is stored by columns. */
export class ChunkRow implements Row {
  constructor(readonly names: Row['names'], readonly columns: readonly ColumnPart[], readonly index: number) {}

  get cells(): readonly Cell[] {
    return this.columns.map(({ type, values }) => {
      const value = values[this.index] ?? null;
      return typeof value === 'number' ? numberText(value, type === 'Fractional') : value;
    });
  }
}

/** A number as the service would read it: `1.0` where it is a decimal. */
export function numberText(value: number, isDecimal: boolean): string {
  return isDecimal && Number.isFinite(value) ? formatDecimal(value) : String(value);
}
