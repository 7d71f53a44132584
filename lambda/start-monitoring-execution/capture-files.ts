import { CaptureSource, Window, captureFileTime, captureFolderUri, hourOfPath, hourPath } from '../../lib/contract';

const HOUR = 3_600_000;
/** A file bears the time of its first record and runs on for a minute; two allow for a late one. */
const RUN_ON = 2 * 60_000;

/** Folders of the hours whose files may hold records of a window: its own, and the one before. */
export function captureHours(capture: CaptureSource, { start, end }: Window): string[] {
  const first = Date.parse(start) - HOUR;
  const count = (Date.parse(end) - first) / HOUR;
  return Array.from({ length: count }, (_, index) => `${captureFolderUri(capture)}/${hourPath(new Date(first + index * HOUR))}/`);
}

/** Whether a file begins before a window, so that only its records tell whether it reaches into it. */
export function beginsBefore(fileUri: string, { start }: Window): boolean {
  return (captureFileTime(fileUri) ?? hourOfPath(fileUri) ?? Infinity) < Date.parse(start);
}

/** Whether a capture file holds a record of a window. Its lines are not judged here: only the times in them are looked at. */
export function holdsRecords(text: string, { start, end }: Window): boolean {
  const times = [...text.matchAll(/"inferenceTime"\s*:\s*"([^"]+)"/g)].map(([, time]) => Date.parse(time ?? ''));
  return times.some(time => time >= Date.parse(start) && time < Date.parse(end));
}

/** Whether a file may hold records of a window, by the time in its name; what no endpoint wrote may have any name in the hours that are listed. */
export function mayHoldRecords(fileUri: string, { start, end }: Window, { endpointName }: CaptureSource): boolean {
  const time = captureFileTime(fileUri);
  if (time === undefined) return endpointName === undefined && /\/[^/._][^/]*\.jsonl$/.test(fileUri);
  return time >= Date.parse(start) - RUN_ON && time < Date.parse(end);
}
