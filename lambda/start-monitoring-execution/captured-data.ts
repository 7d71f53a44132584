import { CaptureSource, ContainerPath, TransformedFile, Window, captureFolderUri } from '../../lib/contract';
import { ReadOptions, S3Files } from '../shared/s3-files';
import { beginsBefore, captureHours, holdsRecords, mayHoldRecords } from './capture-files';
import { transformedFiles } from './transformed-files';

/** Files that a job is given. */
export interface JobData {
  /** Name of the job's input, and of its manifest. */
  readonly name: string;
  readonly localPath: string;
  /** Folder that all of them lie below, with its trailing slash. */
  readonly folder: string;
  readonly uris: readonly string[];
}

/** What was captured in the windows of an execution. */
export interface CapturedData {
  readonly data: readonly JobData[];
  readonly transforms?: readonly TransformedFile[];
}

/** Finds what was captured in some windows; `undefined` when it is nothing. */
export async function capturedData(files: S3Files, capture: CaptureSource, windows: readonly Window[]): Promise<CapturedData | undefined> {
  return capture.transform === undefined ? records(files, capture, windows) : transformed(files, capture, windows);
}

async function records(files: S3Files, capture: CaptureSource, windows: readonly Window[]): Promise<CapturedData | undefined> {
  const found = await Promise.all(windows.map(window => recordsOf(files, capture, window)));
  if (!found.some(({ any }) => any)) return undefined;
  const uris = found.flatMap(({ uris }) => uris);
  return { data: [{ name: 'capture', localPath: ContainerPath.DATASET, folder: `${captureFolderUri(capture)}/`, uris }] };
}

/** The files of a window, and whether a record of it is in them. */
async function recordsOf(files: S3Files, capture: CaptureSource, window: Window): Promise<{ readonly uris: string[]; readonly any: boolean }> {
  const owner = { bucketOwner: capture.bucketOwner };
  const hours = await Promise.all(captureHours(capture, window).map(hour => files.list(hour, owner)));
  const uris = hours.flat().filter(uri => mayHoldRecords(uri, window, capture));
  return { uris, any: await anyRecord(files, uris, window, owner) };
}

/** An hour's last file may reach into a silent hour or not: it is opened when no other file tells that there was traffic. */
async function anyRecord(files: S3Files, uris: readonly string[], window: Window, owner: ReadOptions): Promise<boolean> {
  if (!uris.every(uri => beginsBefore(uri, window))) return true;
  const texts = await Promise.all(uris.map(uri => files.read(uri, owner)));
  return texts.some(text => holdsRecords(text, window));
}

async function transformed(files: S3Files, capture: CaptureSource, windows: readonly Window[]): Promise<CapturedData | undefined> {
  const transforms = await transformedFiles(files, capture, windows);
  if (transforms.length === 0) return undefined;
  const { inputUri, outputUri } = capture.transform ?? {};
  const side = (name: string, localPath: string, uri: string | undefined, paths: readonly (string | undefined)[]): JobData[] =>
    uri === undefined ? [] : [{ name, localPath, folder: `${uri}/`, uris: paths.flatMap(path => path === undefined ? [] : `${uri}/${path}`) }];
  return {
    transforms,
    data: [
      ...side('transform-input', ContainerPath.TRANSFORM_INPUT, inputUri, transforms.map(({ input }) => input)),
      ...side('transform-output', ContainerPath.TRANSFORM_OUTPUT, outputUri, transforms.map(({ output }) => output)),
    ],
  };
}
