import { MONITORING_TYPES, MonitorType } from '../../../lib/contract';
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

/** A job definition, whichever its monitor is. */
export interface JobDefinition {
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

/**
 * Reads a definition, as a template and the API write it.
 *
 * @param where it stands, in words
 */
export function jobDefinition(type: MonitorType, properties: object, where: string): JobDefinition {
  const kind = MONITORING_TYPES[type];
  const { RoleArn, JobResources, StoppingCondition, NetworkConfig } = properties as Properties;
  const part = (name: string): unknown => (properties as Readonly<Record<string, unknown>>)[`${kind}${name}`] ?? {};
  const app = part('AppSpecification') as AppSpecification;
  const baseline = part('BaselineConfig') as BaselineConfig;
  const { EndpointInput: endpointInput, GroundTruthS3Input: groundTruth } = part('JobInput') as JobInput;
  const { KmsKeyId, MonitoringOutputs: [output] } = part('JobOutputConfig') as OutputConfig;
  const constraintsUri = baseline.ConstraintsResource?.S3Uri;
  const unplayable = (what: string): UnplayableError => new UnplayableError(`a ${kind}JobDefinition ${what}`, where);
  if (endpointInput === undefined) throw unplayable('that watches no endpoint');
  if (constraintsUri === undefined) throw unplayable('without baseline constraints');
  if (output === undefined) throw unplayable('without output');
  return {
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
