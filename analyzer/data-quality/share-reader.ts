import { parentPort, workerData } from 'node:worker_threads';
import { readInput } from '../input/read';
import { timeSpan } from '../input/time-span';
import { kernelFailure } from '../kernel/kernel';
import { MonitorReader } from '../monitor-reader';
import { readBaselineTable } from './baseline-table';
import type { ShareTask } from './other-threads';
import { Share } from './share';
import { Table } from './statistics/table';
import { WindowTable } from './window-table';

/** The main thread keeps what cannot be analysed; for the others it only matters that there is such a thing. */
class RejectedCount {
  count = 0;

  add(): void {
    this.count++;
  }

  clear(): void {
    this.count = 0;
  }
}

/** What a thread does that reads a share of the columns: it hands over the values of its columns. */
async function readShare({ task, share }: { readonly task: ShareTask; readonly share: Share }): Promise<void> {
  const table = task.kind === 'baseline' ? await readBaselineTable(task, new RejectedCount(), share) : await readWindow(task, share);
  parentPort?.postMessage(table.ownValues());
}

async function readWindow({ columns, dataset, format, window }: Extract<ShareTask, { kind: 'window' }>, share: Share): Promise<Table> {
  const rejected = new RejectedCount();
  const read = new WindowTable(columns, timeSpan(window), rejected, share);
  const reader = new MonitorReader(read, rejected);
  do await readInput(dataset, format, [reader]); while (reader.startsAgain());
  return read.table;
}

// What fails here, the main thread is told.
readShare(workerData as Parameters<typeof readShare>[0]).catch((error: unknown) => {
  throw kernelFailure(error);
});
