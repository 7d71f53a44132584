import path from 'node:path';
import { captureFileTime, hourOfPath } from '../../lib/contract';
import { CaptureLines } from './capture-lines';
import { CapturedRequest } from './captured-request';
import { folderOf, listFiles } from './files';
import { Line, readLines } from './lines';
import { attempt, Origin, Rejection } from './row';
import { contains, TimeSpan } from './time-span';

/** Takes what lies in a window. */
export interface CaptureReader {
  readonly span: TimeSpan;
  request(request: CapturedRequest, origin: Origin): void;
  reject(origin: Origin, reason: string): void;
  outside(): void;
}

/**
 * Reads capture files once for several readers: a file may hold up to a minute of the next hour, so each record's own time
 * decides. Requests that the analyzer itself sent are nobody's traffic.
 */
export async function readCapture(dataset: string, readers: readonly CaptureReader[]): Promise<void> {
  const folder = folderOf(dataset);
  const requests = new CaptureLines();
  for (const file of listFiles(dataset)) {
    for await (const lines of readLines(path.join(folder, file), file)) {
      for (const line of lines) readLine(line, requests, readers);
    }
  }
}

function readLine(line: Line, requests: CaptureLines, readers: readonly CaptureReader[]): void {
  const parsed = attempt(() => requests.request(line));
  if (!(parsed instanceof Rejection) && parsed.isOurs) return;
  for (const reader of readers) {
    if (!contains(reader.span, parsed instanceof Rejection ? timeOfFile(line, reader.span) : parsed.time)) reader.outside();
    else if (parsed instanceof Rejection) reader.reject(line, parsed.message);
    else reader.request(parsed, line);
  }
}

/** A line that does not tell its time counts where its file begins, so that the next window does not count it again. */
function timeOfFile({ file }: Origin, span: TimeSpan): number {
  return captureFileTime(file) ?? hourOfPath(file) ?? span.start;
}
