import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { renewKernel, theKernel } from '../../../analyzer/kernel/kernel';

/** Properties that one long run shares its time between. */
const PROPERTIES = 5;
const MINUTES = Number(process.env.FUZZ_MINUTES ?? 0);

const RUN: fc.Parameters<unknown> = {
  numRuns: Number.MAX_SAFE_INTEGER,
  plugins: [fc.interruptAfterTimeLimit(MINUTES > 0 ? MINUTES * 60_000 / PROPERTIES : 2000)],
  ...(MINUTES === 0 && { seed: 1 }),
};
export const TIMEOUT = MINUTES * 60_000 + 600_000;

/** Bytes that are read at a time: what stands on the border of two blocks must come out as anywhere else. */
export const BLOCK = 1 << 19;

/** In bytes: a kernel keeps the tables of all cases, and ends at 2 GB. */
const LARGE = 1 << 28;

/** A folder of files, made anew for every case. */
export class Places {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'fuzz-'));

  at(...names: readonly string[]): string {
    return path.join(this.folder, ...names);
  }

  place(name: string, files: Readonly<Record<string, Buffer>>): string {
    rmSync(this.at(name), { recursive: true, force: true });
    mkdirSync(this.at(name), { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(this.at(name, file), content);
    return this.at(name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Lines as a file has them. */
export function joined(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap(line => [line, Buffer.from('\n')]));
}

/**
 * Looks for values with which something does not hold: two seconds in the suite; with FUZZ_MINUTES=10, all properties together so long, and with
 * another seed each time. The case that time runs out on is waited for, so that nothing goes on after the test.
 */
export async function fuzz<T extends [unknown, ...unknown[]]>(
  values: { [K in keyof T]: fc.Arbitrary<T[K]> }, holds: (...values: T) => Promise<void>,
): Promise<void> {
  let last = Promise.resolve();
  await fc.assert(fc.asyncProperty(fc.tuple<T>(...values), async (drawn) => {
    if (theKernel().bytes.length > LARGE) renewKernel();
    last = holds(...drawn);
    await last;
  }), RUN);
  await last;
}
