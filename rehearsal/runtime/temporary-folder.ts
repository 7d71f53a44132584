import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import * as path from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Does work in a folder of its own, which is gone afterwards, also when the work fails or the process is interrupted. */
export async function inTemporaryFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  const remove = (): void => { rmSync(folder, { recursive: true, force: true }); };
  process.on('exit', remove);
  for (const signal of SIGNALS) process.on(signal, exit);
  try {
    return await work(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, exit);
    process.off('exit', remove);
    remove();
  }
}

/** Unlike a signal's own end, one at which things are still put away. */
function exit(signal: typeof SIGNALS[number]): void {
  process.exit(128 + constants.signals[signal]);
}
