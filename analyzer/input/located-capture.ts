import { CaptureIndexName } from '../../lib/contract';
import { theKernel } from '../kernel/kernel';
import { CaptureShape } from './capture-shape';
import { Span } from './lines';

/** A capture record that is still a line, and where its values are: one of those that its shape has taken last. */
export class LocatedCapture {
  constructor(private readonly shape: CaptureShape, private readonly index: number) {}

  /** The line as it is in the file. */
  get record(): string {
    const { start, end } = this.shape.lineAt(this.index);
    return theKernel().text(start, end);
  }

  /** In ms; NaN where it is none. */
  get time(): number {
    return Date.parse(this.text('inferenceTime') ?? '');
  }

  /** What labels are found by: the caller's inferenceId, else the eventId. */
  get id(): string {
    const inferenceId = this.text('inferenceId');
    return inferenceId === undefined || inferenceId === '' ? this.text('eventId') ?? '' : inferenceId;
  }

  /** Where the data of a side are, if they are CSV; with their escapes. */
  span(side: CaptureIndexName): Span | undefined {
    return this.shape.find(side, this.index);
  }

  private text(name: 'eventId' | 'inferenceId' | 'inferenceTime'): string | undefined {
    const found = this.shape.find(name, this.index);
    return found && unescaped(theKernel().text(found.start, found.end));
  }
}

function unescaped(text: string): string {
  return text.includes('\\') ? JSON.parse(`"${text}"`) as string : text;
}
