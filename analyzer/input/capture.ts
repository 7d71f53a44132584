import path from 'node:path';
import { CaptureIndexName, captureFileTime } from '../../lib/contract';
import { captureRows, parseCaptureRecord } from './capture-record';
import { listFiles, readLines } from './files';
import { Rejection, RowSink } from './row';

/** Instants in ms, [start, end). */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** Records of the files read, inside the window and outside. */
export interface CapturedCounts {
  captured: number;
  outsideWindow: number;
}

/** Reads the capture files of a folder: a file may hold up to a minute of the next hour, so each record's own time decides. */
export async function readCapture(folder: string, sides: readonly CaptureIndexName[], span: TimeSpan, sink: RowSink): Promise<CapturedCounts> {
  const counts: CapturedCounts = { captured: 0, outsideWindow: 0 };
  for (const file of listFiles(folder)) {
    for await (const lines of readLines(path.join(folder, file))) {
      for (const { number, text } of lines) readRecord({ file, line: number, record: text }, sides, span, sink, counts);
    }
  }
  return counts;
}

type Origin = Parameters<RowSink['row']>[1];

function readRecord(origin: Origin, sides: readonly CaptureIndexName[], span: TimeSpan, sink: RowSink, counts: CapturedCounts): void {
  const parsed = attempt(() => parseCaptureRecord(origin.record));
  if (!contains(span, parsed instanceof Rejection ? timeOfFile(origin, span) : Date.parse(parsed.eventMetadata.inferenceTime))) {
    counts.outsideWindow++;
    return;
  }
  if (parsed instanceof Rejection) {
    sink.reject(origin, parsed.message);
    return;
  }
  counts.captured++;
  const rows = attempt(() => captureRows(parsed, sides));
  if (rows instanceof Rejection) sink.reject(origin, rows.message);
  else for (const row of rows) sink.row(row, origin);
}

/** A line that does not tell its time counts where its file begins, so that the next window does not count it again. */
function timeOfFile({ file }: Origin, span: TimeSpan): number {
  return captureFileTime(file) ?? span.start;
}

function contains({ start, end }: TimeSpan, time: number): boolean {
  return time >= start && time < end;
}

function attempt<T>(read: () => T): T | Rejection {
  try {
    return read();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}
