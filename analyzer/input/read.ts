import { Window } from '../../lib/contract';
import { InputFormat } from '../job';
import { CapturedCounts, readCapture } from './capture';
import { readDataset } from './dataset';
import { RowSink } from './row';

/** Reads whatever a task has as its data. Without a window, all of it. */
export async function readInput(folder: string, format: InputFormat, window: Window | undefined, sink: RowSink): Promise<CapturedCounts> {
  if (!('sagemakerCaptureJson' in format)) return { captured: await readDataset(folder, format, sink), outsideWindow: 0 };
  const span = window ? { start: Date.parse(window.start), end: Date.parse(window.end) } : { start: -Infinity, end: Infinity };
  return readCapture(folder, format.sagemakerCaptureJson.captureIndexNames, span, sink);
}
