import { Option } from 'commander';
import { CaptureIndexName, CATEGORICAL_METHODS, CategoricalMethod, COMPARISON_METHODS, ComparisonMethod } from '../../lib/contract';
import { share, wholeNumber } from '../commands/option-values';
import { BOTH_SIDES, MonitorCommand } from './monitor-command';

interface Options {
  readonly exclude: readonly string[];
  readonly sensitive: readonly string[];
  readonly side: readonly CaptureIndexName[];
  readonly comparison?: ComparisonMethod;
  readonly categorical?: CategoricalMethod;
  readonly compatible?: true;
  readonly threshold?: number;
  readonly minimumRows?: number;
}

/** Values of columns. */
export const dataQuality: MonitorCommand = {
  type: 'data-quality',
  about: 'values of the columns: types, missing ones, categories, distributions',
  options: [
    new Option('--exclude <columns...>', 'columns to leave out, such as the label').default([]),
    new Option('--sensitive <columns...>', 'columns whose values are hashed wherever a value would be written').default([]),
    new Option('--side <sides...>', 'sides of captured requests').choices(BOTH_SIDES).default(['endpointInput']),
    new Option('--comparison <method>', 'how distributions are compared').choices(COMPARISON_METHODS),
    new Option('--compatible', 'compare as Model Monitor does: --comparison Compatible').conflicts('comparison'),
    new Option('--threshold <distance>', 'distance above which a distribution has drifted').argParser(share),
  ],
  judging: [
    new Option('--categorical <method>', 'how categories are compared').choices(CATEGORICAL_METHODS),
    new Option('--minimum-rows <n>', 'fewest rows with which drift is judged').argParser(wholeNumber(0)),
  ],
  needsLabels: false,
  plan: (command) => {
    const { exclude, sensitive, side, comparison, categorical, compatible, threshold, minimumRows } = command.opts<Options>();
    const comparisonMethod = compatible === true ? 'Compatible' : comparison;
    return {
      sides: side,
      task: {
        type: 'data-quality',
        analysis: {
          captureIndexNames: side, excludedColumns: exclude, sensitiveColumns: sensitive,
          ...(comparisonMethod !== undefined && { comparisonMethod }),
          ...(threshold !== undefined && { comparisonThreshold: threshold }),
          ...(categorical !== undefined && { categoricalMethod: categorical }),
          ...(minimumRows !== undefined && { minimumRows }),
        },
      },
    };
  },
};
