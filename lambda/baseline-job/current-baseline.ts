import { BaselineAttempt, CurrentBaseline } from '../../lib/contract';
import { parseJson } from '../shared/parse';
import { ABSENT, S3Files } from '../shared/s3-files';
import { currentBaselineSchema } from '../shared/schemas';

/** Notes in current.json how an attempt ended. A baseline stays where that of a newer dataset is finished, and where an attempt failed. */
export async function noteEnd(files: S3Files, { currentUri, ...attempt }: BaselineAttempt, failure?: CurrentBaseline['failure'], kmsKeyId?: string): Promise<void> {
  let written: string | undefined;
  // Another attempt's end may be noted in between; then it is looked at again.
  while (written === undefined) {
    const file = await files.find(currentUri);
    const current = file === undefined ? {} : parseJson(currentBaselineSchema, file.text, currentUri);
    const next = failure === undefined ? succeeded(current, attempt) : failed(current, failure);
    if (next === undefined) return;
    written = await files.writeJson(currentUri, next, { kmsKeyId, expected: file?.etag ?? ABSENT });
  }
}

/** `undefined` when nothing changes. */
function succeeded({ datasetTime, failure }: CurrentBaseline, attempt: Omit<BaselineAttempt, 'currentUri'>): CurrentBaseline | undefined {
  if (isNewer(datasetTime, attempt.datasetTime)) return undefined;
  return {
    files: attempt.files,
    ...attempt.datasetTime !== undefined && { datasetTime: attempt.datasetTime },
    ...failure && isNewer(failure.datasetTime, attempt.datasetTime) && { failure },
  };
}

/** `undefined` when it is of no interest any more: a baseline of as new a dataset is finished, or an attempt with a newer one has failed. */
function failed(current: CurrentBaseline, failure: NonNullable<CurrentBaseline['failure']>): CurrentBaseline | undefined {
  const isOutdone = current.files !== undefined && !isNewer(failure.datasetTime, current.datasetTime);
  return isOutdone || isNewer(current.failure?.datasetTime, failure.datasetTime) ? undefined : { ...current, failure };
}

function isNewer(time: string | undefined, than: string | undefined): boolean {
  return time !== undefined && than !== undefined && Date.parse(time) > Date.parse(than);
}
