import { GroundTruthRecord } from '../../lib/contract';
import { Captured, CaptureFile, captureFile, captureRecord, inferenceTime, uuid } from './capture-file';
import { Random } from './random';
import { Exchange, RecordedLine, retimed, Traffic } from './traffic';

const HOUR = 3_600_000;

/** A capture file holds what comes within a minute of its first record, so it can reach into the next hour. */
const FILE_SPAN = 60_000;

interface OpenFile {
  readonly since: number;
  readonly lines: string[];
  readonly labels: GroundTruthRecord[];
}

interface Due {
  readonly item: Exchange | RecordedLine;
  readonly time: number;
}

/** The endpoint's capture of some hours of traffic, as a stream of files. */
export class CaptureStream {
  private readonly random: Random;
  private open?: OpenFile;
  private hour = 0;
  private items?: readonly (Exchange | RecordedLine)[];
  private position = 0;
  private due?: Due;

  constructor(private readonly options: Captured & {
    readonly traffic: Traffic;
    readonly start: Date;
    readonly hours: number;
    readonly seed: number;
  }) {
    this.random = new Random(options.seed);
  }

  /** The files that are closed by an instant and were not given before. */
  public closedBy(instant: Date): CaptureFile[] {
    const files: CaptureFile[] = [];
    for (;;) {
      const next = this.due ??= this.next();
      const limit = Math.min(next?.time ?? Infinity, instant.getTime());
      if (this.open !== undefined && this.open.since + FILE_SPAN <= limit) files.push(this.close(this.open));
      if (next === undefined || next.time > instant.getTime()) return files;
      this.position++;
      this.due = undefined;
      if (this.random.below(10_000) >= this.options.settings.samplingPercentage * 100) continue;
      this.open ??= { since: next.time, lines: [], labels: [] };
      this.write(next.item, next.time, this.open);
    }
  }

  /** The next request; each comes at a random moment of its equal share of the hour. */
  private next(): Due | undefined {
    const { traffic, hours, start } = this.options;
    while (this.hour < hours) {
      const items = this.items ??= traffic.hour(this.hour);
      const item = items[this.position];
      if (item !== undefined) {
        const moment = this.position + this.random.below(1000) / 1000;
        return { item, time: start.getTime() + this.hour * HOUR + Math.floor((moment * HOUR) / items.length) };
      }
      this.hour++;
      this.position = 0;
      this.items = undefined;
    }
    return undefined;
  }

  private close({ since, lines, labels }: OpenFile): CaptureFile {
    this.open = undefined;
    return captureFile(this.options, since, lines, labels);
  }

  private write(item: Exchange | RecordedLine, time: number, { lines, labels }: OpenFile): void {
    if ('line' in item) {
      lines.push(retimed(item.line, inferenceTime(time)));
      return;
    }
    const eventId = uuid(`record ${time} ${this.position}`);
    lines.push(JSON.stringify(captureRecord(this.options.settings, item, { eventId, inferenceTime: inferenceTime(time) })));
    if (item.label !== undefined) labels.push({ groundTruthData: { data: item.label, encoding: 'CSV' }, eventMetadata: { eventId }, eventVersion: '0' });
  }
}
