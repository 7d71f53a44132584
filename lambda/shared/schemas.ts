import * as z from 'zod';
import {
  BaselineFiles, CaptureSource, CurrentBaseline, DATA_QUALITY_CHECKS, EXECUTION_STATUSES, ExecutionConfig, ExecutionResult, ExecutionSummary,
  JobConfig, MONITOR_TYPES, MetricRecord, MonitorConfig, RecordCounts, ScheduleConfig, StartRequest, TransformSource, Violation, Window,
} from '../../lib/contract';

/** A schema for each field, the optional ones too: what an object does not name, it drops without a word. */
export type Fields<T> = { [K in keyof T]-?: z.ZodType<T[K]> };

export const instant = z.iso.datetime({ offset: true });
const s3Uri = z.string().regex(/^s3:\/\/[^/]+\/.+$/, 'must be s3://bucket/key');
/** A folder or a whole bucket. */
export const folderUri = z.string().regex(/^s3:\/\/[^/]+(\/.*[^/])?$/, 'must be s3://bucket or s3://bucket/folder without a slash at its end');
const count = z.coerce.number().int().nonnegative();
const window = z.object({ start: instant, end: instant } satisfies Fields<Window>);

/** CloudFormation hands booleans to custom resources as text. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')]);

/** What is analysed is the analyzer's to judge: handlers look at what they need themselves, and pass it all on. */
export const typedAnalysisSchema = z.looseObject({
  type: z.enum(MONITOR_TYPES),
  analysis: z.looseObject({ captureIndexNames: z.array(z.string()).optional(), labelDelayHours: count.optional() }),
});

export const jobSchema = z.object({
  namePrefix: z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,44}$/, 'must be letters, digits and hyphens, at most 45'),
  roleArn: z.string().min(1),
  imageUri: z.string().min(1),
  instanceType: z.string().min(1),
  instanceCount: count.min(1),
  volumeSizeInGB: count.min(1),
  volumeKmsKeyId: z.string().optional(),
  maxRuntimeInSeconds: count.min(1),
  networkIsolation: flag,
  subnets: z.array(z.string()).optional(),
  securityGroupIds: z.array(z.string()).optional(),
} satisfies Fields<JobConfig>);

/** The files of a baseline. */
export const baselineFilesSchema = z.object({ statisticsUri: s3Uri.optional(), constraintsUri: s3Uri } satisfies Fields<BaselineFiles>);

const monitorSchema = typedAnalysisSchema.extend({
  name: z.string().min(1),
  baseline: z.union([
    baselineFilesSchema.extend({ currentUri: s3Uri.optional() }),
    z.object({ currentUri: s3Uri, constraintsUri: z.undefined().optional() }),
  ]),
  alarmedFeatures: z.array(z.string()),
  publishedFeatures: count,
}).transform(config => config as unknown as MonitorConfig);

const captureSchema = z.object({
  uri: folderUri,
  endpointName: z.string().min(1).optional(),
  variantName: z.string().min(1).optional(),
  bucketOwner: z.string().regex(/^\d{12}$/).optional(),
  transform: z.object({
    inputUri: folderUri.optional(),
    outputUri: folderUri.optional(),
    encoding: z.enum(['CSV', 'JSON']),
    joinsInput: flag,
    longestHours: count,
  } satisfies Fields<TransformSource>).optional(),
} satisfies Fields<CaptureSource>).refine(({ endpointName, variantName }) => (endpointName === undefined) === (variantName === undefined), {
  message: 'endpointName and variantName go together',
});

const scheduleSchema = z.object({
  name: z.string().min(1),
  cadenceHours: z.number().int().min(1).max(24),
  capture: captureSchema,
  groundTruth: z.object({ uri: folderUri }).optional(),
  output: z.object({ uri: folderUri, kmsKeyId: z.string().optional() }),
  job: jobSchema,
  explanationJob: jobSchema.optional(),
  monitors: z.array(monitorSchema).min(1),
} satisfies Fields<ScheduleConfig>);

/** A job's own config.json no longer tells the schedule's two jobs apart, so that this is asked of the request alone. */
const startableSchedule = scheduleSchema.refine(
  ({ explanationJob, monitors }) => explanationJob !== undefined || monitors.every(({ type }) => type !== 'model-explainability'),
  { path: ['explanationJob'], message: 'must be there for a model-explainability monitor' },
);

export const startRequestSchema = z.object({ scheduledTime: instant, schedule: startableSchedule } satisfies Fields<StartRequest>);

/** current.json. */
export const currentBaselineSchema = z.object({
  files: baselineFilesSchema.optional(),
  datasetTime: instant.optional(),
  failure: z.object({ job: z.string(), reason: z.string(), datasetTime: instant.optional() }).optional(),
} satisfies Fields<CurrentBaseline>);

/** Which files transform jobs made of which is the job's to know. */
export const executionConfigSchema = z.object({ schedule: scheduleSchema, window } satisfies Fields<Omit<ExecutionConfig, 'transforms'>>);

const records = z.object({
  captured: count,
  analysed: count,
  labelled: count.optional(),
  duplicatedLabels: count.optional(),
  unmatchedLabels: count.optional(),
  rejected: count,
  outsideWindow: count,
} satisfies Fields<RecordCounts>);

const brokenConstraint = z.object({ description: z.string(), explanation: z.string() });

const violation = z.union([
  brokenConstraint.extend({ feature_name: z.string(), constraint_check_type: z.enum(DATA_QUALITY_CHECKS) }),
  brokenConstraint.extend({
    facet: z.string(), facet_value: z.string(), metric_name: z.string(), constraint_check_type: z.enum(['bias_drift_check', 'bias_check']),
  }),
  brokenConstraint.extend({ label: z.string(), metric_name: z.literal('shap'), constraint_check_type: z.literal('feature_attribution_drift_check') }),
  brokenConstraint.extend({ metric_name: z.string(), constraint_check_type: z.enum(['LessThanThreshold', 'GreaterThanThreshold']) }),
]) satisfies z.ZodType<Violation>;

export const executionSummarySchema = z.object({
  monitor: z.string(),
  window,
  records,
  violations: z.array(violation),
  drift: z.array(z.object({ feature: z.string(), distance: z.number(), explanation: z.string() })),
} satisfies Fields<ExecutionSummary>);

export const executionResultSchema = z.object({
  endpoint: z.string().optional(),
  schedule: z.string(),
  monitor: z.string(),
  execution: z.string().min(1),
  status: z.enum(EXECUTION_STATUSES),
  window,
  records,
  violations: count,
  features: z.array(z.string()),
  explanations: z.array(z.string()),
  reportUri: z.string(),
  failureReason: z.string().optional(),
} satisfies Fields<ExecutionResult>);

/** JSON has no infinity, but 1e999 is read as one. */
const metricValue = z.number().or(z.literal([Infinity, -Infinity]));

/** A line of metrics.jsonl. A value that is no number is null in JSON; such a line is passed over, not refused. */
export const metricRecordSchema = z.object({
  MetricName: z.string(),
  Timestamp: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Value: metricValue.nullish().transform(value => value ?? undefined),
  StatisticValues: z.object({ Maximum: metricValue, Minimum: metricValue, SampleCount: z.number(), Sum: metricValue })
    .nullish().catch(undefined).transform(value => value ?? undefined),
  Unit: z.enum(['Count', 'Seconds', 'None']).optional(),
} satisfies Fields<MetricRecord>);
