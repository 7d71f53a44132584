import { RecordCounts } from '../../lib/contract';
import { Baseline } from './baseline';
import { OtherWidth } from './checks/columns';
import { readInput } from '../input/read';
import { Row, RowSink } from '../input/row';
import { MonitoringTask } from '../job';
import { RejectedLog } from '../rejected-log';
import { Table } from './statistics/table';

/** The rows of a window. */
export interface WindowTable {
  readonly table: Table;
  readonly records: RecordCounts;
  /** Set where most rows have no header and another number of columns than the baseline. */
  readonly otherWidth: OtherWidth | undefined;
}

/**
 * Reads a window. Rows without header have as many columns as the baseline, others are rejected; if these are the
 * majority, it is they that the endpoint sends now, and the window is read again with their number of columns.
 */
export async function readWindow(task: MonitoringTask, baseline: Baseline, rejected: RejectedLog): Promise<WindowTable> {
  const expected = baseline.constraints.features.length;
  const { widths, ...window } = await readWithWidth(task, baseline, rejected, expected);
  const [usual] = [...widths].sort(([a, m], [b, n]) => n - m || Number(b === expected) - Number(a === expected));
  if (usual === undefined || usual[0] === expected) return { ...window, otherWidth: undefined };
  rejected.clear();
  return { ...await readWithWidth(task, baseline, rejected, usual[0]), otherWidth: { columns: usual[0] } };
}

type Reading = Omit<WindowTable, 'otherWidth'> & { readonly widths: ReadonlyMap<number, number> };

async function readWithWidth(task: MonitoringTask, { constraints }: Baseline, rejected: RejectedLog, width: number): Promise<Reading> {
  const table = new Table({
    expected: new Map(constraints.features.map(feature =>
      [feature.name, { type: feature.inferred_type, domain: feature.string_constraints?.domains }])),
    excluded: new Set(task.analysis.excludedColumns),
    sensitive: new Set(task.analysis.sensitiveColumns),
  });
  const widths = new Map<number, number>();
  const sink: RowSink = {
    row: (row, origin) => {
      if (hasHeader(row)) {
        table.add(row);
        return;
      }
      const columns = row.cells.length;
      widths.set(columns, (widths.get(columns) ?? 0) + 1);
      if (columns === width) table.add(row);
      else rejected.add(origin, `the row has ${columns} columns, expected ${width}`);
    },
    reject: (origin, reason) => {
      rejected.add(origin, reason);
    },
  };
  const counts = await readInput(task.dataset, task.format, task.window, sink);
  return { table, widths, records: { ...counts, analysed: table.rows, rejected: rejected.count } };
}

function hasHeader({ names }: Row): boolean {
  return names.some(name => name !== undefined);
}
