import { Option } from 'commander';
import { explainabilityFromConfig } from '../../analyzer/model-explainability/analysis-config';
import { LocalPredictor } from '../../analyzer/model-explainability/local-predictor';
import { EXPLAINABILITY_DEFAULTS, ModelExplainabilityAnalysis, PREDICTOR_DEFAULTS } from '../../lib/contract';
import { share, wholeNumber } from '../commands/option-values';
import { CONFIG, configOf, ConfigOptions } from './config-file';
import { MonitorCommand } from './monitor-command';

interface Options extends ConfigOptions {
  readonly invocations: string;
  readonly label?: string;
  readonly exclude: readonly string[];
  readonly score?: string;
  readonly samples?: number;
  readonly rows?: number;
  readonly rowsPerRequest?: number;
  readonly concurrency?: number;
  readonly requestsPerSecond?: number;
  readonly threshold?: number;
  readonly minimumRows?: number;
}

/** What the model's scores depend on. */
export const modelExplainability: MonitorCommand = {
  type: 'model-explainability',
  about: 'what the model\'s scores depend on: SHAP values of the features',
  options: [
    new Option('--invocations <url>', 'where the model answers, such as http://localhost:8080/invocations').makeOptionMandatory(),
    CONFIG,
    new Option('--label <column>', 'the label\'s column in a dataset, which is no feature'),
    new Option('--exclude <columns...>', 'other columns that are no features').default([]),
    new Option('--score <attribute>', 'where the score is in an answer: a name, a dotted path, or an index from 0'),
    new Option('--samples <n>', 'coalitions of features that are tried for each row').argParser(wholeNumber(1)),
    new Option('--rows <n>', `most rows that are explained, spread over all; ${EXPLAINABILITY_DEFAULTS.maximumRows} unless given`).argParser(wholeNumber(1)),
    new Option('--rows-per-request <n>', `most rows of one request; ${PREDICTOR_DEFAULTS.rowsPerRequest} unless given`).argParser(wholeNumber(1)),
    new Option('--concurrency <n>', `most requests under way at once; ${PREDICTOR_DEFAULTS.concurrency} unless given`).argParser(wholeNumber(1)),
    new Option('--requests-per-second <n>', `most requests a second; ${PREDICTOR_DEFAULTS.requestsPerSecond} unless given`).argParser(wholeNumber(1)),
  ],
  judging: [
    new Option('--threshold <ndcg>', `nDCG of the features' ranking below which attribution has drifted; ${EXPLAINABILITY_DEFAULTS.ndcgThreshold} unless given`).argParser(share),
    new Option('--minimum-rows <n>', 'fewest rows with which drift is judged').argParser(wholeNumber(0)),
  ],
  needsLabels: false,
  plan: (command) => {
    const options = command.opts<Options>();
    return { sides: ['endpointInput'], task: { type: 'model-explainability', analysis: analysisOf(options) }, predictor: new LocalPredictor(options.invocations) };
  },
};

/** The options, before what the configuration's file says. */
function analysisOf(options: Options): ModelExplainabilityAnalysis {
  const { label, exclude, score, samples, rows, threshold, minimumRows, rowsPerRequest, concurrency, requestsPerSecond } = options;
  const analysis = explainabilityFromConfig({ methods: { shap: {} }, ...configOf(options), ...(label !== undefined && { label }) });
  return {
    ...analysis,
    excludedColumns: [...analysis.excludedColumns, ...exclude],
    samples: samples ?? analysis.samples,
    maximumRows: rows ?? analysis.maximumRows,
    ndcgThreshold: threshold ?? analysis.ndcgThreshold,
    minimumRows: minimumRows ?? analysis.minimumRows,
    predictor: {
      ...analysis.predictor,
      ...(score !== undefined && { scoreAttribute: score }),
      ...(rowsPerRequest !== undefined && { rowsPerRequest }),
      ...(concurrency !== undefined && { concurrency }),
      ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    },
  };
}
