import { AnalyzerError } from '../analyzer-error';
import { Cell, Rejection, Row } from '../input/row';

/** The columns that the model is asked with, in its order, and where they are in a row. */
export class FeatureColumns {
  /** Names of the features. */
  readonly names: readonly string[];

  /** @param columns names of a row without a header; some of them may be excluded. */
  constructor(private readonly columns: readonly string[], private readonly excluded: readonly string[]) {
    this.names = columns.filter(name => !excluded.includes(name));
    if (this.names.length === 0) throw new AnalyzerError('there is no column left to explain; exclude fewer columns');
    const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
    if (repeated !== undefined) throw new AnalyzerError(`two columns are named "${repeated}"; name each column once`);
  }

  /** Columns of a dataset, by its first row. */
  static of({ names, cells }: Row, headers: readonly string[] | undefined, excluded: readonly string[]): FeatureColumns {
    const there = cells.map((_, index) => names[index] ?? headers?.[index] ?? `_c${index}`);
    const missing = excluded.find(name => !there.includes(name));
    if (missing !== undefined) throw new AnalyzerError(`the column "${missing}" is excluded, but the dataset has none of that name; it has ${there.join(', ')}`);
    return new FeatureColumns(headers ?? there, excluded);
  }

  /** The features' cells. Throws a Rejection that says what is missing. */
  cells(row: Row): readonly Cell[] {
    return row.names.some(name => name !== undefined) ? this.named(row) : this.inOrder(row.cells);
  }

  private named({ names, cells }: Row): readonly Cell[] {
    return this.names.map((name, index) => {
      const cell = cells[names[index] === name ? index : names.indexOf(name)];
      if (cell === undefined) throw new Rejection(`the column "${name}" is missing`);
      return cell;
    });
  }

  /** What is excluded may have been left out already. */
  private inOrder(cells: readonly Cell[]): readonly Cell[] {
    if (cells.length === this.names.length) return cells;
    if (cells.length === this.columns.length) return cells.filter((_, index) => !this.excluded.includes(this.columns[index] ?? ''));
    throw new Rejection(`the row has ${cells.length} columns, expected ${this.names.length}; leave out of the baseline's dataset what is no feature, or give headers`);
  }
}
