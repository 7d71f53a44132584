import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

let reader: Worker | undefined;

/** The thread that takes the rows out of this thread's Parquet files; it starts when it is first asked for, and keeps no process alive by itself. */
export function readerThread(): Worker {
  if (reader === undefined) {
    reader = new Worker(programFile());
    reader.unref();
  }
  return reader;
}

/** Has the next file read by another thread: this one has failed, and so ended. */
export function forgetReaderThread(): void {
  reader = undefined;
}

/** Beside the bundle; the sources find it in the analyzer's. */
function programFile(): string {
  const beside = path.join(__dirname, 'parquet-reader.js');
  return existsSync(beside) ? beside : path.join(__dirname, '../../../assets/analyzer/parquet-reader.js');
}
