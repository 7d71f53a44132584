import { ExecutionResult, ScheduleConfig, latestUri } from '../../lib/contract';
import { parseJson } from '../shared/parse';
import { ABSENT, S3Files } from '../shared/s3-files';
import { executionResultSchema } from '../shared/schemas';

/** Makes a result the newest of its monitor, unless there is one of a later window. */
export async function writeLatest(files: S3Files, { output }: Pick<ScheduleConfig, 'output'>, result: ExecutionResult): Promise<void> {
  const uri = latestUri(output.uri, result.endpoint, result.monitor);
  let written: string | undefined;
  // Another window's result may be written in between; then it is looked at again.
  while (written === undefined) {
    const file = await files.find(uri);
    if (file && Date.parse(parseJson(executionResultSchema, file.text, uri).window.end) > Date.parse(result.window.end)) return;
    written = await files.writeJson(uri, result, { kmsKeyId: output.kmsKeyId, expected: file?.etag ?? ABSENT });
  }
}
