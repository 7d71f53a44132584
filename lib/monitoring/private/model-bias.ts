import { ModelBiasAnalysis } from '../../contract';
import { Problems } from '../../private/validation';
import { BiasMetric } from '../bias-metric';
import { ModelBiasAnalysisOptions } from '../model-bias-analysis';
import { defined, requireText } from './analysis-rules';
import { checkPredictions, predictions } from './predictions';

/** The options with their defaults. */
export function modelBiasAnalysis(options: ModelBiasAnalysisOptions): ModelBiasAnalysis {
  return defined({
    ...predictions(options),
    headers: options.headers,
    label: options.label,
    labelValuesOrThreshold: options.positiveLabel._values,
    labelIsThreshold: options.positiveLabel._isThreshold,
    facets: options.facets.map(facet => facet._config),
    groupVariable: options.groupVariable,
    method: options.biasMethod,
    constraints: options.biasConstraints,
  });
}

/** Notes what is wrong with an analysis. */
export function checkModelBias(analysis: ModelBiasAnalysis, problems: Problems): void {
  const { label, labelValuesOrThreshold, facets, groupVariable, constraints = {} } = analysis;
  checkPredictions(analysis, problems);
  requireText(problems, 'label', label);
  requireText(problems, 'groupVariable', groupVariable);
  problems.require(labelValuesOrThreshold.length > 0 && labelValuesOrThreshold.every(value => typeof value === 'string' || Number.isFinite(value)),
    'positiveLabel must name at least one label, such as PositiveLabel.values(\'1\'), or a threshold, such as PositiveLabel.above(50000)');
  problems.require(facets.length > 0, 'facets is empty: name at least one group, such as Facet.values(\'sex\', [\'f\'])');
  for (const { nameOrIndex } of facets) {
    problems.require(nameOrIndex !== label, `facets holds the label ${JSON.stringify(label)}: a group is made by another column`);
  }
  const known: string[] = Object.values(BiasMetric);
  for (const [metric, { minimum, maximum }] of Object.entries(constraints)) {
    problems.require(known.includes(metric), `biasConstraints knows no metric ${JSON.stringify(metric)}: the metrics are ${known.join(', ')}`);
    problems.require(minimum !== undefined || maximum !== undefined, `biasConstraints.${metric} has neither minimum nor maximum: give one of them`);
    problems.require(minimum === undefined || maximum === undefined || minimum <= maximum,
      `biasConstraints.${metric} has a minimum of ${minimum} above its maximum of ${maximum}`);
  }
}
