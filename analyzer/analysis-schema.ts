import * as z from 'zod';
import {
  BIAS_METHODS, BiasFacet, CATEGORICAL_METHODS, COMPARISON_METHODS, DataQualityAnalysis, FeatureOverride, ModelBiasAnalysis,
  ModelExplainabilityAnalysis, ModelQualityAnalysis, PredictorConfig, Predictions, PROBLEM_TYPES, SHAP_AGGREGATIONS, TypedAnalysis,
} from '../lib/contract';

/** A schema for each field, the optional ones too: what an object does not name, it drops without a word. */
type Fields<T> = { [K in keyof T]-?: z.ZodType<T[K]> };

export const SIDES = z.array(z.enum(['endpointInput', 'endpointOutput'])).min(1);

const SHARE = z.number().min(0).max(1);
const COUNT = z.number().int().nonnegative();
const VALUES = z.array(z.union([z.string(), z.number()])).min(1);
const MEDIA_TYPE = z.enum(['text/csv', 'application/json', 'application/jsonlines']);

/** What differs for one column. */
export const FEATURE_OVERRIDE = z.object({
  comparisonMethod: z.enum(COMPARISON_METHODS).optional(),
  categoricalMethod: z.enum(CATEGORICAL_METHODS).optional(),
  comparisonThreshold: z.number().optional(),
  typeThreshold: SHARE.optional(),
  domainThreshold: SHARE.optional(),
} satisfies Fields<FeatureOverride>);

export const DATA_QUALITY = z.object({
  captureIndexNames: SIDES,
  excludedColumns: z.array(z.string()),
  sensitiveColumns: z.array(z.string()),
  comparisonMethod: z.enum(COMPARISON_METHODS),
  comparisonThreshold: z.number(),
  minimumRows: z.number(),
  categoricalMethod: z.enum(CATEGORICAL_METHODS).optional(),
  overrides: z.record(z.string(), FEATURE_OVERRIDE).optional(),
} satisfies Fields<DataQualityAnalysis>);

const PREDICTIONS = {
  inferenceAttribute: z.string().optional(),
  probabilityAttribute: z.string().optional(),
  probabilityThreshold: SHARE,
  groundTruthAttribute: z.string().optional(),
  labelDelayHours: COUNT,
  minimumRows: COUNT,
} satisfies Fields<Predictions>;

const MODEL_QUALITY = z.object({
  ...PREDICTIONS,
  problemType: z.enum(PROBLEM_TYPES),
  positiveLabel: z.string().optional(),
  tolerance: SHARE,
} satisfies Fields<ModelQualityAnalysis>);

const MODEL_BIAS = z.object({
  ...PREDICTIONS,
  headers: z.array(z.string()).optional(),
  label: z.string(),
  labelValuesOrThreshold: VALUES,
  labelIsThreshold: z.literal(true).optional(),
  facets: z.array(z.object({
    nameOrIndex: z.union([z.string(), z.number()]), valueOrThreshold: VALUES.optional(), isThreshold: z.literal(true).optional(),
  } satisfies Fields<BiasFacet>)).min(1),
  groupVariable: z.string().optional(),
  method: z.enum(BIAS_METHODS).optional(),
  constraints: z.record(z.string(), z.object({ minimum: z.number().optional(), maximum: z.number().optional() })).optional(),
} satisfies Fields<ModelBiasAnalysis>);

const MODEL_EXPLAINABILITY = z.object({
  headers: z.array(z.string()).optional(),
  excludedColumns: z.array(z.string()),
  background: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).min(1).optional(),
  samples: COUNT.min(1).optional(),
  maximumRows: COUNT.min(1),
  aggregation: z.enum(SHAP_AGGREGATIONS),
  useLogit: z.boolean(),
  predictor: z.object({
    endpointName: z.string().min(1).optional(),
    contentType: MEDIA_TYPE,
    contentTemplate: z.string().optional(),
    recordTemplate: z.string().optional(),
    acceptType: MEDIA_TYPE,
    scoreAttribute: z.string().optional(),
    labelHeaders: z.array(z.string()).optional(),
    rowsPerRequest: COUNT.min(1),
    concurrency: COUNT.min(1),
    requestsPerSecond: z.number().positive(),
  } satisfies Fields<PredictorConfig>),
  ndcgThreshold: SHARE,
  minimumRows: COUNT,
} satisfies Fields<ModelExplainabilityAnalysis>);

/** What config.json says of one monitor: its type decides what its analysis is. */
export const TYPED_ANALYSIS = z.discriminatedUnion('type', [
  z.object({ type: z.literal('data-quality'), analysis: DATA_QUALITY }),
  z.object({ type: z.literal('model-quality'), analysis: MODEL_QUALITY }),
  z.object({ type: z.literal('model-bias'), analysis: MODEL_BIAS }),
  z.object({ type: z.literal('model-explainability'), analysis: MODEL_EXPLAINABILITY }),
]) satisfies z.ZodType<TypedAnalysis>;
