import { CapturedRequest } from './input/captured-request';
import { CapturedRun } from './input/captured-run';
import { Chunk } from './input/chunk';
import { InputReader } from './input/read';
import { Origin, Rejection, Row } from './input/row';
import { handOver } from './input/row-sink';
import { TimeSpan } from './input/time-span';
import { RejectedLog } from './rejected-log';
import { ReadCounts, WindowReader } from './window-monitor';

/** Hands a monitor what is read, counts it, and keeps aside what the monitor cannot analyse. */
export class MonitorReader implements InputReader {
  readonly span: TimeSpan;
  private captured = 0;
  private outsideWindow = 0;

  constructor(private readonly monitor: WindowReader, private readonly rejected: Pick<RejectedLog, 'count' | 'add' | 'clear'>) {
    this.span = monitor.span;
  }

  request(request: CapturedRequest, origin: Origin): void {
    this.captured++;
    this.attempt(origin, () => {
      this.monitor.request(request, origin);
    });
  }

  run(run: CapturedRun): void {
    for (let index = 0; index < run.size;) {
      const taken = this.monitor.run?.(run, index) ?? 0;
      this.captured += taken;
      if (taken === 0) this.request(run.request(index), run.line(index));
      index += Math.max(1, taken);
    }
  }

  row(row: Row, origin: Origin): void {
    this.captured++;
    this.attempt(origin, () => {
      this.monitor.row(row, origin);
    });
  }

  chunk(chunk: Chunk, first: Origin): void {
    if (this.monitor.chunk === undefined) {
      handOver(chunk, first, { row: this.row.bind(this) });
      return;
    }
    this.captured += chunk.size;
    this.monitor.chunk(chunk);
  }

  wanted(names: readonly string[]): readonly boolean[] {
    return this.monitor.wanted?.(names) ?? names.map(() => true);
  }

  reject(origin: Origin, reason: string): void {
    this.rejected.add(origin, reason);
  }

  outside(count: number): void {
    this.outsideWindow += count;
  }

  /** Whether the monitor wants all once more; what was counted is forgotten then. */
  startsAgain(): boolean {
    if (this.monitor.wantsAnotherRead?.() !== true) return false;
    this.captured = 0;
    this.outsideWindow = 0;
    this.rejected.clear();
    return true;
  }

  /** What the monitor was given. */
  get counts(): ReadCounts {
    return { captured: this.captured, outsideWindow: this.outsideWindow, rejected: this.rejected.count };
  }

  private attempt(origin: Origin, take: () => void): void {
    try {
      take();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      this.rejected.add(origin, error.message);
    }
  }
}
