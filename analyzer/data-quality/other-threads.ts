import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AnalyzerError } from '../analyzer-error';
import { sizeOf } from '../input/files';
import { kernelFailure } from '../kernel/kernel';
import { BaselineTask, ExecutionTask, TaskOf } from '../task';
import { Share, WHOLE } from './share';
import { ColumnValues } from './statistics/column';
import { WindowColumns } from './window-table';

/** Every thread reads everything, so that more of them have ever less to share. */
const MAX_THREADS = 4;
/** A thread costs as much time to start as so many bytes take to read. */
const WORTH_A_THREAD = 16 << 20;
const THREADS = 'ANALYZER_THREADS';

/** What is read in shares. */
export type ShareTask
  = | TaskOf<BaselineTask, 'data-quality'>
    | Pick<ExecutionTask, 'dataset' | 'format' | 'window'> & { readonly kind: 'window'; readonly columns: WindowColumns };

/** What threads are still at. */
const running = new Set<Promise<unknown>>();

/**
 * Does what other threads take part in, and waits for all of them, whether it ends well or not: a process that ends while the engine still works for
 * one of them is aborted.
 */
export async function withOtherThreads<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw kernelFailure(error);
  } finally {
    await Promise.allSettled(running);
  }
}

/** Threads beside this one, each with its share of the columns. */
export class OtherThreads {
  /** As many as the machine has processors for, where there is enough to read; ANALYZER_THREADS says otherwise. */
  static start(task: ShareTask): OtherThreads {
    const threads = threadsFor(task);
    return new OtherThreads(threads, Array.from({ length: threads - 1 }, (_, index) => valuesOf(task, { index: index + 1, of: threads })));
  }

  private constructor(private readonly threads: number, private readonly others: readonly Promise<ReadonlyMap<string, ColumnValues>>[]) {
    for (const other of others) {
      running.add(other);
      // Whoever waits for them sees why they failed; until then it is no unhandled failure.
      other.catch(() => undefined).finally(() => { running.delete(other); });
    }
  }

  /** What is left for this thread. */
  get share(): Share {
    return { ...WHOLE, of: this.threads };
  }

  /** Values of the columns that the others have read, by name. */
  async values(): Promise<ReadonlyMap<string, ColumnValues>> {
    return new Map((await Promise.all(this.others)).flatMap(values => [...values]));
  }
}

function threadsFor({ dataset, format }: ShareTask): number {
  const wanted = process.env[THREADS];
  if (wanted !== undefined) {
    const threads = Number(wanted);
    if (!Number.isInteger(threads) || threads < 1 || threads > 64) throw new AnalyzerError(`${THREADS} is ${wanted}; it must be a whole number from 1 to 64`);
    return threads;
  }
  // Each thread that looks at Parquet has another one that reads it.
  const processors = availableParallelism() / ('parquet' in format ? 2 : 1);
  return Math.max(1, Math.floor(Math.min(MAX_THREADS, processors, sizeOf(dataset) / WORTH_A_THREAD + 1)));
}

async function valuesOf(task: ShareTask, share: Share): Promise<ReadonlyMap<string, ColumnValues>> {
  const worker = new Worker(programFile(), { workerData: { task, share } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => {
      reject(new AnalyzerError('a thread ended before it had read its columns; give the job more memory'));
    });
  });
}

/** Beside the bundle; the sources find it in the analyzer's. */
function programFile(): string {
  const beside = path.join(__dirname, 'share-reader.js');
  return existsSync(beside) ? beside : path.join(__dirname, '../../assets/analyzer/share-reader.js');
}
