import { createHash } from 'node:crypto';
import { CapturedPayload, CaptureEncoding, CaptureRecord, hourPath } from '../../lib/contract';
import { Random } from './random';
import { Exchange, RecordedLine, retimed, Traffic } from './traffic';

const HOUR = 3_600_000;

/** A capture file holds what comes within a minute of its first record, so it can reach into the next hour. */
const FILE_SPAN = 60_000;

/** What the endpoint configuration says of data capture. */
export interface CaptureSettings {
  readonly destinationUri: string;
  readonly samplingPercentage: number;
  readonly input: boolean;
  readonly output: boolean;
  /** CSV content types that are not encoded as BASE64. */
  readonly csvContentTypes: readonly string[];
}

/** One object that the endpoint delivers. */
export interface CaptureFile {
  readonly uri: string;
  readonly body: string;
  readonly records: number;
}

interface Due {
  readonly item: Exchange | RecordedLine;
  readonly time: number;
}

/** The endpoint's capture of some hours of traffic, as a stream of files. */
export class CaptureStream {
  private readonly random: Random;
  private open?: { readonly since: number; readonly lines: string[] };
  private hour = 0;
  private items?: readonly (Exchange | RecordedLine)[];
  private position = 0;
  private due?: Due;

  constructor(private readonly options: {
    readonly traffic: Traffic;
    readonly settings: CaptureSettings;
    readonly endpointName: string;
    readonly variantName: string;
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
      this.open ??= { since: next.time, lines: [] };
      this.open.lines.push(this.line(next.item, next.time));
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

  private close(file: { readonly since: number; readonly lines: string[] }): CaptureFile {
    this.open = undefined;
    const { endpointName, variantName, settings } = this.options;
    const since = new Date(file.since).toISOString();
    const name = `${since.slice(14, 16)}-${since.slice(17, 19)}-${since.slice(20, 23)}-${uuid(`file ${since}`)}.jsonl`;
    return {
      uri: `${settings.destinationUri}/${endpointName}/${variantName}/${hourPath(since)}/${name}`,
      body: `${file.lines.join('\n')}\n`,
      records: file.lines.length,
    };
  }

  private line(item: Exchange | RecordedLine, time: number): string {
    const inferenceTime = `${new Date(time).toISOString().slice(0, 19)}Z`;
    if ('line' in item) return retimed(item.line, inferenceTime);
    const { settings } = this.options;
    const record: CaptureRecord = {
      captureData: {
        ...(settings.input && { endpointInput: this.payload(item.input, 'INPUT') }),
        ...(settings.output && { endpointOutput: this.payload(item.output, 'OUTPUT') }),
      },
      eventMetadata: { eventId: uuid(`record ${this.hour} ${this.position}`), inferenceTime },
      eventVersion: '0',
    };
    return JSON.stringify(record);
  }

  private payload(data: string, mode: 'INPUT' | 'OUTPUT'): CapturedPayload {
    const encoding: CaptureEncoding = this.options.settings.csvContentTypes.includes('text/csv') ? 'CSV' : 'BASE64';
    return { observedContentType: 'text/csv', mode, data: encoding === 'CSV' ? data : Buffer.from(data).toString('base64'), encoding };
  }
}

/** An identifier that is the same in every rehearsal. */
function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
