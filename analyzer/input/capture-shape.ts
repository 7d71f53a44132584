import { EXPLANATION_INFERENCE_ID_PREFIX } from '../../lib/contract';
import { theKernel } from '../kernel/kernel';
import { FileBytes } from './file-bytes';
import { Span } from './lines';

/** Marks where a value stands; JSON writes it as an escape, so that it is found again. */
const MARK = '\u0001';
const MARKED = /\\u0001(.*?)\\u0001/;
/** As many lines make a run at most. */
const ROOM = 512;
/** Start and end of a value, 4 bytes each. */
const SPAN_BYTES = 8;
/** What the kernel takes for the place of a value that lines do not have. */
const NOWHERE = -1;

type JsonObject = Readonly<Record<string, unknown>>;

/** The record of a line, as far as its shape depends on it. */
export interface ShapedRecord extends JsonObject {
  readonly captureData?: unknown;
  readonly eventMetadata: JsonObject;
}

/** Which of the values is what; nothing where lines do not have it. */
interface ValuePositions {
  readonly endpointInput: number | undefined;
  readonly endpointOutput: number | undefined;
  readonly eventId: number;
  readonly inferenceId: number | undefined;
  readonly inferenceTime: number;
}

/**
 * What lines of capture files have in common: everything but some of their texts, the values. A line that has a known shape is valid JSON, and
 * its values are found in a tenth of the time that parsing takes.
 */
export class CaptureShape {
  /** The shape of a line that holds a record; none where writing the record again gives another line. */
  static of(line: string, record: ShapedRecord): CaptureShape | undefined {
    if (line.includes('\\u0001') || JSON.stringify(record) !== line) return undefined;
    const { captureData, eventMetadata } = record;
    if (typeof captureData !== 'object' || captureData === null) return undefined;
    const marked = {
      ...record,
      captureData: withMarks(captureData, (payload, side) => markedPayload(payload, `captureData.${side}`)),
      eventMetadata: withMarks(eventMetadata, (value, name) => markedText(value, `eventMetadata.${name}`)),
    };
    const parts = JSON.stringify(marked).split(MARKED);
    return new CaptureShape(
      parts.filter((_, index) => index % 2 === 0),
      positionsOf(parts.filter((_, index) => index % 2 === 1)));
  }

  private readonly kernel = theKernel();
  private readonly address: number;
  /** Where the values of a run are told: a line after the other, and for each its values, and last the line itself. */
  private readonly spans: number;
  /** From a line to the next, in bytes. */
  readonly stride: number;

  /** `literals` stand around the values, which are numbered as they come. */
  private constructor(private readonly literals: readonly string[], private readonly positions: ValuePositions) {
    const { kernel, kernel: { calls } } = this;
    this.stride = SPAN_BYTES * literals.length;
    this.spans = kernel.allocate(ROOM * this.stride);
    const { eventId, inferenceId = NOWHERE, inferenceTime } = positions;
    const own = kernel.keep(EXPLANATION_INFERENCE_ID_PREFIX);
    this.address = calls.newShape(literals.length, eventId, inferenceId, inferenceTime, own.address, own.size);
    for (const [index, literal] of literals.entries()) {
      const { address, size } = kernel.keep(literal);
      calls.setLiteral(this.address, index, address, size);
    }
  }

  equals({ literals }: CaptureShape): boolean {
    return literals.join(MARK) === this.literals.join(MARK);
  }

  /** Takes the lines of this shape that come next in a file; returns how many. */
  take(bytes: FileBytes): number {
    const { start, end, isLast } = bytes;
    const size = this.kernel.calls.readRun(this.address, start, end, isLast, this.spans, ROOM);
    if (size > 0) bytes.start = this.lineAt(size - 1).end + 1;
    return size;
  }

  /** Where a value stands in one of the lines that were taken last; nothing where lines of this shape do not have it. */
  find(name: keyof ValuePositions, line: number): Span | undefined {
    const address = this.addressOf(name, line);
    return address === undefined ? undefined : this.spanAt(address);
  }

  /** Where that is told, in the kernel. */
  addressOf(name: keyof ValuePositions, line: number): number | undefined {
    const position = this.positions[name];
    return position === undefined ? undefined : this.addressAt(position, line);
  }

  /** Where one of the lines stands that were taken last. */
  lineAt(line: number): Span {
    return this.spanAt(this.addressAt(this.literals.length - 1, line));
  }

  private addressAt(position: number, line: number): number {
    return this.spans + line * this.stride + position * SPAN_BYTES;
  }

  private spanAt(address: number): Span {
    const { bytes } = this.kernel;
    return { start: bytes.readUInt32LE(address), end: bytes.readUInt32LE(address + SPAN_BYTES / 2) };
  }
}

/** Only a record that tells its id and its time becomes a shape. */
function positionsOf(names: readonly string[]): ValuePositions {
  const position = (name: string): number | undefined => names.includes(name) ? names.indexOf(name) : undefined;
  return {
    endpointInput: position('captureData.endpointInput'),
    endpointOutput: position('captureData.endpointOutput'),
    eventId: names.indexOf('eventMetadata.eventId'),
    inferenceId: position('eventMetadata.inferenceId'),
    inferenceTime: names.indexOf('eventMetadata.inferenceTime'),
  };
}

function withMarks(object: object, marked: (value: unknown, name: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object as JsonObject).map(([name, value]) => [name, marked(value, name)]));
}

/** Only CSV is read as it stands in the line. */
function markedPayload(payload: unknown, name: string): unknown {
  const { data, encoding } = { ...payload as JsonObject };
  return encoding === 'CSV' ? { ...payload as JsonObject, data: markedText(data, name) } : payload;
}

function markedText(value: unknown, name: string): unknown {
  return typeof value === 'string' ? MARK + name + MARK : value;
}
