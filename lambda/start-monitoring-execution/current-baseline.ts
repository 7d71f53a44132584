import { MonitorConfig } from '../../lib/contract';
import { parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';
import { currentBaselineSchema } from '../shared/schemas';
import { JoblessEnd } from './jobless-end';

/** A monitor that knows its baseline's files; or why there are none. */
export type FoundBaseline = { readonly monitor: MonitorConfig; readonly end?: JoblessEnd };

/** Looks up which baseline is the newest, where that changes without a deployment or is finished after it. */
export async function findBaseline(files: S3Files, monitor: MonitorConfig): Promise<FoundBaseline> {
  const { currentUri } = monitor.baseline;
  if (currentUri === undefined) return { monitor };
  const file = await files.find(currentUri);
  const current = file && parseJson(currentBaselineSchema, file.text, currentUri);
  if (current?.files) return { monitor: { ...monitor, baseline: { currentUri, ...current.files } } };
  if (!current?.failure) return { monitor, end: { status: 'BaselinePending' } };
  return { monitor, end: { status: 'Failed', failureReason: `baseline failed: ${current.failure.reason}` } };
}
