import * as z from 'zod';
import { ExplainabilityAnalysisFile, ModelExplainabilityAnalysis } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { readJson } from '../json-file';
import { Background } from './background';
import { Attributions } from './explained-model';
import { FeatureColumns } from './feature-columns';

/** analysis.json, as far as windows are compared with it. */
export const attributionsSchema = z.object({
  explanations: z.object({
    kernel_shap: z.record(z.string(), z.object({
      global_shap_values: z.record(z.string(), z.number().nonnegative()).refine(values => Object.keys(values).length > 0, 'has no feature'),
      expected_value: z.number(),
    })).refine(labels => Object.keys(labels).length > 0, 'has no label'),
  }),
});
const ANALYSIS_FILE = attributionsSchema.extend({
  version: z.string().default('1.0'),
  background: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).min(1).optional(),
}) satisfies z.ZodType<ExplainabilityAnalysisFile>;

/** What a window's explanation is compared with. */
export interface Baseline {
  readonly attributions: Attributions;
  /** Names of the features, in the file's order. */
  readonly features: readonly string[];
  /** Columns as in `features`. Absent from files of the service. */
  readonly background?: Background;
}

/** Reads analysis.json; the place is a file, or a folder that holds it alone. */
export function readBaseline(place: string): Baseline {
  const { explanations: { kernel_shap: attributions }, background } = readJson(place, ANALYSIS_FILE, 'baseline explanations');
  return { attributions, features: Object.keys(Object.values(attributions)[0]?.global_shap_values ?? {}), background };
}

/** The features in the order in which requests have them; they must be the baseline's. */
export function requestColumns({ features }: Baseline, { headers, excludedColumns }: ModelExplainabilityAnalysis): FeatureColumns {
  const columns = new FeatureColumns(headers ?? features, excludedColumns);
  const other = [...columns.names.filter(name => !features.includes(name)), ...features.filter(name => !columns.names.includes(name))];
  if (other.length > 0) throw new AnalyzerError(`headers and the baseline have different features (${other.join(', ')}); the baseline's are ${features.join(', ')}`);
  return columns;
}

/** The background that the baseline was made with, else the one of the analysis, its columns as the features are given. */
export function backgroundFor(features: readonly string[], baseline: Baseline, analysis: ModelExplainabilityAnalysis): Background {
  if (baseline.background) {
    const places = features.map(name => baseline.features.indexOf(name));
    return baseline.background.map(row => row.length === features.length ? places.map(place => row[place] ?? null) : row);
  }
  if (analysis.background) return analysis.background;
  throw new AnalyzerError('the baseline does not say which rows stand for an absent feature; give them as background (methods.shap.baseline in the service\'s analysis_config.json)');
}
