import { EXPLAINABILITY_DEFAULTS, ModelExplainabilityAnalysis, PREDICTOR_DEFAULTS, PredictorConfig } from '../../contract';
import { Problems } from '../../private/validation';
import { IInvocableEndpoint } from '../invocable-endpoint';
import { ModelExplainabilityAnalysisOptions } from '../model-explainability-analysis';
import { PredictorOptions } from '../predictor-options';
import { defined, requireCount, requireShare, requireText } from './analysis-rules';

/** The options with their defaults. */
export function modelExplainabilityAnalysis(options: ModelExplainabilityAnalysisOptions): ModelExplainabilityAnalysis {
  return defined({
    headers: options.headers,
    excludedColumns: options.excludedColumns ?? [],
    background: options.background as ModelExplainabilityAnalysis['background'],
    samples: options.samples,
    maximumRows: options.maximumRows ?? EXPLAINABILITY_DEFAULTS.maximumRows,
    aggregation: options.aggregation ?? EXPLAINABILITY_DEFAULTS.aggregation,
    useLogit: options.useLogit ?? EXPLAINABILITY_DEFAULTS.useLogit,
    predictor: predictorConfig(options.endpoint, options.predictor ?? {}),
    ndcgThreshold: options.ndcgThreshold ?? EXPLAINABILITY_DEFAULTS.ndcgThreshold,
    minimumRows: options.minimumRows ?? EXPLAINABILITY_DEFAULTS.minimumRows,
  });
}

function predictorConfig({ endpointName }: IInvocableEndpoint, options: PredictorOptions): PredictorConfig {
  const contentType = options.contentType ?? PREDICTOR_DEFAULTS.contentType;
  return defined({
    endpointName,
    contentType,
    contentTemplate: options.contentTemplate,
    recordTemplate: options.recordTemplate,
    acceptType: options.acceptType ?? contentType,
    scoreAttribute: options.scoreAttribute,
    labelHeaders: options.labelHeaders,
    rowsPerRequest: options.rowsPerRequest ?? PREDICTOR_DEFAULTS.rowsPerRequest,
    concurrency: options.concurrency ?? PREDICTOR_DEFAULTS.concurrency,
    requestsPerSecond: options.requestsPerSecond ?? PREDICTOR_DEFAULTS.requestsPerSecond,
  });
}

/** Notes what is wrong with an analysis. */
export function checkModelExplainability(analysis: ModelExplainabilityAnalysis, problems: Problems): void {
  const { background, predictor, samples, maximumRows, minimumRows, ndcgThreshold } = analysis;
  requireCount(problems, 'samples', samples);
  requireCount(problems, 'maximumRows', maximumRows);
  requireCount(problems, 'minimumRows', minimumRows);
  problems.require(minimumRows <= maximumRows, `minimumRows is ${minimumRows}, but at most ${maximumRows} rows are explained: raise maximumRows`);
  requireShare(problems, 'ndcgThreshold', ndcgThreshold);
  checkBackground(background, problems);
  checkPredictor(predictor, problems);
}

function checkBackground(background: ModelExplainabilityAnalysis['background'], problems: Problems): void {
  if (background === undefined) return;
  problems.require(background.length > 0 && new Set(background.map(row => row.length)).size === 1,
    'background must hold at least one row, and rows of one length: a value for each feature');
  const isCell = (cell: unknown): boolean => cell === null || typeof cell === 'string' || Number.isFinite(cell);
  const bad = background.flat().find(cell => !isCell(cell));
  problems.require(bad === undefined && background.flat().every(isCell), `background holds text, finite numbers and nulls, got ${JSON.stringify(bad)}`);
}

function checkPredictor(predictor: PredictorConfig, problems: Problems): void {
  const { contentType, contentTemplate, recordTemplate, labelHeaders, requestsPerSecond, scoreAttribute } = predictor;
  requireCount(problems, 'predictor.rowsPerRequest', predictor.rowsPerRequest);
  requireCount(problems, 'predictor.concurrency', predictor.concurrency);
  problems.require(requestsPerSecond > 0, `predictor.requestsPerSecond must be above 0, got ${requestsPerSecond}`);
  requireText(problems, 'predictor.scoreAttribute', scoreAttribute);
  problems.require(labelHeaders === undefined || labelHeaders.length > 0, 'predictor.labelHeaders is empty: name the scores, or leave it out');
  const repeated = labelHeaders?.find((name, index) => labelHeaders.indexOf(name) !== index);
  problems.require(repeated === undefined, `predictor.labelHeaders names two scores "${repeated}": name each once`);
  problems.require(contentType !== 'text/csv' || (contentTemplate === undefined && recordTemplate === undefined),
    'predictor.contentTemplate and predictor.recordTemplate are of JSON: requests in CSV have no template');
}
