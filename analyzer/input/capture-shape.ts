import { Line } from './lines';
import { isPlainWord, wordsOf } from './words';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes of a text without escapes: ASCII, no quote, no control character. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH));
/** Letters that make an escape of two bytes. */
const ESCAPES: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));
/** Marks where a value stands; JSON writes it as an escape, so that it is found again. */
const MARK = '\u0001';
const MARKED = /\\u0001(.*?)\\u0001/;

type JsonObject = Readonly<Record<string, unknown>>;

/** The record of a line, as far as its shape depends on it. */
export interface ShapedRecord extends JsonObject {
  readonly captureData?: unknown;
  readonly eventMetadata: JsonObject;
}

/** Which of the values is what; nothing where lines do not have it. */
export interface ValuePositions {
  readonly endpointInput: number | undefined;
  readonly endpointOutput: number | undefined;
  readonly eventId: number | undefined;
  readonly inferenceId: number | undefined;
  readonly inferenceTime: number | undefined;
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
      parts.filter((_, index) => index % 2 === 0).map(literalOf),
      positionsOf(parts.filter((_, index) => index % 2 === 1)));
  }

  /** `literals` stand around the values, which are numbered as they come. */
  private constructor(private readonly literals: readonly Literal[], readonly positions: ValuePositions) {}

  /** Where each value of a line starts and ends; `undefined` where the line has another shape. */
  spansIn({ bytes, start, end }: Line): readonly number[] | undefined {
    const { literals } = this;
    const words = wordsOf(bytes);
    const spans = new Array<number>(2 * (literals.length - 1));
    let at = afterLiteral(words, start, end, literals[0] as Literal);
    for (let index = 1; index < literals.length && at !== -1; index++) {
      spans[2 * index - 2] = at;
      at = textEnd(words, bytes, at, end);
      spans[2 * index - 1] = at;
      at = afterLiteral(words, at, end, literals[index] as Literal);
    }
    return at === end ? spans : undefined;
  }
}

function positionsOf(names: readonly string[]): ValuePositions {
  const position = (name: string): number | undefined => names.includes(name) ? names.indexOf(name) : undefined;
  return {
    endpointInput: position('captureData.endpointInput'),
    endpointOutput: position('captureData.endpointOutput'),
    eventId: position('eventMetadata.eventId'),
    inferenceId: position('eventMetadata.inferenceId'),
    inferenceTime: position('eventMetadata.inferenceTime'),
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

/** A text that lines have in common: four bytes at a time, then what is left. */
interface Literal {
  readonly words: Int32Array;
  readonly rest: Uint8Array;
}

function literalOf(text: string): Literal {
  const bytes = Buffer.from(text);
  const words = Int32Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readInt32LE(4 * index));
  return { words, rest: bytes.subarray(4 * words.length) };
}

/** Where the line goes on after a literal; -1 where something else stands there. */
function afterLiteral(bytes: DataView, start: number, end: number, { words, rest }: Literal): number {
  let at = start;
  if (at + 4 * words.length + rest.length > end) return -1;
  for (let index = 0; index < words.length; index++, at += 4) {
    if (bytes.getInt32(at, true) !== words[index]) return -1;
  }
  for (let index = 0; index < rest.length; index++, at++) {
    if (bytes.getUint8(at) !== rest[index]) return -1;
  }
  return at;
}

/** Where a text ends, at a quote or at what cannot be read as it stands. */
function textEnd(words: DataView, bytes: Buffer, start: number, end: number): number {
  let at = start;
  for (;;) {
    while (at + 4 <= end && isPlainWord(words.getInt32(at, true))) at += 4;
    while (at < end && PLAIN[bytes[at] as number] === 1) at++;
    if (bytes[at] !== BACKSLASH || !ESCAPES.has(bytes[at + 1] ?? 0)) return at;
    at += 2;
  }
}
