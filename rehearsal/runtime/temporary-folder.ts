import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import * as path from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Does work in a folder of its own, which is gone afterwards, also when the work fails or the process is interrupted. */
export async function inTemporaryFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  let folder: string | undefined;
  const remove = (): void => { if (folder !== undefined) rmSync(folder, { recursive: true, force: true }); };
  // Before there is a folder and until it is gone: a signal that comes in between would leave it.
  process.on('exit', remove);
  for (const signal of SIGNALS) process.on(signal, exit);
  try {
    folder = mkdtempSync(path.join(tmpdir(), prefix));
    return await work(folder);
  } finally {
    remove();
    for (const signal of SIGNALS) process.off(signal, exit);
    process.off('exit', remove);
  }
}

/** Unlike a signal's own end, one at which things are still put away. */
function exit(signal: typeof SIGNALS[number]): void {
  process.exit(128 + constants.signals[signal]);
}
