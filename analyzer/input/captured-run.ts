import { CaptureIndexName } from '../../lib/contract';
import { theKernel } from '../kernel/kernel';
import { CaptureShape } from './capture-shape';
import { CapturedRequest, sidesInOrder } from './captured-request';
import { Line } from './lines';
import { LocatedCapture } from './located-capture';
import { PlainPart, PlainRows } from './plain-rows';

/**
 * Requests that follow each other in a file: of one shape, of one time, and all of them the analyzer's own, or none. They lie in the kernel's
 * memory until the file is read on.
 */
export class CapturedRun {
  /** In ms; NaN where it is none. */
  readonly time: number;
  private readonly requests: CapturedRequest[] = [];

  /** The lines that a shape has taken last; `first` is the number of the first of them in the file, counted from 1. */
  constructor(private readonly shape: CaptureShape, private readonly file: string, private readonly first: number, readonly size: number) {
    this.time = this.located(0).time;
  }

  /** Whether the analyzer itself asked, to explain the model. */
  get isOurs(): boolean {
    return this.request(0).isOurs;
  }

  line(index: number): Line {
    const { start, end } = this.shape.lineAt(index);
    return new Line(this.file, this.first + index, start, end);
  }

  request(index: number): CapturedRequest {
    return this.requests[index] ??= CapturedRequest.at(this.located(index), this.time);
  }

  /** Rows of the requests from one on, their sides beside each other, as long as they are plain and have `width` columns. */
  plainRows(from: number, sides: readonly CaptureIndexName[], width: number): PlainRows | undefined {
    const parts = sidesInOrder(sides).flatMap(side => this.plainPart(side, from) ?? []);
    const isWhole = parts.length === sides.length && parts.reduce((sum, part) => sum + part.width, 0) === width;
    return isWhole ? PlainRows.of(parts, this.shape.stride, this.size - from) : undefined;
  }

  private plainPart(side: CaptureIndexName, index: number): PlainPart | undefined {
    const [spans, first] = [this.shape.addressOf(side, index), this.shape.find(side, index)];
    const width = first === undefined ? -1 : theKernel().calls.plainWidth(first.start, first.end);
    return spans === undefined || width === -1 ? undefined : { spans, width };
  }

  private located(index: number): LocatedCapture {
    return new LocatedCapture(this.shape, index);
  }
}
