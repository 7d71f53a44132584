import { MonitorType } from '../../../lib/contract';
import { Deployment } from '../../assembly/deployment';
import { TemplateResource } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { ProcessingJobRequest } from '../../aws';

/** Where a definition's captures come from, and where in them the prediction is. */
export interface EndpointInput {
  readonly EndpointName: string;
  readonly LocalPath: string;
  readonly StartTimeOffset?: string;
  readonly EndTimeOffset?: string;
  readonly InferenceAttribute?: string;
  readonly ProbabilityAttribute?: string;
  readonly ProbabilityThresholdAttribute?: number;
}

/** A job definition of the template, whichever its monitor is. */
export interface JobDefinition {
  readonly resource: TemplateResource;
  readonly type: MonitorType;
  readonly imageUri: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly problemType?: string;
  /** analysis_config.json, of bias and explainability. */
  readonly configUri?: string;
  /** Script that each captured request goes through before it is analysed. */
  readonly preprocessorUri?: string;
  readonly baseline: { readonly constraintsUri: string; readonly statisticsUri?: string };
  readonly endpointInput: EndpointInput;
  readonly groundTruthUri?: string;
  readonly output: { readonly uri: string; readonly localPath: string; readonly uploadMode: 'Continuous' | 'EndOfJob'; readonly kmsKeyId?: string };
  /** What every job of an execution has, as CreateProcessingJob takes it. */
  readonly job: Pick<ProcessingJobRequest, 'ProcessingResources' | 'StoppingCondition' | 'NetworkConfig' | 'RoleArn'>;
}

const TYPES: Readonly<Record<string, { readonly type: MonitorType; readonly prefix: string }>> = {
  'AWS::SageMaker::DataQualityJobDefinition': { type: 'data-quality', prefix: 'DataQuality' },
  'AWS::SageMaker::ModelQualityJobDefinition': { type: 'model-quality', prefix: 'ModelQuality' },
  'AWS::SageMaker::ModelBiasJobDefinition': { type: 'model-bias', prefix: 'ModelBias' },
  'AWS::SageMaker::ModelExplainabilityJobDefinition': { type: 'model-explainability', prefix: 'ModelExplainability' },
};

/** The job definition of this name; `undefined` when the assembly has none. */
export function jobDefinition(deployment: Deployment, name: string): JobDefinition | undefined {
  for (const [cloudFormationType, { type, prefix }] of Object.entries(TYPES)) {
    const resource = deployment.byName(cloudFormationType, name);
    if (resource !== undefined) return read(deployment, resource, type, prefix);
  }
  return undefined;
}

interface Resource { readonly S3Uri?: string }

interface Properties {
  readonly RoleArn: string;
  readonly JobResources: ProcessingJobRequest['ProcessingResources'] & { readonly ClusterConfig: { readonly VolumeSizeInGB: number } };
  readonly StoppingCondition?: ProcessingJobRequest['StoppingCondition'];
  readonly NetworkConfig?: ProcessingJobRequest['NetworkConfig'];
}

interface AppSpecification {
  readonly ImageUri: string;
  readonly Environment?: Readonly<Record<string, string>>;
  readonly ProblemType?: string;
  readonly ConfigUri?: string;
  readonly RecordPreprocessorSourceUri?: string;
}

interface BaselineConfig {
  readonly ConstraintsResource?: Resource;
  readonly StatisticsResource?: Resource;
}

interface JobInput {
  readonly EndpointInput?: EndpointInput;
  readonly GroundTruthS3Input?: Resource;
}

interface OutputConfig {
  readonly KmsKeyId?: string;
  readonly MonitoringOutputs: readonly { readonly S3Output: { readonly S3Uri: string; readonly LocalPath: string; readonly S3UploadMode?: 'Continuous' | 'EndOfJob' } }[];
}

function read(deployment: Deployment, resource: TemplateResource, type: MonitorType, prefix: string): JobDefinition {
  const properties = deployment.properties(resource);
  const { RoleArn, JobResources, StoppingCondition, NetworkConfig } = properties as unknown as Properties;
  const part = (name: string): unknown => properties[`${prefix}${name}`] ?? {};
  const app = part('AppSpecification') as AppSpecification;
  const baseline = part('BaselineConfig') as BaselineConfig;
  const { EndpointInput: endpointInput, GroundTruthS3Input: groundTruth } = part('JobInput') as JobInput;
  const { KmsKeyId, MonitoringOutputs: [output] } = part('JobOutputConfig') as OutputConfig;
  const constraintsUri = baseline.ConstraintsResource?.S3Uri;
  if (endpointInput === undefined) throw unplayable(resource, 'that watches no endpoint');
  if (constraintsUri === undefined) throw unplayable(resource, 'without baseline constraints');
  if (output === undefined) throw unplayable(resource, 'without output');
  return {
    resource,
    type,
    imageUri: app.ImageUri,
    environment: app.Environment ?? {},
    problemType: app.ProblemType,
    configUri: app.ConfigUri,
    preprocessorUri: app.RecordPreprocessorSourceUri,
    baseline: { constraintsUri, statisticsUri: baseline.StatisticsResource?.S3Uri },
    endpointInput,
    groundTruthUri: groundTruth?.S3Uri,
    output: { uri: output.S3Output.S3Uri, localPath: output.S3Output.LocalPath, uploadMode: output.S3Output.S3UploadMode ?? 'Continuous', kmsKeyId: KmsKeyId },
    job: { ProcessingResources: JobResources, StoppingCondition, NetworkConfig, RoleArn },
  };
}

function unplayable({ stack, logicalId, type }: TemplateResource, what: string): UnplayableError {
  return new UnplayableError(`a ${type} ${what}`, `${stack.templateFile} ${logicalId}`);
}
