import { Option } from 'commander';
import { CaptureIndexName, CATEGORICAL_METHODS, CategoricalMethod, COMPARISON_METHODS, ComparisonMethod, DATA_QUALITY_DEFAULTS, DataQualityAnalysis } from '../../lib/contract';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { distance, wholeNumber } from '../commands/option-values';
import { dataQualityFromConfig } from './data-quality-config';
import { BOTH_SIDES, MonitorCommand } from './monitor-command';

interface Options {
  readonly config?: string;
  readonly exclude?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly side?: readonly CaptureIndexName[];
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
    new Option('--config <file>', 'the options of Monitor.dataQuality as JSON, such as featureOverrides; the other options go before it'),
    new Option('--exclude <columns...>', 'columns to leave out, such as the label'),
    new Option('--sensitive <columns...>', 'columns whose values are hashed wherever a value would be written'),
    new Option('--side <sides...>', 'sides of captured requests; endpointInput unless given').choices(BOTH_SIDES),
    new Option('--comparison <method>', 'how distributions are compared').choices(COMPARISON_METHODS),
    new Option('--compatible', 'compare as Model Monitor does: --comparison Compatible').conflicts('comparison'),
    new Option('--threshold <distance>', `distance above which a distribution has drifted; ${DATA_QUALITY_DEFAULTS.comparisonThreshold} unless given`).argParser(distance),
  ],
  judging: [
    new Option('--categorical <method>', 'how categories are compared').choices(CATEGORICAL_METHODS),
    new Option('--minimum-rows <n>', 'fewest rows with which drift is judged').argParser(wholeNumber(0)),
  ],
  needsLabels: false,
  plan: (command) => {
    const analysis = analysisOf(command.opts<Options>());
    return { sides: analysis.captureIndexNames, task: { type: 'data-quality', analysis } };
  },
};

type Analysis = Partial<DataQualityAnalysis> & Pick<DataQualityAnalysis, 'captureIndexNames'>;

/** The options, before what the configuration's file says. */
function analysisOf({ config, exclude, sensitive, side, comparison, categorical, compatible, threshold, minimumRows }: Options): Analysis {
  const comparisonMethod = compatible === true ? 'Compatible' : comparison;
  const analysis: Analysis = {
    captureIndexNames: ['endpointInput'],
    ...dataQualityFromConfig(config),
    ...(side !== undefined && { captureIndexNames: side }),
    ...(exclude !== undefined && { excludedColumns: exclude }),
    ...(sensitive !== undefined && { sensitiveColumns: sensitive }),
    ...(comparisonMethod !== undefined && { comparisonMethod }),
    ...(threshold !== undefined && { comparisonThreshold: threshold }),
    ...(categorical !== undefined && { categoricalMethod: categorical }),
    ...(minimumRows !== undefined && { minimumRows }),
  };
  requireDistances(analysis);
  return analysis;
}

/** The population stability index alone can exceed 1. */
function requireDistances({ comparisonMethod, comparisonThreshold, overrides = {} }: Analysis): void {
  const all = [{ column: '', comparisonMethod, comparisonThreshold }, ...Object.entries(overrides).map(([column, override]) =>
    ({ column: ` of ${column}`, comparisonThreshold: override.comparisonThreshold, comparisonMethod: override.comparisonMethod ?? comparisonMethod }))];
  for (const { column, comparisonMethod: method = DATA_QUALITY_DEFAULTS.comparisonMethod, comparisonThreshold: value = 0 } of all) {
    if (value >= 0 && (value <= 1 || method === 'PopulationStabilityIndex')) continue;
    throw new AnalyzerError(`the threshold${column} is ${value}, but a distance by ${method} lies between 0 and 1; only one by PopulationStabilityIndex exceeds 1`);
  }
}
