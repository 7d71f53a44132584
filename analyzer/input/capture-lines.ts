import { theKernel } from '../kernel/kernel';
import { CaptureShape, ShapedRecord } from './capture-shape';
import { CapturedRequest } from './captured-request';
import { Line } from './lines';
import { LocatedCapture, Span } from './located-capture';
import { Rejection } from './row';

/** As many shapes are remembered; who sends more is read by JSON.parse. */
const MAX_SHAPES = 8;
/** In bytes. What is longer is not kept, and so read again. */
const LONGEST_TIME = 64;
/** The size of no text. */
const NONE = -1;

/** Makes requests of the lines of capture files, and remembers which shapes lines have. */
export class CaptureLines {
  private readonly kernel = theKernel();
  private readonly shapes: CaptureShape[] = [];
  /** The time that was read last, as it is written: where it lies in the kernel, and its size. */
  private readonly written = this.kernel.allocate(LONGEST_TIME);
  private size = NONE;
  private time = NaN;

  /** Throws a Rejection where the line is no capture record. */
  request(line: Line): CapturedRequest {
    return this.locatedRequest(line) ?? this.parsedRequest(line);
  }

  private locatedRequest(line: Line): CapturedRequest | undefined {
    for (const shape of this.shapes) {
      if (shape.isOf(line)) return this.at(new LocatedCapture(line, shape));
    }
    return undefined;
  }

  private at(located: LocatedCapture): CapturedRequest | undefined {
    const time = located.inferenceTime === undefined ? NaN : this.timeAt(located.inferenceTime);
    return Number.isNaN(time) ? undefined : CapturedRequest.at(located, time);
  }

  private parsedRequest(line: Line): CapturedRequest {
    if (!line.isReadable) throw new Rejection('line is not UTF-8');
    const text = line.record;
    const request = CapturedRequest.parse(text);
    const shape = this.shapes.length < MAX_SHAPES ? CaptureShape.of(text, request.record as unknown as ShapedRecord) : undefined;
    if (shape !== undefined) this.shapes.push(shape);
    return request;
  }

  /** Lines that follow each other often have the same second. */
  private timeAt({ start, end }: Span): number {
    const { kernel: { calls, bytes }, written, size } = this;
    if (end - start !== size || calls.areEqual(written, start, size) === 0) {
      this.size = end - start > LONGEST_TIME ? NONE : bytes.copy(bytes, written, start, end);
      this.time = Date.parse(JSON.parse(`"${this.kernel.text(start, end)}"`) as string);
    }
    return this.time;
  }
}
