import * as z from 'zod';
import { ModelBiasAnalysis, PREDICTIONS_DEFAULTS } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';

const VALUE = z.union([z.string(), z.number()], 'must be a text or a number');
const VALUES = z.union([z.array(VALUE).min(1, 'must have a value'), VALUE.transform(value => [value])], 'must be a list of texts or numbers');
const FACET = z.object({ name_or_index: VALUE, value_or_threshold: VALUES.optional() });
const SHARE = z.number().min(0).max(1);

/** What the service's file says of bias; what it says of reports, other methods and shadow endpoints is not needed. */
const CONFIG = z.object({
  headers: z.array(z.string()).min(1).optional(),
  label: VALUE,
  label_values_or_threshold: VALUES,
  facet: z.union([z.array(FACET).min(1, 'must have a facet'), FACET.transform(facet => [facet])], 'must be a list of { name_or_index, value_or_threshold }'),
  group_variable: VALUE.optional(),
  probability_threshold: SHARE.optional(),
  predictor: z.object({ label: VALUE.optional(), probability: VALUE.optional(), probability_threshold: SHARE.optional() }).optional(),
});

/**
 * Reads the service's analysis_config.json, which judges rows of any number; what else it does not know gets our defaults. The error names
 * every field that is not as it must be.
 */
export function analysisFromConfig(json: unknown): ModelBiasAnalysis {
  const result = CONFIG.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
    throw new AnalyzerError(`the analysis configuration is not as expected: ${problems.join('; ')}`);
  }
  const { headers, predictor = {}, ...config } = result.data;
  const columnOf = (nameOrIndex: string | number): string => headerAt(headers, nameOrIndex) ?? fieldOf(String(nameOrIndex));
  const label = columnOf(config.label);
  return {
    headers: headers?.filter(header => header !== label),
    label,
    labelValuesOrThreshold: config.label_values_or_threshold,
    facets: config.facet.map(({ name_or_index: facet, value_or_threshold: values }) =>
      ({ nameOrIndex: headerAt(headers, facet) ?? facet, ...(values && { valueOrThreshold: values }) })),
    ...(config.group_variable !== undefined && { groupVariable: columnOf(config.group_variable) }),
    ...(predictor.label !== undefined && { inferenceAttribute: fieldOf(String(predictor.label)) }),
    ...(predictor.probability !== undefined && { probabilityAttribute: fieldOf(String(predictor.probability)) }),
    probabilityThreshold: predictor.probability_threshold ?? config.probability_threshold ?? PREDICTIONS_DEFAULTS.probabilityThreshold,
    labelDelayHours: 0,
    minimumRows: 0,
  };
}

/** The service counts all columns, the label among them; we name them. */
function headerAt(headers: readonly string[] | undefined, nameOrIndex: string | number): string | undefined {
  return typeof nameOrIndex === 'number' ? headers?.[nameOrIndex] : undefined;
}

/** A JMESPath such as `instances[*].label` names a field of each row; the row is what we look into. */
function fieldOf(path: string): string {
  return path.replace(/^.*\[\*?\]\./, '');
}
