import { CaptureShape, ShapedRecord } from './capture-shape';
import { CapturedRequest } from './captured-request';
import { CapturedRun } from './captured-run';
import { FileBytes } from './file-bytes';
import { Line, takeLine } from './lines';
import { attempt, Rejection } from './row';

/** As many shapes are remembered; who sends more is read by JSON.parse. */
const MAX_SHAPES = 8;

/** Takes what capture files hold, in its order. */
export interface CaptureSink {
  run(run: CapturedRun): void;
  /** A line that is in no run, and its request or why it is none. */
  line(line: Line, request: CapturedRequest | Rejection): void;
}

/** Reads the lines of capture files, in runs where it can, and remembers which shapes lines have. */
export class CaptureLines {
  private readonly shapes: CaptureShape[] = [];

  constructor(private readonly sink: CaptureSink) {}

  /** Reads the lines that are there as a whole, after so many others of the file; returns how many there were by then. */
  take(bytes: FileBytes, file: string, before: number): number {
    let number = before;
    while (bytes.start < bytes.end) {
      const run = this.nextRun(bytes, file, number);
      if (run === undefined) {
        const line = takeLine(bytes, file, number);
        if (line === undefined) break;
        number++;
        if (!line.isBlank) this.takeLine(line);
      } else {
        number += run.size;
        this.takeRun(run);
      }
    }
    return number;
  }

  private nextRun(bytes: FileBytes, file: string, before: number): CapturedRun | undefined {
    for (const shape of this.shapes) {
      const size = shape.take(bytes);
      if (size > 0) return new CapturedRun(shape, file, before + 1, size);
    }
    return undefined;
  }

  private takeRun(run: CapturedRun): void {
    if (!Number.isNaN(run.time)) this.sink.run(run);
    else for (let index = 0; index < run.size; index++) this.takeLine(run.line(index));
  }

  private takeLine(line: Line): void {
    this.sink.line(line, attempt(() => this.parse(line)));
  }

  private parse(line: Line): CapturedRequest {
    if (!line.isReadable) throw new Rejection('line is not UTF-8');
    const text = line.record;
    const request = CapturedRequest.parse(text);
    this.remember(text, request);
    return request;
  }

  /** Lines of a known shape may come here as well, where an escape is in their id. */
  private remember(text: string, { record }: CapturedRequest): void {
    if (this.shapes.length === MAX_SHAPES) return;
    const shape = CaptureShape.of(text, record as unknown as ShapedRecord);
    if (shape !== undefined && !this.shapes.some(known => known.equals(shape))) this.shapes.push(shape);
  }
}
