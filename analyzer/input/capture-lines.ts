import { CaptureShape, ShapedRecord } from './capture-shape';
import { CapturedRequest } from './captured-request';
import { Line } from './lines';
import { LocatedCapture } from './located-capture';
import { Rejection } from './row';

/** As many shapes are remembered; who sends more is read by JSON.parse. */
const MAX_SHAPES = 8;

/** Makes requests of the lines of capture files, and remembers which shapes lines have. */
export class CaptureLines {
  private readonly shapes: CaptureShape[] = [];
  private lastTime: { readonly text: string; readonly time: number } = { text: '', time: NaN };

  /** Throws a Rejection where the line is no capture record. */
  request(line: Line): CapturedRequest {
    return this.locatedRequest(line) ?? this.parsedRequest(line);
  }

  private locatedRequest(line: Line): CapturedRequest | undefined {
    for (const shape of this.shapes) {
      const spans = shape.spansIn(line);
      if (spans !== undefined) return this.at(new LocatedCapture(line, shape, spans));
    }
    return undefined;
  }

  private at(located: LocatedCapture): CapturedRequest | undefined {
    const time = this.timeOf(located.inferenceTime ?? '');
    return Number.isNaN(time) ? undefined : CapturedRequest.at(located, time);
  }

  private parsedRequest(line: Line): CapturedRequest {
    if (!line.isReadable) throw new Rejection('line is not UTF-8');
    const { text } = line;
    const request = CapturedRequest.parse(text);
    const shape = this.shapes.length < MAX_SHAPES ? CaptureShape.of(text, request.record as unknown as ShapedRecord) : undefined;
    if (shape !== undefined) this.shapes.push(shape);
    return request;
  }

  /** Lines that follow each other often have the same second. */
  private timeOf(text: string): number {
    if (text !== this.lastTime.text) this.lastTime = { text, time: Date.parse(text) };
    return this.lastTime.time;
  }
}
