import { ModelQualityAnalysis } from '../../contract';
import { Problems } from '../../private/validation';
import { ModelQualityAnalysisOptions } from '../model-quality-analysis';
import { defined, requireShare, requireText } from './analysis-rules';
import { checkPredictions, predictions } from './predictions';

/** The options with their defaults. */
export function modelQualityAnalysis(options: ModelQualityAnalysisOptions): ModelQualityAnalysis {
  return defined({
    ...predictions(options),
    problemType: options.problemType,
    positiveLabel: options.positiveLabel,
    tolerance: options.tolerance ?? 0,
  });
}

/** Notes what is wrong with an analysis. */
export function checkModelQuality(analysis: ModelQualityAnalysis, problems: Problems): void {
  const { problemType, probabilityAttribute, positiveLabel, tolerance } = analysis;
  checkPredictions(analysis, problems);
  requireShare(problems, 'tolerance', tolerance);
  requireText(problems, 'positiveLabel', positiveLabel);
  const isBinary = problemType === 'BinaryClassification';
  problems.require(isBinary || (probabilityAttribute === undefined && positiveLabel === undefined),
    `probabilityAttribute and positiveLabel are of BinaryClassification, got them with ${problemType}; name the prediction in inferenceAttribute`);
}
