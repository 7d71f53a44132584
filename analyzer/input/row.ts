/** The text of one value; `null` is a missing one. */
export type Cell = string | null;

/** Where a row or a bad line comes from. */
export interface Origin {
  /** Path relative to the dataset's folder. */
  readonly file: string;
  /** Counted from 1; in a file without lines the row's number. */
  readonly line: number;
  /** The line as it is in the file. */
  readonly record: string;
}

/** One row of values. */
export interface Row {
  /** Names of the columns; where `undefined`, the baseline's names that are left over are given in order. */
  readonly names: readonly (string | undefined)[];
  readonly cells: readonly Cell[];
}

/** Why a record cannot be analysed; the message never quotes the record's data. */
export class Rejection extends Error {}

/** What a function reads, or why it cannot be read. */
export function attempt<T>(read: () => T): T | Rejection {
  try {
    return read();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

const NO_NAMES = new Map<number, readonly undefined[]>();

/** The names of columns that have none of their own. */
export function unnamedNames(width: number): readonly undefined[] {
  const names = NO_NAMES.get(width) ?? new Array<undefined>(width).fill(undefined);
  NO_NAMES.set(width, names);
  return names;
}

/** A row whose columns have no names of their own. */
export function unnamedRow(cells: readonly Cell[]): Row {
  return { names: unnamedNames(cells.length), cells };
}
