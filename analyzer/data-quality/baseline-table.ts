import { rowsBeside } from '../input/captured-request';
import { readInput } from '../input/read';
import { attempt, Rejection } from '../input/row';
import { timeSpan } from '../input/time-span';
import { RejectedLog } from '../rejected-log';
import { BaselineTask, TaskOf } from '../task';
import { Share } from './share';
import { Table } from './statistics/table';

/** Reads the dataset of a baseline. */
export async function readBaselineTable(
  { dataset, format, analysis }: TaskOf<BaselineTask, 'data-quality'>, rejected: Pick<RejectedLog, 'add'>, share: Share,
): Promise<Table> {
  const table = new Table({ excluded: new Set(analysis.excludedColumns), sensitive: new Set(analysis.sensitiveColumns), share });
  await readInput(dataset, format, [{
    span: timeSpan(undefined),
    row: (row) => {
      table.add(row);
    },
    chunk: (chunk) => {
      table.addChunk(chunk);
    },
    request: (request, origin) => {
      const rows = attempt(() => rowsBeside(request, analysis.captureIndexNames ?? ['endpointInput']));
      if (rows instanceof Rejection) rejected.add(origin, rows.message);
      else for (const row of rows) table.add(row);
    },
    reject: (origin, reason) => {
      rejected.add(origin, reason);
    },
    outside: () => undefined,
    wanted: names => table.wanted(names),
  }]);
  return table;
}
