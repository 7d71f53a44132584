import { Text } from './pipeline-expressions';

/** What all jobs of a pipeline share. */
export interface PipelineJobSettings {
  readonly imageUri: string;
  readonly roleArn: string;
  readonly instanceType: string;
  readonly volumeSizeInGB: number;
  readonly maxRuntimeInSeconds: number;
  readonly volumeKmsKeyId?: string;
  readonly outputKmsKeyId?: string;
  readonly vpcConfig?: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] };
}

/** A file that a processing step writes and a condition reads. */
interface PropertyFile {
  readonly PropertyFileName: string;
  readonly OutputName: string;
  readonly FilePath: string;
}

/** A step of the pipeline. */
export interface PipelineStep {
  readonly Name: string;
  readonly Type: 'Processing' | 'Training' | 'Condition' | 'RegisterModel';
  readonly DependsOn?: readonly string[];
  readonly Arguments: Record<string, unknown>;
  readonly PropertyFiles?: readonly PropertyFile[];
  readonly RetryPolicies?: readonly object[];
}

/** A name, and where it lies in S3. */
export type Locations = Record<string, Text>;

const PROCESSING_INPUT = '/opt/ml/processing/input';
const PROCESSING_OUTPUT = '/opt/ml/processing/output';

/** What passes by itself: nothing that is wrong with data or code is tried again. */
const RETRY_POLICIES = [
  { ExceptionType: ['Step.SERVICE_FAULT', 'Step.THROTTLING'], IntervalSeconds: 30, BackoffRate: 2, MaxAttempts: 5 },
  { ExceptionType: ['SageMaker.JOB_INTERNAL_ERROR', 'SageMaker.CAPACITY_ERROR'], IntervalSeconds: 60, BackoffRate: 2, MaxAttempts: 5 },
];

/** A Processing job that runs one verb of the image; its inputs and outputs lie in folders of their names. */
export function processingStep(name: string, settings: PipelineJobSettings, inputs: Locations, outputs: Locations): PipelineStep {
  return {
    Name: name,
    Type: 'Processing',
    RetryPolicies: RETRY_POLICIES,
    Arguments: {
      AppSpecification: { ImageUri: settings.imageUri, ContainerArguments: [name] },
      RoleArn: settings.roleArn,
      ProcessingInputs: Object.entries(inputs).map(([input, uri]) => processingInput(input, uri)),
      ProcessingOutputConfig: {
        Outputs: Object.entries(outputs).map(([output, uri]) => processingOutput(output, uri)),
        KmsKeyId: settings.outputKmsKeyId,
      },
      ProcessingResources: { ClusterConfig: cluster(settings) },
      NetworkConfig: { EnableNetworkIsolation: true, VpcConfig: settings.vpcConfig },
      StoppingCondition: stoppingCondition(settings),
    },
  };
}

/** A training job, isolated from every network; each channel lies in the folder of its name. */
export function trainingStep(
  name: string,
  settings: PipelineJobSettings,
  channels: Locations,
  outputPath: Text,
  hyperparameters: Record<string, string>,
): PipelineStep {
  return {
    Name: name,
    Type: 'Training',
    RetryPolicies: RETRY_POLICIES,
    Arguments: {
      AlgorithmSpecification: { TrainingImage: settings.imageUri, TrainingInputMode: 'File' },
      RoleArn: settings.roleArn,
      HyperParameters: hyperparameters,
      InputDataConfig: Object.entries(channels).map(([channel, uri]) => trainingChannel(channel, uri)),
      OutputDataConfig: { S3OutputPath: outputPath, KmsKeyId: settings.outputKmsKeyId },
      ResourceConfig: cluster(settings),
      EnableNetworkIsolation: true,
      VpcConfig: settings.vpcConfig,
      StoppingCondition: stoppingCondition(settings),
    },
  };
}

function processingInput(name: string, uri: Text): object {
  return {
    InputName: name,
    S3Input: { S3Uri: uri, LocalPath: `${PROCESSING_INPUT}/${name}`, S3DataType: 'S3Prefix', S3InputMode: 'File' },
  };
}

function processingOutput(name: string, uri: Text): object {
  return { OutputName: name, S3Output: { S3Uri: uri, LocalPath: `${PROCESSING_OUTPUT}/${name}`, S3UploadMode: 'EndOfJob' } };
}

function trainingChannel(name: string, uri: Text): object {
  return {
    ChannelName: name,
    ContentType: 'text/csv',
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: uri, S3DataDistributionType: 'FullyReplicated' } },
  };
}

function cluster({ instanceType, volumeSizeInGB, volumeKmsKeyId }: PipelineJobSettings): object {
  return { InstanceCount: 1, InstanceType: instanceType, VolumeSizeInGB: volumeSizeInGB, VolumeKmsKeyId: volumeKmsKeyId };
}

function stoppingCondition({ maxRuntimeInSeconds }: PipelineJobSettings): object {
  return { MaxRuntimeInSeconds: maxRuntimeInSeconds };
}
