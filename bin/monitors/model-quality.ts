import { Option } from 'commander';
import { PREDICTIONS_DEFAULTS, PROBLEM_TYPES, ProblemType } from '../../lib/contract';
import { share, wholeNumber } from '../commands/option-values';
import { MonitorCommand } from './monitor-command';
import { LABEL_DELAY, LabelledOptions, PREDICTION_OPTIONS, predictionOf } from './prediction-options';

interface Options extends LabelledOptions {
  readonly problemType: ProblemType;
  readonly label?: string;
  readonly positiveLabel?: string;
  readonly tolerance?: number;
  readonly minimumRows?: number;
}

/** Predictions against labels. */
export const modelQuality: MonitorCommand = {
  type: 'model-quality',
  about: 'predictions against labels: accuracy, errors, ROC',
  options: [
    new Option('--problem-type <type>', 'what the model predicts').choices(PROBLEM_TYPES).makeOptionMandatory(),
    new Option('--label <attribute>', 'where the label is, in the dataset or in the ground truth: a name, a dotted path, or an index from 0'),
    ...PREDICTION_OPTIONS,
    new Option('--positive-label <value>', 'the label that the probability speaks of; 1 unless given'),
  ],
  judging: [
    new Option('--tolerance <share>', 'by how much a metric may be worse than the baseline\'s, as a share of it').argParser(share),
    LABEL_DELAY,
    new Option('--minimum-rows <n>', 'fewest labelled rows with which quality is judged').argParser(wholeNumber(0)),
  ],
  needsLabels: true,
  plan: (command) => {
    const { problemType, label, positiveLabel, tolerance, minimumRows, ...where } = command.opts<Options>();
    return {
      sides: ['endpointOutput'],
      task: {
        type: 'model-quality',
        analysis: {
          problemType, labelDelayHours: 0, ...PREDICTIONS_DEFAULTS,
          ...predictionOf(where),
          ...(label !== undefined && { groundTruthAttribute: label }),
          ...(positiveLabel !== undefined && { positiveLabel }),
          tolerance: tolerance ?? 0, minimumRows: minimumRows ?? 0,
        },
      },
    };
  },
};
