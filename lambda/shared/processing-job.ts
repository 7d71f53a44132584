import {
  CreateProcessingJobCommand, CreateProcessingJobCommandInput, DescribeProcessingJobCommandOutput, ProcessingInput, ProcessingInstanceType,
  ProcessingOutput, ResourceInUse, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { JobConfig } from '../../lib/contract';

/** What a Processing job gets from S3: a file or folder, or the files that a manifest names. */
export function processingInput(name: string, uri: string, localPath: string, type: 'S3Prefix' | 'ManifestFile' = 'S3Prefix'): ProcessingInput {
  return {
    InputName: name,
    S3Input: { S3Uri: uri, LocalPath: localPath, S3DataType: type, S3InputMode: 'File', S3DataDistributionType: 'FullyReplicated' },
  };
}

/** What is particular to one Processing job. */
export interface ProcessingJobParts {
  readonly name: string;
  readonly inputs: readonly ProcessingInput[];
  readonly outputs: readonly ProcessingOutput[];
  readonly outputKmsKeyId?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Creates a Processing job; false when there is one of that name. */
export async function createProcessingJob(sageMaker: SageMakerClient, job: JobConfig, parts: ProcessingJobParts): Promise<boolean> {
  try {
    await sageMaker.send(new CreateProcessingJobCommand(request(job, parts)));
    return true;
  } catch (error) {
    if (error instanceof ResourceInUse) return false;
    throw error;
  }
}

/** Why a job failed: in the container's own words first, then in SageMaker's. */
export function failureReason({ ExitMessage, FailureReason, ProcessingJobStatus }: DescribeProcessingJobCommandOutput): string {
  const reasons = [ExitMessage, FailureReason].filter(reason => reason !== undefined && reason !== '');
  return reasons.join(' – ') || `SageMaker says ${ProcessingJobStatus ?? 'nothing'} and gives no reason`;
}

function request(job: JobConfig, { name, inputs, outputs, outputKmsKeyId, environment }: ProcessingJobParts): CreateProcessingJobCommandInput {
  return {
    ProcessingJobName: name,
    RoleArn: job.roleArn,
    AppSpecification: { ImageUri: job.imageUri },
    ProcessingResources: {
      ClusterConfig: {
        InstanceCount: job.instanceCount,
        InstanceType: job.instanceType as ProcessingInstanceType,
        VolumeSizeInGB: job.volumeSizeInGB,
        VolumeKmsKeyId: job.volumeKmsKeyId,
      },
    },
    ProcessingInputs: [...inputs],
    ProcessingOutputConfig: { Outputs: [...outputs], KmsKeyId: outputKmsKeyId },
    Environment: { ...environment },
    StoppingCondition: { MaxRuntimeInSeconds: job.maxRuntimeInSeconds },
    NetworkConfig: {
      EnableNetworkIsolation: job.networkIsolation,
      EnableInterContainerTrafficEncryption: job.instanceCount > 1,
      ...(job.subnets && job.securityGroupIds && { VpcConfig: { Subnets: [...job.subnets], SecurityGroupIds: [...job.securityGroupIds] } }),
    },
  };
}
