import { CaptureIndexName } from '../../lib/contract';
import { theKernel } from '../kernel/kernel';
import type { CapturedRun } from './captured-run';
import { Span } from './lines';

/** A capture record that is still a line, and where its values are. */
export class LocatedCapture {
  constructor(private readonly run: CapturedRun, private readonly index: number) {}

  /** The line as it is in the file. */
  get record(): string {
    return this.run.line(this.index).record;
  }

  /** What labels are found by: the caller's inferenceId, else the eventId. */
  get id(): string {
    const inferenceId = this.text('inferenceId');
    return inferenceId === undefined || inferenceId === '' ? this.text('eventId') ?? '' : inferenceId;
  }

  /** Where the data of a side are, if they are CSV; with their escapes. */
  span(side: CaptureIndexName): Span | undefined {
    return this.run.span(side, this.index);
  }

  private text(name: 'eventId' | 'inferenceId'): string | undefined {
    const found = this.run.span(name, this.index);
    return found && unescaped(theKernel().text(found.start, found.end));
  }
}

function unescaped(text: string): string {
  return text.includes('\\') ? JSON.parse(`"${text}"`) as string : text;
}
