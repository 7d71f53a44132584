import path from 'node:path';
import { CaptureIndexName } from '../../lib/contract';
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

function readRecord(
  origin: Parameters<RowSink['row']>[1], sides: readonly CaptureIndexName[], span: TimeSpan, sink: RowSink, counts: CapturedCounts,
): void {
  try {
    const record = parseCaptureRecord(origin.record);
    const time = Date.parse(record.eventMetadata.inferenceTime);
    if (time < span.start || time >= span.end) {
      counts.outsideWindow++;
      return;
    }
    counts.captured++;
    for (const row of captureRows(record, sides)) sink.row(row, origin);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    sink.reject(origin, error.message);
  }
}
