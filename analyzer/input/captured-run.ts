import { CaptureIndexName } from '../../lib/contract';
import { theKernel } from '../kernel/kernel';
import type { CaptureShape } from './capture-shape';
import { CapturedRequest, sidesInOrder } from './captured-request';
import { Line, Span } from './lines';
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

  /** `first` is the number of its first line in the file, counted from 1. */
  constructor(private readonly shape: CaptureShape, private readonly file: string, private readonly first: number, readonly size: number) {
    const { start, end } = shape.spanOf(shape.positions.inferenceTime, 0);
    this.time = Date.parse(JSON.parse(`"${theKernel().text(start, end)}"`) as string);
  }

  /** Whether the analyzer itself asked, to explain the model. */
  get isOurs(): boolean {
    return this.request(0).isOurs;
  }

  line(index: number): Line {
    const { start, end } = this.shape.lineOf(index);
    return new Line(this.file, this.first + index, start, end);
  }

  request(index: number): CapturedRequest {
    return this.requests[index] ??= CapturedRequest.at(new LocatedCapture(this, index), this.time);
  }

  /** Where a value of a request stands; nothing where lines of its shape do not have it. */
  span(name: keyof CaptureShape['positions'], index: number): Span | undefined {
    const position = this.shape.positions[name];
    return position === undefined ? undefined : this.shape.spanOf(position, index);
  }

  /** Rows of the requests from one on, their sides beside each other, as long as they are plain and have `width` columns. */
  plainRows(from: number, sides: readonly CaptureIndexName[], width: number): PlainRows | undefined {
    const parts = sidesInOrder(sides).flatMap(side => this.plainPart(side, from) ?? []);
    const isWhole = parts.length === sides.length && parts.reduce((sum, part) => sum + part.width, 0) === width;
    return isWhole ? PlainRows.of(parts, this.shape.stride, this.size - from) : undefined;
  }

  private plainPart(side: CaptureIndexName, index: number): PlainPart | undefined {
    const { shape, shape: { positions: { [side]: position } } } = this;
    if (position === undefined) return undefined;
    const { start, end } = shape.spanOf(position, index);
    const width = theKernel().calls.plainWidth(start, end);
    return width === -1 ? undefined : { spans: shape.addressOf(position, index), width };
  }
}
