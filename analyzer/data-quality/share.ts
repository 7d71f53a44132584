/** One of several threads: it reads every row, but of the columns only those whose turn it is. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** One thread for all. */
export const WHOLE: Share = { index: 0, of: 1 };

/** Whether a column, counted from 0 as they come, belongs to a share. */
export function holds({ index, of }: Share, column: number): boolean {
  return column % of === index;
}
