import { statSync } from 'node:fs';
import * as z from 'zod';
import { ContainerEnvironment, ContainerPath, Predictions, PREDICTIONS_DEFAULTS, PROBLEM_TYPES } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { ContainerRoot } from './container-root';
import { readJson } from './json-file';
import { analysisFromConfig } from './model-bias/analysis-config';
import { explainabilityFromConfig } from './model-explainability/analysis-config';
import { InputFormat, TaskAnalysis } from './task';

/** Value of an environment variable; `undefined` where it is empty or not set. */
type Given = (name: string) => string | undefined;

/** The service's variables know data quality, and model quality by `analysis_type`; bias and explainability are in Clarify's analysis_config.json. */
export function environmentAnalysis(root: ContainerRoot, given: Given, format: InputFormat): TaskAnalysis {
  const config = clarifyConfig(root);
  if (config !== undefined) return clarifyAnalysis(config, given);
  if (given(ContainerEnvironment.ANALYSIS_TYPE) === 'MODEL_QUALITY') return modelQualityAnalysis(given);
  return { type: 'data-quality', analysis: 'sagemakerCaptureJson' in format ? { captureIndexNames: format.sagemakerCaptureJson.captureIndexNames } : {} };
}

const JOB = z.object({
  ProcessingInputs: z.array(z.object({ InputName: z.string(), S3Input: z.object({ LocalPath: z.string().optional() }).optional() })).nullish(),
});

/** Folder of Clarify's configuration: not the file's name tells it, but that of the job's input. */
function clarifyConfig(root: ContainerRoot): string | undefined {
  const file = root.resolve(ContainerPath.JOB);
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  const { ProcessingInputs } = readJson(file, JOB, 'settings of the job');
  const place = ProcessingInputs?.find(({ InputName }) => InputName === 'analysis_config')?.S3Input?.LocalPath;
  return place === undefined ? undefined : root.resolve(place);
}

/** Where the prediction is, the job definition says, and not the file. */
function clarifyAnalysis(place: string, given: Given): TaskAnalysis {
  const config = readJson(place, z.looseObject({ methods: z.looseObject({}).optional() }), 'settings of the analysis');
  const { inferenceAttribute, probabilityAttribute, probabilityThreshold } = prediction(given);
  if (config.methods === undefined || !('shap' in config.methods)) {
    return { type: 'model-bias', analysis: { ...analysisFromConfig(config), inferenceAttribute, probabilityAttribute, probabilityThreshold } };
  }
  const analysis = explainabilityFromConfig(config);
  return { type: 'model-explainability', analysis: { ...analysis, predictor: { ...analysis.predictor, scoreAttribute: inferenceAttribute } } };
}

function modelQualityAnalysis(given: Given): TaskAnalysis {
  const problemType = PROBLEM_TYPES.find(type => type === given(ContainerEnvironment.PROBLEM_TYPE));
  if (problemType === undefined) {
    throw new AnalyzerError(`${ContainerEnvironment.PROBLEM_TYPE} is ${given(ContainerEnvironment.PROBLEM_TYPE) ?? 'not set'}; it must be one of ${PROBLEM_TYPES.join(', ')}`);
  }
  return {
    type: 'model-quality',
    analysis: {
      problemType,
      ...prediction(given),
      groundTruthAttribute: given(ContainerEnvironment.GROUND_TRUTH_ATTRIBUTE),
      positiveLabel: given(ContainerEnvironment.POSITIVE_LABEL),
      labelDelayHours: 0, tolerance: 0, minimumRows: 0,
    },
  };
}

function prediction(given: Given): Pick<Predictions, 'inferenceAttribute' | 'probabilityAttribute' | 'probabilityThreshold'> {
  const probabilityThreshold = Number(given(ContainerEnvironment.PROBABILITY_THRESHOLD_ATTRIBUTE) ?? PREDICTIONS_DEFAULTS.probabilityThreshold);
  if (!(probabilityThreshold >= 0 && probabilityThreshold <= 1)) {
    throw new AnalyzerError(`${ContainerEnvironment.PROBABILITY_THRESHOLD_ATTRIBUTE} must be a number from 0 to 1, got ${given(ContainerEnvironment.PROBABILITY_THRESHOLD_ATTRIBUTE) ?? ''}`);
  }
  return {
    inferenceAttribute: given(ContainerEnvironment.INFERENCE_ATTRIBUTE),
    probabilityAttribute: given(ContainerEnvironment.PROBABILITY_ATTRIBUTE),
    probabilityThreshold,
  };
}
