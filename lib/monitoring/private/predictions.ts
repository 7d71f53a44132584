import { Predictions, PREDICTIONS_DEFAULTS } from '../../contract';
import { Problems } from '../../private/validation';
import { PredictionOptions } from '../prediction-options';
import { requireCount, requireShare, requireText } from './analysis-rules';

/** The options with their defaults. */
export function predictions(options: PredictionOptions): Predictions {
  return {
    inferenceAttribute: options.inferenceAttribute,
    probabilityAttribute: options.probabilityAttribute,
    probabilityThreshold: options.probabilityThreshold ?? PREDICTIONS_DEFAULTS.probabilityThreshold,
    groundTruthAttribute: options.groundTruthAttribute,
    labelDelayHours: 0,
    minimumRows: options.minimumRows ?? PREDICTIONS_DEFAULTS.minimumRows,
  };
}

/** Notes what is wrong with them. */
export function checkPredictions(analysis: Predictions, problems: Problems): void {
  for (const name of ['inferenceAttribute', 'probabilityAttribute', 'groundTruthAttribute'] as const) requireText(problems, name, analysis[name]);
  requireShare(problems, 'probabilityThreshold', analysis.probabilityThreshold);
  requireCount(problems, 'minimumRows', analysis.minimumRows);
}
