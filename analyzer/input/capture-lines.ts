import { theKernel } from '../kernel/kernel';
import { CaptureShape, ShapedRecord } from './capture-shape';
import { CapturedRequest } from './captured-request';
import { Line } from './lines';
import { LocatedCapture, Span } from './located-capture';
import { Rejection } from './row';

/** As many shapes are remembered; who sends more is read by JSON.parse. */
const MAX_SHAPES = 8;

/** Makes requests of the lines of capture files, and remembers which shapes lines have. */
export class CaptureLines {
  private readonly kernel = theKernel();
  private readonly shapes: CaptureShape[] = [];
  /** The time that was read last, as it is written. */
  private written = Buffer.alloc(0);
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
    if (!this.isWritten(start, end)) {
      this.written = Buffer.from(this.kernel.bytes.subarray(start, end));
      this.time = Date.parse(JSON.parse(`"${this.kernel.text(start, end)}"`) as string);
    }
    return this.time;
  }

  private isWritten(start: number, end: number): boolean {
    const { kernel: { bytes }, written } = this;
    if (written.length !== end - start) return false;
    // The last digits differ first.
    for (let index = written.length - 1; index >= 0; index--) {
      if (bytes[start + index] !== written[index]) return false;
    }
    return true;
  }
}
