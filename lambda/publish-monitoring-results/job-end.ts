import { DescribeProcessingJobCommandOutput } from '@aws-sdk/client-sagemaker';
import { failureReason } from '../shared/processing-job';
import { JobEnd } from './execution-result';

/** How a Processing job ended; undefined while it runs. */
export function jobEnd(job: DescribeProcessingJobCommandOutput): JobEnd | undefined {
  const { ProcessingJobName: name, ProcessingJobStatus: status } = job;
  if (name === undefined || (status !== 'Completed' && status !== 'Failed' && status !== 'Stopped')) return undefined;
  const time = job.ProcessingEndTime ?? job.LastModifiedTime ?? job.CreationTime ?? new Date();
  const started = job.ProcessingStartTime ?? time;
  return {
    name,
    time,
    durationSeconds: (time.getTime() - started.getTime()) / 1000,
    ...(status !== 'Completed' && { failureReason: failureReason(job) }),
  };
}
