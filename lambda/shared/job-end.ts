import { DescribeProcessingJobCommandOutput } from '@aws-sdk/client-sagemaker';
import { failureReason } from './processing-job';

/** How a job ended, as far as results go. */
export interface JobEnd {
  readonly name: string;
  readonly time: Date;
  readonly durationSeconds: number;
  /** Absent when the job completed. */
  readonly failureReason?: string;
}

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
