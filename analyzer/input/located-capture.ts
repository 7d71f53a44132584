import { CaptureIndexName } from '../../lib/contract';
import { CaptureShape } from './capture-shape';
import { Line } from './lines';

const BACKSLASH = 0x5c;

/** Bytes [start, end) of a line. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A capture record that is still a line, and where its values are. */
export class LocatedCapture {
  constructor(readonly line: Line, private readonly shape: CaptureShape, private readonly spans: readonly number[]) {}

  get inferenceTime(): string | undefined {
    return this.text('inferenceTime');
  }

  /** What labels are found by: the caller's inferenceId, else the eventId. */
  get id(): string | undefined {
    const inferenceId = this.text('inferenceId');
    return inferenceId === undefined || inferenceId === '' ? this.text('eventId') : inferenceId;
  }

  /** Whether the id begins with the prefix's first letter, or with an escape: most do not, and need not be read. */
  mayBeginWith(prefix: string): boolean {
    return ['inferenceId', 'eventId'].some((name) => {
      const start = this.find(`eventMetadata.${name}`)?.start;
      const first = start === undefined ? undefined : this.line.bytes[start];
      return first === prefix.charCodeAt(0) || first === BACKSLASH;
    });
  }

  /** Where the data of a side are, if they are CSV; with their escapes. */
  span(side: CaptureIndexName): Span | undefined {
    return this.find(`captureData.${side}`);
  }

  private text(name: string): string | undefined {
    const found = this.find(`eventMetadata.${name}`);
    return found && unescaped(this.line.bytes.toString('latin1', found.start, found.end));
  }

  private find(name: string): Span | undefined {
    const index = this.shape.indexOf(name);
    return index === undefined ? undefined : { start: this.spans[2 * index] as number, end: this.spans[2 * index + 1] as number };
  }
}

function unescaped(text: string): string {
  return text.includes('\\') ? JSON.parse(`"${text}"`) as string : text;
}
