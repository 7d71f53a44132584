import * as z from 'zod';
import { EXPLAINABILITY_DEFAULTS, ModelExplainabilityAnalysis, PREDICTOR_DEFAULTS, SHAP_AGGREGATIONS } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';

const MEDIA_TYPES = ['text/csv', 'application/json', 'application/jsonlines'] as const;
const COUNT = z.number().int().min(1);

/** What the service's file says of SHAP; what it says of shadow endpoints and other analyses is not needed. */
const CONFIG = z.object({
  headers: z.array(z.string()).min(1).optional(),
  label: z.string().optional(),
  methods: z.object({
    shap: z.object({
      baseline: z.array(z.array(z.union([z.string(), z.number(), z.null()])), 'must be rows of values; a file in S3 cannot be read from here, so put its rows in place of it').min(1).optional(),
      num_samples: COUNT.optional(),
      agg_method: z.enum(SHAP_AGGREGATIONS).default('mean_abs'),
      use_logit: z.boolean().default(false),
    }),
  }),
  predictor: z.object({
    content_type: z.enum(MEDIA_TYPES).default('text/csv'),
    accept_type: z.enum(MEDIA_TYPES).optional(),
    content_template: z.string().optional(),
    record_template: z.string().optional(),
    label_headers: z.array(z.string()).min(1).optional(),
  }).prefault({}),
});

/** Reads the service's analysis_config.json, which judges rows of any number; what else it does not know gets our defaults. */
export function explainabilityFromConfig(json: unknown): ModelExplainabilityAnalysis {
  const result = CONFIG.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
    throw new AnalyzerError(`the analysis configuration is not as expected: ${problems.join('; ')}`);
  }
  const { headers, label, methods: { shap }, predictor } = result.data;
  return {
    ...EXPLAINABILITY_DEFAULTS,
    headers,
    excludedColumns: label === undefined ? [] : [label],
    background: shap.baseline,
    samples: shap.num_samples,
    aggregation: shap.agg_method,
    useLogit: shap.use_logit,
    predictor: {
      ...PREDICTOR_DEFAULTS,
      contentType: predictor.content_type,
      acceptType: predictor.accept_type ?? predictor.content_type,
      contentTemplate: predictor.content_template,
      recordTemplate: predictor.record_template,
      labelHeaders: predictor.label_headers,
    },
    minimumRows: 0,
  };
}
