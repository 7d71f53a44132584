import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ReportFile } from '../../lib/contract';

/** What could not be analysed: how much, and why the first of it. */
export interface Rejected {
  readonly count: number;
  /** With its file and line. */
  readonly first?: string;
}

/** What a baseline or an analysis has kept aside in a folder. */
export async function rejectedIn(folder: string): Promise<Rejected> {
  const log = path.join(folder, ReportFile.REJECTED);
  if (!existsSync(log)) return { count: 0 };
  let count = 0;
  let first: string | undefined;
  for await (const text of createInterface({ input: createReadStream(log), crlfDelay: Infinity })) {
    count++;
    first ??= told(text);
  }
  return { count, ...(first !== undefined && { first }) };
}

function told(text: string): string {
  const { file, line, reason } = JSON.parse(text) as { file: string; line: number; reason: string };
  return `${file}, line ${line}: ${reason}`;
}
