import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { Origin } from './input/row';
import { hashRecord } from './data-quality/statistics/hash';

/** rejected.jsonl: what could not be analysed, and why. Records that may hold sensitive values are hashed. */
export class RejectedLog {
  count = 0;
  /** The reason of the first one, and where it is. */
  first: string | undefined;
  private readonly descriptor: number;

  constructor(file: string, private readonly isSensitive: boolean) {
    rmSync(file, { force: true });
    // Appending, so that what is written after clear() begins at the file's start.
    this.descriptor = openSync(file, 'a');
  }

  add({ file, line, record }: Origin, reason: string): void {
    this.count++;
    this.first ??= `${file}, line ${line}: ${reason}`;
    const kept = this.isSensitive ? hashRecord(record) : record;
    writeSync(this.descriptor, `${JSON.stringify({ file, line, reason, record: kept })}\n`);
  }

  clear(): void {
    this.count = 0;
    this.first = undefined;
    ftruncateSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
