import { Fn } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { BaselineFiles, BaselineReference, ContainerEnvironment, ContainerPath, JobConfig, MonitorConfig, ScheduleConfig } from '../../../contract';
import { Cadence } from '../../cadence';
import { longestRuntime, windowOffsets } from './limits';
import { isOfClarify } from './service-image';

/** What a job definition is made of. */
export interface JobDefinitionParts {
  readonly monitor: MonitorConfig;
  readonly schedule: ScheduleConfig;
  readonly job: JobConfig;
  readonly cadence: Cadence;
  readonly imageUri: string;
  /** S3 URI of analysis_config.json, of bias and explainability. */
  readonly configUri?: string;
  /** S3 URI of the script that each captured record goes through first. */
  readonly preprocessorUri?: string;
}

const CAPTURES = '/opt/ml/processing/input_data';
/** The service says Enabled is what it sets for a schedule; that is so of schedules made with its SDK alone. */
const ENVIRONMENT = { [ContainerEnvironment.PUBLISH_CLOUDWATCH_METRICS]: 'Enabled' };

/**
 * What the service runs in each execution of a monitor. It is never named: any change replaces it, and the name would be taken.
 *
 * @returns its name, by reference.
 */
export function jobDefinitionName(scope: Construct, id: string, parts: JobDefinitionParts): string {
  return Fn.select(1, Fn.split('/', jobDefinition(scope, id, parts).ref));
}

function jobDefinition(scope: Construct, id: string, parts: JobDefinitionParts): { readonly ref: string } {
  const { monitor: { analysis, baseline }, imageUri, configUri = '', preprocessorUri } = parts;
  const { constraintsUri, statisticsUri } = filesOf(baseline);
  const common = commonProps(parts);
  const constraintsResource = { s3Uri: constraintsUri };
  const app = { imageUri, environment: ENVIRONMENT };
  const output = outputConfig(parts);
  if ('comparisonMethod' in analysis) {
    return new sagemaker.CfnDataQualityJobDefinition(scope, id, {
      ...common,
      dataQualityAppSpecification: { ...app, recordPreprocessorSourceUri: preprocessorUri },
      dataQualityBaselineConfig: { constraintsResource, statisticsResource: { s3Uri: statisticsUri } },
      dataQualityJobInput: capturedInput(parts),
      dataQualityJobOutputConfig: output,
    });
  }
  if ('problemType' in analysis) {
    return new sagemaker.CfnModelQualityJobDefinition(scope, id, {
      ...common,
      modelQualityAppSpecification: { ...app, problemType: analysis.problemType },
      modelQualityBaselineConfig: { constraintsResource },
      modelQualityJobInput: labelledInput(parts),
      modelQualityJobOutputConfig: output,
    });
  }
  if ('facets' in analysis) {
    return new sagemaker.CfnModelBiasJobDefinition(scope, id, {
      ...common,
      modelBiasAppSpecification: { ...app, configUri },
      modelBiasBaselineConfig: { constraintsResource },
      modelBiasJobInput: labelledInput(parts),
      modelBiasJobOutputConfig: output,
    });
  }
  return new sagemaker.CfnModelExplainabilityJobDefinition(scope, id, {
    ...common,
    modelExplainabilityAppSpecification: { ...app, configUri },
    modelExplainabilityBaselineConfig: { constraintsResource },
    modelExplainabilityJobInput: capturedInput(parts, { inferenceAttribute: analysis.predictor.scoreAttribute }),
    modelExplainabilityJobOutputConfig: output,
  });
}

/** The checks refuse a baseline whose files are not known. */
function filesOf(baseline: BaselineReference): BaselineFiles {
  if (baseline.constraintsUri === undefined) throw new Error(`${baseline.currentUri} was not refused`);
  return baseline;
}

function commonProps({ monitor, job, cadence }: JobDefinitionParts) {
  const { subnets, securityGroupIds } = job;
  return {
    roleArn: job.roleArn,
    jobResources: {
      clusterConfig: {
        instanceCount: job.instanceCount, instanceType: job.instanceType, volumeSizeInGb: job.volumeSizeInGB, volumeKmsKeyId: job.volumeKmsKeyId,
      },
    },
    stoppingCondition: { maxRuntimeInSeconds: Math.min(job.maxRuntimeInSeconds, longestRuntime(monitor, cadence).toSeconds()) },
    networkConfig: {
      enableNetworkIsolation: !isOfClarify(monitor.type),
      enableInterContainerTrafficEncryption: job.instanceCount > 1,
      vpcConfig: subnets && securityGroupIds && { subnets: [...subnets], securityGroupIds: [...securityGroupIds] },
    },
  };
}

/** The service adds `<endpoint>/<monitor>/yyyy/mm/dd/hh` itself, as our own executions do. */
function outputConfig({ schedule: { output } }: JobDefinitionParts) {
  const s3Output = { localPath: ContainerPath.OUTPUT, s3Uri: output.uri, s3UploadMode: 'Continuous' };
  return { kmsKeyId: output.kmsKeyId, monitoringOutputs: [{ s3Output }] };
}

function capturedInput<T extends object>({ schedule: { capture } }: JobDefinitionParts, options: T = {} as T) {
  const common = { localPath: CAPTURES, s3DataDistributionType: 'FullyReplicated', s3InputMode: 'File', ...options };
  if (capture.transform === undefined) return { endpointInput: { endpointName: capture.endpointName ?? '', ...common } };
  const datasetFormat = capture.transform.encoding === 'CSV' ? { csv: { header: false } } : { json: { line: true } };
  return { batchTransformInput: { dataCapturedDestinationS3Uri: capture.uri, datasetFormat, ...common } };
}

function labelledInput(parts: JobDefinitionParts) {
  const { monitor, cadence, schedule: { capture, groundTruth } } = parts;
  return {
    ...capturedInput(parts, { ...windowOffsets(monitor, cadence, capture.transform), ...prediction(monitor) }),
    groundTruthS3Input: { s3Uri: groundTruth?.uri ?? '' },
  };
}

/** Where the prediction is; the service wants to be told, also where the model answers with one value. */
function prediction({ analysis }: MonitorConfig) {
  if (!('probabilityThreshold' in analysis)) return {};
  const { inferenceAttribute, probabilityAttribute, probabilityThreshold } = analysis;
  if (probabilityAttribute === undefined) return { inferenceAttribute: inferenceAttribute ?? '0' };
  return { inferenceAttribute, probabilityAttribute, probabilityThresholdAttribute: probabilityThreshold };
}
