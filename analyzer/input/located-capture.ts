import { CaptureIndexName } from '../../lib/contract';
import { theKernel } from '../kernel/kernel';
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
  constructor(readonly line: Line, private readonly shape: CaptureShape) {}

  /** Where its time is. */
  get inferenceTime(): Span | undefined {
    return this.find(this.shape.positions.inferenceTime);
  }

  /** What labels are found by: the caller's inferenceId, else the eventId. */
  get id(): string | undefined {
    const inferenceId = this.text(this.shape.positions.inferenceId);
    return inferenceId === undefined || inferenceId === '' ? this.text(this.shape.positions.eventId) : inferenceId;
  }

  /** Whether the id begins with the prefix's first letter, or with an escape: most do not, and need not be read. */
  mayBeginWith(prefix: string): boolean {
    const letter = prefix.charCodeAt(0);
    return this.mayBeginAt(this.shape.positions.inferenceId, letter) || this.mayBeginAt(this.shape.positions.eventId, letter);
  }

  /** Where the data of a side are, if they are CSV; with their escapes. */
  span(side: CaptureIndexName): Span | undefined {
    return this.find(this.shape.positions[side]);
  }

  private mayBeginAt(position: number | undefined, letter: number): boolean {
    const first = position === undefined ? undefined : theKernel().bytes[this.shape.startOf(position, this.line)];
    return first === letter || first === BACKSLASH;
  }

  private text(position: number | undefined): string | undefined {
    const found = this.find(position);
    return found && unescaped(theKernel().text(found.start, found.end));
  }

  private find(position: number | undefined): Span | undefined {
    return position === undefined ? undefined : { start: this.shape.startOf(position, this.line), end: this.shape.endOf(position, this.line) };
  }
}

function unescaped(text: string): string {
  return text.includes('\\') ? JSON.parse(`"${text}"`) as string : text;
}
