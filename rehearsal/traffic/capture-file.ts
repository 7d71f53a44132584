import { createHash } from 'node:crypto';
import { captureFolderUri, CapturedPayload, CaptureEncoding, CaptureRecord, GroundTruthRecord, hourPath } from '../../lib/contract';
import { Exchange } from './traffic';

/** What the endpoint configuration says of data capture. */
export interface CaptureSettings {
  readonly destinationUri: string;
  readonly samplingPercentage: number;
  readonly input: boolean;
  readonly output: boolean;
  /** CSV content types that are not encoded as BASE64. */
  readonly csvContentTypes: readonly string[];
}

/** What captures, and how. */
export interface Captured {
  /** The endpoint; absent where it is something else. */
  readonly endpointName?: string;
  readonly variantName?: string;
  readonly settings: CaptureSettings;
}

/** One object that the endpoint delivers. */
export interface CaptureFile {
  readonly uri: string;
  readonly body: string;
  readonly records: number;
  /** What turns out to be true of the requests in it, of those where that is known. */
  readonly labels: readonly GroundTruthRecord[];
}

/** The file that begins at an instant. */
export function captureFile(
  { endpointName, variantName, settings }: Captured, begin: number, lines: readonly string[], labels: readonly GroundTruthRecord[] = [],
): CaptureFile {
  const since = new Date(begin).toISOString();
  const name = `${since.slice(14, 16)}-${since.slice(17, 19)}-${since.slice(20, 23)}-${uuid(`file ${since}`)}.jsonl`;
  return {
    uri: `${captureFolderUri({ uri: settings.destinationUri, endpointName, variantName })}/${hourPath(since)}/${name}`,
    body: `${lines.join('\n')}\n`,
    records: lines.length,
    labels,
  };
}

/** A request and its answer, as the endpoint captures them. */
export function captureRecord(settings: CaptureSettings, exchange: Exchange, eventMetadata: CaptureRecord['eventMetadata']): CaptureRecord {
  return {
    captureData: {
      ...(settings.input && { endpointInput: payload(settings, exchange.input, 'INPUT') }),
      ...(settings.output && { endpointOutput: payload(settings, exchange.output, 'OUTPUT') }),
    },
    eventMetadata,
    eventVersion: '0',
  };
}

/** Instants in captures have whole seconds. */
export function inferenceTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** An identifier that is the same in every rehearsal. */
export function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

function payload({ csvContentTypes }: CaptureSettings, data: string, mode: 'INPUT' | 'OUTPUT'): CapturedPayload {
  const encoding: CaptureEncoding = csvContentTypes.includes('text/csv') ? 'CSV' : 'BASE64';
  return { observedContentType: 'text/csv', mode, data: encoding === 'CSV' ? data : Buffer.from(data).toString('base64'), encoding };
}
