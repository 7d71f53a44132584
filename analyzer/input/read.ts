import { beginPhase } from '../progress';
import { InputFormat } from '../task';
import { Chunk } from './chunk';
import { CapturedRequest } from './captured-request';
import { CapturedRun } from './captured-run';
import { readCapture } from './capture';
import { readDataset } from './dataset';
import { sizeOf } from './files';
import { Origin, Row } from './row';
import { handOver } from './row-sink';
import { TimeSpan } from './time-span';
import { readTransforms } from './transform';

/** Takes whatever a task has as its data: requests of its window, or rows of a dataset. */
export interface InputReader {
  readonly span: TimeSpan;
  request(request: CapturedRequest, origin: Origin): void;
  /** Takes requests that follow each other; who does not tell how, is given each. */
  run?(run: CapturedRun): void;
  row(row: Row, origin: Origin): void;
  /** Takes rows that are stored by columns; who does not tell how, is given each. */
  chunk?(chunk: Chunk, first: Origin): void;
  reject(origin: Origin, reason: string): void;
  outside(count: number): void;
  /** Which of these columns it looks at; where it does not tell, at all of them. */
  wanted?(names: readonly string[]): readonly boolean[];
}

/** Reads the data of a task once, for several readers. */
export async function readInput(dataset: string, format: InputFormat, readers: readonly InputReader[]): Promise<void> {
  beginPhase({ doing: `reading ${dataset}`, total: { count: bytesOf(dataset, format), unit: 'bytes' } });
  if ('sagemakerCaptureJson' in format) {
    await readCapture(dataset, readers);
    return;
  }
  if ('transforms' in format) {
    await readTransforms(format.transforms, readers);
    return;
  }
  await readDataset(dataset, format, {
    row: (row, origin) => {
      for (const reader of readers) reader.row(row, origin);
    },
    chunk: (chunk, first) => {
      for (const reader of readers) handOver(chunk, first, reader);
    },
    reject: (origin, reason) => {
      for (const reader of readers) reader.reject(origin, reason);
    },
    wanted: names => names.map((_, index) => readers.some(reader => reader.wanted?.(names)[index] ?? true)),
  });
}

function bytesOf(dataset: string, format: InputFormat): number {
  if (!('transforms' in format)) return sizeOf(dataset);
  const files = format.transforms.files.flatMap(({ input, output }) => [input, output]);
  return files.reduce((sum, file) => sum + (file === undefined ? 0 : sizeOf(file.path)), 0);
}
