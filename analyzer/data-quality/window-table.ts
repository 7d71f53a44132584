import { CaptureIndexName } from '../../lib/contract';
import { CapturedRequest, rowsBeside } from '../input/captured-request';
import { CapturedRun } from '../input/captured-run';
import { Chunk } from '../input/chunk';
import { Origin, Row, unnamedNames } from '../input/row';
import { TimeSpan } from '../input/time-span';
import { RejectedLog } from '../rejected-log';
import { WindowReader } from '../window-monitor';
import { Share, WHOLE } from './share';
import { ExpectedColumn, Table } from './statistics/table';

/** What is known of a window's columns before it is read, as plain data: threads hand it to each other. */
export interface WindowColumns {
  /** Those of the baseline, in its order. */
  readonly expected: ReadonlyMap<string, ExpectedColumn>;
  readonly excluded: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  /** Where columns are, in a captured request. */
  readonly sides: readonly CaptureIndexName[];
}

/**
 * Takes the values of a window. Rows without header have as many columns as the baseline, others are rejected; if these are the
 * majority, it is they that the endpoint sends now, and the window is read again with their number of columns.
 */
export class WindowTable implements WindowReader {
  /** The columns of the share that this thread has. */
  table: Table;
  /** Columns of a row without header. */
  private width: number;
  private readonly widths = new Map<number, number>();

  constructor(
    private readonly columns: WindowColumns, readonly span: TimeSpan, private readonly rejected: Pick<RejectedLog, 'add'>,
    private readonly share: Share = WHOLE,
  ) {
    this.table = this.emptyTable();
    this.width = columns.expected.size;
  }

  request(request: CapturedRequest, origin: Origin): void {
    for (const row of rowsBeside(request, this.columns.sides)) this.row(row, origin);
  }

  run(run: CapturedRun, from: number): number {
    const rows = run.plainRows(from, this.columns.sides, this.width);
    if (rows === undefined) return 0;
    this.countWidth(this.width, rows.size);
    this.table.addRows(rows, this.width);
    return rows.size;
  }

  row(row: Row, origin: Origin): void {
    if (hasHeader(row)) {
      this.table.add(row);
      return;
    }
    const columns = row.names.length;
    this.countWidth(columns, 1);
    if (columns === this.width) this.table.add(row);
    else this.rejected.add(origin, `the row has ${columns} columns, expected ${this.width}`);
  }

  chunk(chunk: Chunk): void {
    this.table.addChunk(chunk);
  }

  wanted(names: readonly string[]): readonly boolean[] {
    return this.table.wanted(names);
  }

  wantsAnotherRead(): boolean {
    const expected = this.columns.expected.size;
    const [usual] = [...this.widths].sort(([a, m], [b, n]) => n - m || Number(b === expected) - Number(a === expected));
    if (usual === undefined || usual[0] === this.width) return false;
    this.width = usual[0];
    this.widths.clear();
    this.table = this.emptyTable();
    return true;
  }

  /** How many columns rows without header have, where these are not as many as the baseline's. */
  protected get otherWidth(): { readonly columns: number } | undefined {
    return this.width === this.columns.expected.size ? undefined : { columns: this.width };
  }

  private countWidth(columns: number, rows: number): void {
    this.widths.set(columns, (this.widths.get(columns) ?? 0) + rows);
  }

  private emptyTable(): Table {
    return new Table({ ...this.columns, share: this.share });
  }
}

function hasHeader({ names }: Row): boolean {
  return names !== unnamedNames(names.length) && names.some(name => name !== undefined);
}
