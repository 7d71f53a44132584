import { z } from 'zod';
import { Access, Location, regionalArn } from './aws-call';
import { AwsError } from './aws-error';
import { Operation, epochSeconds, operation } from './operation';

const name = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'must match [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}');
const s3Uri = z.string().regex(/^(https|s3):\/\/[^/]+\/?.*$/).max(1024);
const localPath = z.string().max(256);

const CreateProcessingJob = z.strictObject({
  ProcessingJobName: name,
  ProcessingInputs: z.array(z.strictObject({
    InputName: z.string(),
    AppManaged: z.boolean().optional(),
    S3Input: z.strictObject({
      S3Uri: s3Uri,
      LocalPath: localPath.optional(),
      S3DataType: z.enum(['ManifestFile', 'S3Prefix']),
      S3InputMode: z.enum(['Pipe', 'File']).optional(),
      S3DataDistributionType: z.enum(['FullyReplicated', 'ShardedByS3Key']).optional(),
      S3CompressionType: z.enum(['None', 'Gzip']).optional(),
    }),
  })).max(10).default([]),
  ProcessingOutputConfig: z.strictObject({
    Outputs: z.array(z.strictObject({
      OutputName: z.string(),
      AppManaged: z.boolean().optional(),
      S3Output: z.strictObject({ S3Uri: s3Uri, LocalPath: localPath.optional(), S3UploadMode: z.enum(['Continuous', 'EndOfJob']) }),
    })).max(10),
    KmsKeyId: z.string().max(2048).optional(),
  }).optional(),
  ProcessingResources: z.strictObject({
    ClusterConfig: z.strictObject({
      InstanceCount: z.number().int().min(1).max(100),
      InstanceType: z.string().regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/),
      VolumeSizeInGB: z.number().int().min(1).max(16384),
      VolumeKmsKeyId: z.string().max(2048).optional(),
    }),
  }),
  StoppingCondition: z.strictObject({ MaxRuntimeInSeconds: z.number().int().min(1).max(777600) }).optional(),
  AppSpecification: z.strictObject({
    ImageUri: z.string().min(1).max(255),
    ContainerEntrypoint: z.array(z.string().max(256)).max(100).optional(),
    ContainerArguments: z.array(z.string().max(256)).max(100).optional(),
  }),
  Environment: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/).max(256), z.string().max(256))
    .refine(variables => Object.keys(variables).length <= 100, 'must have at most 100 variables').optional(),
  NetworkConfig: z.strictObject({
    EnableInterContainerTrafficEncryption: z.boolean().optional(),
    EnableNetworkIsolation: z.boolean().optional(),
    VpcConfig: z.strictObject({ SecurityGroupIds: z.array(z.string()).min(1).max(5), Subnets: z.array(z.string()).min(1).max(16) }).optional(),
  }).optional(),
  RoleArn: z.string().min(20).max(2048).regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).max(50).optional(),
});

/** A CreateProcessingJob request as it was accepted. */
export type ProcessingJobRequest = z.output<typeof CreateProcessingJob>;

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
  readonly end?: ProcessingJobEnd;
}

const ByName = z.object({ ProcessingJobName: name });

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

  /** Ends a job. */
  complete(jobName: string, end: ProcessingJobEnd): ProcessingJob {
    const job = { ...this.find(jobName), end };
    this.byName.set(jobName, job);
    return job;
  }

  readonly operations: Record<string, Operation> = {
    CreateProcessingJob: operation(CreateProcessingJob, request => this.createAccess(request), request => this.create(request)),
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

  private create(request: ProcessingJobRequest): unknown {
    const jobName = request.ProcessingJobName;
    if (this.byName.has(jobName)) throw new AwsError('ResourceInUse', `Job name must be unique within an AWS account and region, and a job with this name already exists (${this.arn(jobName)})`);
    const job = { request, arn: this.arn(jobName), creationTime: this.clock() };
    this.byName.set(jobName, job);
    for (const listener of this.listeners) listener(job);
    return { ProcessingJobArn: job.arn };
  }

  private describe({ request, arn, creationTime, end }: ProcessingJob): unknown {
    return {
      ...request,
      Tags: undefined,
      ProcessingJobArn: arn,
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
