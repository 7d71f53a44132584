import { executionFolder, joinPath, outputUri, parameter, propertyFileValue, stepProperty } from './pipeline-expressions';
import { PipelineJobSettings, PipelineStep, processingStep, trainingStep } from './pipeline-jobs';
import { EVIDENCE_PARAMETERS, parameterDeclarations, PipelineParameter, PipelineParameterDeclaration } from './pipeline-parameters';

/** What tells one training pipeline from another. */
export interface PipelineSettings {
  readonly job: PipelineJobSettings;
  readonly trainingDataUri: string;
  readonly currentModelUri: string;
  /** Folder that each execution makes its own folder in, without a slash at its end. */
  readonly artifactsUri: string;
  readonly hyperparameters: Record<string, string>;
  readonly modelPackageGroupName: string;
  readonly inferenceInstanceTypes: readonly string[];
}

/**
 * A pipeline as SageMaker reads it.
 *
 * @see https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
 */
export interface PipelineDefinition {
  readonly Version: '2020-12-01';
  readonly Parameters: readonly PipelineParameterDeclaration[];
  readonly Steps: readonly PipelineStep[];
}

const PREPROCESS = 'preprocess';
const TRAIN = 'train';
const EVALUATE = 'evaluate';
const BETTER = 'better';
const REGISTER = 'register';

const VALIDATION = 'validation';
const EVALUATION = 'evaluation';
const EVALUATION_FILE = 'evaluation.json';
const CONTENT_TYPES = ['text/csv', 'application/json'];
const MODEL_ARTIFACTS = stepProperty(TRAIN, 'ModelArtifacts.S3ModelArtifacts');

/** preprocess → train → evaluate → better? → register. */
export function pipelineDefinition(settings: PipelineSettings): PipelineDefinition {
  return {
    Version: '2020-12-01',
    Parameters: parameterDeclarations(settings.trainingDataUri, settings.currentModelUri),
    Steps: [preprocess(settings), train(settings), evaluate(settings), better(register(settings))],
  };
}

function preprocess({ artifactsUri, job }: PipelineSettings): PipelineStep {
  return processingStep(PREPROCESS, job,
    { data: parameter(PipelineParameter.TRAINING_DATA_URI) },
    { [TRAIN]: executionFolder(artifactsUri, TRAIN), [VALIDATION]: executionFolder(artifactsUri, VALIDATION) });
}

function train({ artifactsUri, hyperparameters, job }: PipelineSettings): PipelineStep {
  return trainingStep(TRAIN, job, { [TRAIN]: outputUri(PREPROCESS, TRAIN) }, executionFolder(artifactsUri, 'model'), hyperparameters);
}

function evaluate({ artifactsUri, job }: PipelineSettings): PipelineStep {
  const step = processingStep(EVALUATE, job,
    {
      candidate: MODEL_ARTIFACTS,
      current: parameter(PipelineParameter.CURRENT_MODEL_URI),
      [VALIDATION]: outputUri(PREPROCESS, VALIDATION),
    },
    { [EVALUATION]: executionFolder(artifactsUri, EVALUATION) });
  return { ...step, PropertyFiles: [{ PropertyFileName: EVALUATION, OutputName: EVALUATION, FilePath: EVALUATION_FILE }] };
}

/** As good counts as better: on the new data the retrained model is the one that has seen it. */
function better(then: PipelineStep): PipelineStep {
  return {
    Name: BETTER,
    Type: 'Condition',
    DependsOn: [EVALUATE],
    Arguments: {
      Conditions: [{
        Type: 'GreaterThanOrEqualTo',
        LeftValue: propertyFileValue(EVALUATE, EVALUATION, 'candidate.auc'),
        RightValue: propertyFileValue(EVALUATE, EVALUATION, 'current.auc'),
      }],
      IfSteps: [then],
      ElseSteps: [],
    },
  };
}

function register({ inferenceInstanceTypes, job, modelPackageGroupName }: PipelineSettings): PipelineStep {
  return {
    Name: REGISTER,
    Type: 'RegisterModel',
    Arguments: {
      ModelPackageGroupName: modelPackageGroupName,
      ModelApprovalStatus: parameter(PipelineParameter.MODEL_APPROVAL_STATUS),
      InferenceSpecification: {
        Containers: [{ Image: job.imageUri, ModelDataUrl: MODEL_ARTIFACTS }],
        SupportedContentTypes: CONTENT_TYPES,
        SupportedResponseMIMETypes: CONTENT_TYPES,
        SupportedRealtimeInferenceInstanceTypes: inferenceInstanceTypes,
      },
      ModelMetrics: {
        ModelQuality: { Statistics: { ContentType: 'application/json', S3Uri: joinPath(outputUri(EVALUATE, EVALUATION), EVALUATION_FILE) } },
      },
      ...registeredEvidence(),
    },
  };
}

/** Metadata takes 256 characters and no comma, which a list of features may exceed: that is the description. */
function registeredEvidence(): object {
  const { features, ...metadata } = EVIDENCE_PARAMETERS;
  return {
    ModelPackageDescription: parameter(features),
    CustomerMetadataProperties: Object.fromEntries(Object.values(metadata).map(name => [name, parameter(name)])),
  };
}
