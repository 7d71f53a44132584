import * as z from 'zod';
import { Access, Location, regionalArn } from './aws-call';
import { AwsError } from './aws-error';
import { Operation, epochSeconds, operation } from './operation';
import { CreateProcessingJob, ProcessingJobRequest, processingJobName } from './processing-job-request';

/** How the player says that a job ended. */
export interface ProcessingJobEnd {
  readonly status: 'Completed' | 'Failed' | 'Stopped';
  readonly exitMessage?: string;
  readonly failureReason?: string;
  readonly startTime: Date;
  readonly endTime: Date;
}

/** A Processing job. */
export interface ProcessingJob {
  readonly request: ProcessingJobRequest;
  readonly arn: string;
  readonly creationTime: Date;
  /** Of the schedule of the managed service that began it. */
  readonly monitoringScheduleArn?: string;
  readonly end?: ProcessingJobEnd;
}

const ByName = z.object({ ProcessingJobName: processingJobName });

/** SageMaker's Processing jobs. They are created and described here; whoever listens runs them. */
export class ProcessingJobs {
  /** Jobs by name, oldest first. */
  readonly byName = new Map<string, ProcessingJob>();
  private readonly listeners: ((job: ProcessingJob) => void)[] = [];

  constructor(private readonly location: Location, private readonly clock: () => Date) {}

  /** Calls back with each job as it is created. */
  onCreated(listener: (job: ProcessingJob) => void): void {
    this.listeners.push(listener);
  }

  /** Creates a job, for a caller of the API or for the managed service itself. */
  begin(request: ProcessingJobRequest, monitoringScheduleArn?: string): ProcessingJob {
    const jobName = request.ProcessingJobName;
    if (this.byName.has(jobName)) throw new AwsError('ResourceInUse', `Job name must be unique within an AWS account and region, and a job with this name already exists (${this.arn(jobName)})`);
    const job: ProcessingJob = { request, arn: this.arn(jobName), creationTime: this.clock(), monitoringScheduleArn };
    this.byName.set(jobName, job);
    for (const listener of this.listeners) listener(job);
    return job;
  }

  /** Ends a job. */
  complete(jobName: string, end: ProcessingJobEnd): ProcessingJob {
    const job = { ...this.find(jobName), end };
    this.byName.set(jobName, job);
    return job;
  }

  readonly operations: Record<string, Operation> = {
    CreateProcessingJob: operation(CreateProcessingJob,
      request => this.createAccess(request),
      request => ({ ProcessingJobArn: this.begin(request).arn })),
    DescribeProcessingJob: operation(ByName,
      input => this.access('DescribeProcessingJob', input.ProcessingJobName),
      input => this.describe(this.find(input.ProcessingJobName))),
    StopProcessingJob: operation(ByName,
      input => this.access('StopProcessingJob', input.ProcessingJobName),
      input => this.stop(this.find(input.ProcessingJobName))),
  };

  private access(operationName: string, jobName: string, conditions: Record<string, string> = {}): Access {
    return { action: `sagemaker:${operationName}`, resource: this.arn(jobName), conditions };
  }

  private createAccess({ ProcessingJobName, ProcessingResources, NetworkConfig }: ProcessingJobRequest): Access {
    const { InstanceType, VolumeKmsKeyId } = ProcessingResources.ClusterConfig;
    return this.access('CreateProcessingJob', ProcessingJobName, {
      'sagemaker:InstanceTypes': InstanceType,
      'sagemaker:NetworkIsolation': String(NetworkConfig?.EnableNetworkIsolation ?? false),
      ...(VolumeKmsKeyId !== undefined && { 'sagemaker:VolumeKmsKey': VolumeKmsKeyId }),
    });
  }

  private arn(jobName: string): string {
    return regionalArn(this.location, 'sagemaker', `processing-job/${jobName}`);
  }

  private find(jobName: string): ProcessingJob {
    const job = this.byName.get(jobName);
    if (!job) throw new AwsError('ValidationException', `Could not find requested job with name: ${jobName}`);
    return job;
  }

  private describe({ request, arn, creationTime, end, monitoringScheduleArn }: ProcessingJob): unknown {
    return {
      ...request,
      Tags: undefined,
      ProcessingJobArn: arn,
      MonitoringScheduleArn: monitoringScheduleArn,
      ProcessingJobStatus: end?.status ?? 'InProgress',
      CreationTime: epochSeconds(creationTime),
      LastModifiedTime: epochSeconds(end?.endTime ?? creationTime),
      ...(end && {
        ProcessingStartTime: epochSeconds(end.startTime),
        ProcessingEndTime: epochSeconds(end.endTime),
        ExitMessage: end.exitMessage,
        FailureReason: end.failureReason,
      }),
    };
  }

  private stop(job: ProcessingJob): unknown {
    if (job.end) throw new AwsError('ValidationException', `The request was rejected because the processing job is in status ${job.end.status}.`);
    this.complete(job.request.ProcessingJobName, { status: 'Stopped', startTime: job.creationTime, endTime: this.clock() });
    return {};
  }
}
