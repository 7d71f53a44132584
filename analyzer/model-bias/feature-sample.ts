import { Cell } from '../input/row';
import { RowSample } from '../observation/row-sample';
import { categoryOf, numberOf } from '../observation/category';
import { FlipRow, FlipTest } from './flip-test';
import { Uncomputable } from './metrics/uncomputable';

const MOST_ROWS = 5000;
/** Comparing each row with each other, value by value, is done so often at most: about a second. */
const MOST_COMPARISONS = 5e8;

interface SampledRow {
  readonly cells: readonly Cell[];
  /** The group that it belongs to, by facet. */
  readonly members: readonly number[];
  readonly isPositive: boolean;
}

/** Rows for the flip test: all there are, or as many as can be compared with one another. */
export class FeatureSample {
  private readonly sample: RowSample<SampledRow>;

  constructor(private readonly names: readonly string[]) {
    this.sample = new RowSample(Math.min(MOST_ROWS, Math.floor(Math.sqrt(MOST_COMPARISONS / Math.max(1, names.length)))));
  }

  add(row: SampledRow): void {
    this.sample.add(row);
  }

  /** The flip test of one group of a facet; the facet's own column is not compared. */
  flipTest(facet: number, column: number, member: number): FlipTest {
    const columns = [...this.names.keys()].filter(other => other !== column);
    if (columns.length === 0) throw new Uncomputable('The flip test has no feature to compare but the facet itself');
    const [group, rest]: [FlipRow[], FlipRow[]] = [[], []];
    for (const { cells, members, isPositive } of this.sample.rows()) {
      const values = Float64Array.from(columns, other => toNumber(cells[other] ?? null));
      const unfit = columns[values.findIndex(Number.isNaN)];
      if (unfit !== undefined) throw new Uncomputable(`The flip test compares numbers: "${this.names[unfit] ?? ''}" has text or missing values`);
      (members[facet] === member ? group : rest).push({ values, isPositive });
    }
    return new FlipTest(group, rest);
  }
}

function toNumber(cell: Cell): number {
  return cell === null ? NaN : numberOf(categoryOf(cell)) ?? NaN;
}
