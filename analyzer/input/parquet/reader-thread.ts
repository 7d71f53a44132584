import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** The thread that takes the rows out of another thread's Parquet files. */
export class ReaderThread {
  readonly worker = new Worker(programFile());
  private uses = 0;

  constructor() {
    // A process that ends while the engine is loaded would be aborted; the first message tells that it is.
    this.hold();
    this.worker.once('message', () => { this.letGo(); });
    // Whoever asks for rows sees why it failed; until then it is no unhandled failure.
    this.worker.on('error', () => { this.forget(); });
  }

  /** Keeps the process alive, until as many have let go. */
  hold(): void {
    if (this.uses++ === 0) this.worker.ref();
  }

  letGo(): void {
    if (--this.uses === 0) this.worker.unref();
  }

  /** Has the next file read by another thread: this one has failed, and so ended. */
  forget(): void {
    if (reader === this) reader = undefined;
  }
}

let reader: ReaderThread | undefined;

/** That of this thread. It starts when it is first asked for. */
export function readerThread(): ReaderThread {
  return reader ??= new ReaderThread();
}

/** Beside the bundle; the sources find it in the analyzer's. */
function programFile(): string {
  const beside = path.join(__dirname, 'parquet-reader.js');
  return existsSync(beside) ? beside : path.join(__dirname, '../../../assets/analyzer/parquet-reader.js');
}
