import { CaptureIndexName, CaptureRecord, CapturedPayload, EXPLANATION_INFERENCE_ID_PREFIX } from '../../lib/contract';
import { LocatedCapture } from './located-capture';
import { payloadRows } from './payload';
import { joined, PlainRow, plainRows } from './plain-row';
import { Rejection, Row } from './row';

const ENCODINGS: readonly unknown[] = ['CSV', 'JSON', 'BASE64'] satisfies CapturedPayload['encoding'][];

/** One request to the endpoint and its answer, as they were captured. What it holds is parsed when it is asked for, and once. */
export class CapturedRequest {
  /** Reads whose and when one line of a capture file is; what it holds is for rows() to judge. Throws a Rejection that says what is missing. */
  static parse(line: string): CapturedRequest {
    const record = parseObject(line);
    const metadata = record.eventMetadata;
    if (!isRecord(metadata)) throw new Rejection('eventMetadata is missing');
    if (typeof metadata.eventId !== 'string') throw new Rejection('eventMetadata.eventId is missing');
    const time = typeof metadata.inferenceTime === 'string' ? Date.parse(metadata.inferenceTime) : NaN;
    if (Number.isNaN(time)) throw new Rejection('eventMetadata.inferenceTime is missing or no ISO 8601 time');
    return new CapturedRequest(time, record as unknown as CaptureRecord);
  }

  /** A request that was put together of what was captured otherwise. */
  static of(record: CaptureRecord, time: number): CapturedRequest {
    return new CapturedRequest(time, record);
  }

  /** A request whose values are found in its line already. */
  static at(located: LocatedCapture, time: number): CapturedRequest {
    return new CapturedRequest(time, undefined, located);
  }

  private input: readonly Row[] | undefined;
  private output: readonly Row[] | undefined;

  private constructor(readonly time: number, private parsed: CaptureRecord | undefined, private readonly located?: LocatedCapture) {}

  /** What the line holds. */
  get record(): CaptureRecord {
    return this.parsed ??= JSON.parse(this.located?.record ?? '') as CaptureRecord;
  }

  /** What labels are found by: the caller's inferenceId, else the eventId. */
  get id(): string {
    if (this.located !== undefined) return this.located.id;
    const { eventId, inferenceId } = this.record.eventMetadata;
    return typeof inferenceId === 'string' && inferenceId !== '' ? inferenceId : eventId;
  }

  /** Whether the analyzer itself asked, to explain the model. */
  get isOurs(): boolean {
    return this.id.startsWith(EXPLANATION_INFERENCE_ID_PREFIX);
  }

  /** Rows of one side. Throws a Rejection that says what is wrong with them. */
  rows(side: CaptureIndexName): readonly Row[] {
    if (side === 'endpointInput') return this.input ??= this.read(side);
    return this.output ??= this.read(side);
  }

  private read(side: CaptureIndexName): readonly Row[] {
    const span = this.located?.span(side);
    const plain = span && plainRows(span.start, span.end);
    if (plain !== undefined && plain.length > 0) return plain;
    if (!isRecord(this.record.captureData)) throw new Rejection('captureData is missing');
    return payloadRows(side, payloadOf(this.record, side));
  }
}

/** Sides whose columns stand beside each other: those of the output come first, as in the service. */
export function sidesInOrder(sides: readonly CaptureIndexName[]): CaptureIndexName[] {
  return [...sides].sort().reverse();
}

/** Rows of a request: the sides beside each other. */
export function rowsBeside(request: CapturedRequest, sides: readonly CaptureIndexName[]): readonly Row[] {
  if (sides.length === 1) return request.rows(sides[0] as CaptureIndexName);
  return sidesInOrder(sides)
    .map(side => ({ side, rows: request.rows(side) }))
    .reduce((left, right) => ({ side: right.side, rows: beside(left, right) }))
    .rows;
}

interface SideRows {
  readonly side: string;
  readonly rows: readonly Row[];
}

function beside(left: SideRows, right: SideRows): Row[] {
  if (left.rows.length !== right.rows.length) {
    throw new Rejection(`${left.side} has ${left.rows.length} rows, ${right.side} ${right.rows.length}`);
  }
  return left.rows.map((row, index) => {
    const other = right.rows[index] ?? { names: [], cells: [] };
    if (row instanceof PlainRow && other instanceof PlainRow) return joined(row, other);
    const twice = row.names.some(name => name !== undefined && other.names.includes(name));
    if (twice) throw new Rejection(`${left.side} and ${right.side} have a column of the same name`);
    return { names: [...row.names, ...other.names], cells: [...row.cells, ...other.cells] };
  });
}

function payloadOf(record: CaptureRecord, side: CaptureIndexName): CapturedPayload {
  const payload: unknown = record.captureData[side];
  if (!isRecord(payload)) throw new Rejection(`${side} was not captured`);
  if (typeof payload.data !== 'string') throw new Rejection(`${side}.data is missing or no string`);
  if (!ENCODINGS.includes(payload.encoding)) throw new Rejection(`${side}.encoding is none of CSV, JSON, BASE64`);
  return payload as unknown as CapturedPayload;
}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Rejection('line is not valid JSON');
  }
  if (!isRecord(value)) throw new Rejection('line is no JSON object');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
