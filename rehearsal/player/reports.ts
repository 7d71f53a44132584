import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ExecutionResult, parseS3Uri } from '../../lib/contract';
import { S3 } from '../aws';

/** Writes an execution's reports to a folder of this machine, and says which. */
export function saveReports(s3: S3, { monitor, window, reportUri }: ExecutionResult, output: string): string {
  const { bucket, key } = parseS3Uri(reportUri);
  const folder = path.join(output, monitor, window.end.slice(0, 13).replace('T', '-'));
  for (const object of s3.list(bucket, `${key}/`)) {
    const file = path.join(folder, object.slice(key.length + 1));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, s3.get(bucket, object).body);
  }
  return folder;
}
