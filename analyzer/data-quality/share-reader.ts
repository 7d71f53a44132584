import { parentPort, workerData } from 'node:worker_threads';
import { readInput } from '../input/read';
import { timeSpan } from '../input/time-span';
import { MonitorReader } from '../monitor-reader';
import { readBaselineTable } from './baseline-table';
import { DataQualityMonitor } from './monitor';
import { ShareTask } from './other-threads';
import { Share } from './share';
import { Table } from './statistics/table';

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
export async function readShare(): Promise<void> {
  const { task, share } = workerData as { task: ShareTask; share: Share };
  const table = task.kind === 'baseline' ? await readBaselineTable(task, new RejectedCount(), share) : await readWindow(task, share);
  parentPort?.postMessage(table.ownValues());
}

async function readWindow({ monitor: task, dataset, format, window }: Extract<ShareTask, { kind: 'window' }>, share: Share): Promise<Table> {
  const rejected = new RejectedCount();
  const monitor = new DataQualityMonitor(task, timeSpan(window), rejected, share);
  const reader = new MonitorReader(monitor, rejected);
  do await readInput(dataset, format, [reader]); while (reader.startsAgain());
  return monitor.table;
}
