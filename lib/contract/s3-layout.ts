import { CaptureSource } from './capture-source';
import { ScheduleConfig, Window } from './execution';

const HOUR = 3_600_000;

/** `yyyy/mm/dd/hh` of an instant, UTC. */
export function hourPath(instant: Date | string): string {
  return new Date(instant).toISOString().slice(0, 13).replace(/[-T]/g, '/');
}

/** Folder that holds the years of captures, no trailing slash. */
export function captureFolderUri({ uri, endpointName, variantName }: CaptureSource): string {
  return [uri, endpointName, variantName].filter(part => part !== undefined).join('/');
}

/** Milliseconds of the hour in whose folder a file lies; `undefined` where it lies in none. */
export function hourOfPath(path: string): number | undefined {
  const [, day, hour] = /(\d{4}\/\d\d\/\d\d)\/(\d\d)\/[^/]*$/.exec(path) ?? [];
  return day === undefined ? undefined : Date.parse(`${day.replaceAll('/', '-')}T${hour ?? ''}:00:00Z`);
}

/** Milliseconds of the first record of a capture file, by its name `…/yyyy/mm/dd/hh/MM-SS-mmm-….jsonl`; `undefined` for another name. */
export function captureFileTime(path: string): number | undefined {
  const [, day, hour, minute, second, milliseconds] = /(\d{4}\/\d\d\/\d\d)\/(\d\d)\/(\d\d)-(\d\d)-(\d{3})-[^/]*\.jsonl$/.exec(path) ?? [];
  if (day === undefined) return undefined;
  return Date.parse(`${day.replaceAll('/', '-')}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${milliseconds ?? ''}Z`);
}

/** Folder of an hour of ground truth, with its trailing slash; the hour is when the labels were collected. */
export function groundTruthHourUri(groundTruthUri: string, hour: Date | string): string {
  return `${groundTruthUri}/${hourPath(hour)}/`;
}

/** Folder of a schedule or of one of its monitors, no trailing slash; that of an endpoint lies below the endpoint's name. */
export function outputFolderUri(outputUri: string, endpoint: string | undefined, name: string): string {
  return [outputUri, endpoint, name].filter(part => part !== undefined).join('/');
}

/** Folder that a monitor's reports of one window go to: as the service has it, the hour is the window's end. */
export function reportUri(outputUri: string, endpoint: string | undefined, monitor: string, window: Window): string {
  return `${outputFolderUri(outputUri, endpoint, monitor)}/${hourPath(window.end)}`;
}

/** Folder that an execution's manifest.json and config.json go to. */
export function executionInputUri(outputUri: string, endpoint: string | undefined, schedule: string, window: Window): string {
  return `${outputFolderUri(outputUri, endpoint, schedule)}/${hourPath(window.end)}/input`;
}

/** The newest result of a monitor. */
export function latestUri(outputUri: string, endpoint: string | undefined, monitor: string): string {
  return `${outputFolderUri(outputUri, endpoint, monitor)}/latest.json`;
}

/** The window of so many whole hours up to the last full one. */
export function windowOf(time: string, cadenceHours: number): Window {
  const end = Math.floor(Date.parse(time) / HOUR) * HOUR;
  return { start: new Date(end - cadenceHours * HOUR).toISOString(), end: new Date(end).toISOString() };
}

/** The window that a scheduled time closes; transform jobs are given the time to end. */
export function scheduledWindow(time: string, { cadenceHours, capture }: Pick<ScheduleConfig, 'cadenceHours' | 'capture'>): Window {
  return delayedWindow(windowOf(time, cadenceHours), capture.transform?.longestHours ?? 0);
}

/** The window whose requests are analysed, where labels take `labelDelayHours`. */
export function delayedWindow({ start, end }: Window, labelDelayHours: number): Window {
  const earlier = (instant: string): string => new Date(Date.parse(instant) - labelDelayHours * HOUR).toISOString();
  return { start: earlier(start), end: earlier(end) };
}

/** Splits `s3://bucket/key`. */
export function parseS3Uri(uri: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) throw new TypeError(`not an S3 URI: ${JSON.stringify(uri)}`);
  return { bucket, key };
}

/** Names of the files that an execution or a baseline job writes. */
export const ReportFile = {
  STATISTICS: 'statistics.json',
  CONSTRAINTS: 'constraints.json',
  VIOLATIONS: 'constraint_violations.json',
  METRICS: 'metrics.jsonl',
  /** Of bias and explainability: what statistics and constraints are in the other two. */
  ANALYSIS: 'analysis.json',
  /** Which baseline is the newest, where that changes without a deployment. */
  CURRENT: 'current.json',
  SUMMARY: 'summary.json',
  REJECTED: 'rejected.jsonl',
  REPORT: 'report.html',
} as const;
