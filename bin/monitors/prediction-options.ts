import { Option } from 'commander';
import { Predictions, PREDICTIONS_DEFAULTS } from '../../lib/contract';
import { share, wholeNumber } from '../commands/option-values';

/** Where predictions are, and what is made of them. */
export interface LabelledOptions {
  readonly prediction?: string;
  readonly probability?: string;
  readonly probabilityThreshold?: number;
  readonly labelDelay?: number;
}

export const PREDICTION_OPTIONS: readonly Option[] = [
  new Option('--prediction <attribute>', 'where the prediction is: a name, a dotted path, or an index from 0'),
  new Option('--probability <attribute>', 'where the probability of the positive label is'),
  new Option('--probability-threshold <share>', `probability from which on the prediction is positive; ${PREDICTIONS_DEFAULTS.probabilityThreshold} unless given`).argParser(share),
];

export const LABEL_DELAY = new Option('--label-delay <hours>', 'hours that labels take: requests so long before --start and --end are analysed').argParser(wholeNumber(0));

/** The same in the words of an analysis; what is not given is not there. */
export function predictionOf({ prediction, probability, probabilityThreshold, labelDelay }: LabelledOptions): Partial<Predictions> {
  return {
    ...(prediction !== undefined && { inferenceAttribute: prediction }),
    ...(probability !== undefined && { probabilityAttribute: probability }),
    ...(probabilityThreshold !== undefined && { probabilityThreshold }),
    ...(labelDelay !== undefined && { labelDelayHours: labelDelay }),
  };
}
