import path from 'node:path';
import { captureFileTime, hourOfPath } from '../../lib/contract';
import { CaptureLines } from './capture-lines';
import { CapturedRequest } from './captured-request';
import { CapturedRun } from './captured-run';
import { readBytes } from './file-bytes';
import { folderOf, listFiles } from './files';
import { Line } from './lines';
import { Origin, Rejection } from './row';
import { contains, TimeSpan } from './time-span';

/** Takes what lies in a window. */
export interface CaptureReader {
  readonly span: TimeSpan;
  request(request: CapturedRequest, origin: Origin): void;
  /** Takes requests that follow each other; who does not tell how, is given each. */
  run?(run: CapturedRun): void;
  reject(origin: Origin, reason: string): void;
  outside(count: number): void;
}

/**
 * Reads capture files once for several readers: a file may hold up to a minute of the next hour, so each record's own time
 * decides. Requests that the analyzer itself sent are nobody's traffic.
 */
export async function readCapture(dataset: string, readers: readonly CaptureReader[]): Promise<void> {
  const folder = folderOf(dataset);
  const lines = new CaptureLines({
    run: (run) => {
      takeRun(run, readers);
    },
    line: (line, request) => {
      takeLine(line, request, readers);
    },
  });
  for (const file of listFiles(dataset)) {
    let number = 0;
    await readBytes(path.join(folder, file), (bytes) => {
      number = lines.take(bytes, file, number);
    });
  }
}

function takeRun(run: CapturedRun, readers: readonly CaptureReader[]): void {
  if (run.isOurs) return;
  for (const reader of readers) {
    if (!contains(reader.span, run.time)) reader.outside(run.size);
    else if (reader.run !== undefined) reader.run(run);
    else for (let index = 0; index < run.size; index++) reader.request(run.request(index), run.line(index));
  }
}

function takeLine(line: Line, request: CapturedRequest | Rejection, readers: readonly CaptureReader[]): void {
  if (!(request instanceof Rejection) && request.isOurs) return;
  for (const reader of readers) {
    if (!contains(reader.span, request instanceof Rejection ? timeOfFile(line, reader.span) : request.time)) reader.outside(1);
    else if (request instanceof Rejection) reader.reject(line, request.message);
    else reader.request(request, line);
  }
}

/** A line that does not tell its time counts where its file begins, so that the next window does not count it again. */
function timeOfFile({ file }: Origin, span: TimeSpan): number {
  return captureFileTime(file) ?? hourOfPath(file) ?? span.start;
}
