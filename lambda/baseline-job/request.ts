import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BaselineConfig, BaselineRequest, MonitorType, ReportFile } from '../../lib/contract';
import { folderUri, jobSchema, typedAnalysisSchema } from '../shared/schemas';

const HASH_LENGTH = 16;

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('must be JSON');
    return z.NEVER;
  }
});

const baselineConfigSchema = typedAnalysisSchema.extend({
  datasetFormat: z.union([
    z.object({ csv: z.object({ header: z.boolean() }) }),
    z.object({ json: z.object({ lines: z.literal(true) }) }),
    z.object({ parquet: z.record(z.string(), z.never()) }),
  ]),
}).transform(config => config as unknown as BaselineConfig);

/** A request whose configuration is no longer text. */
export type ReadBaselineRequest = Omit<BaselineRequest, 'config'> & { readonly config: BaselineConfig };

/** Properties of the custom resource, after CloudFormation made text of every number and boolean. */
export const baselineRequestSchema = z.object({
  datasetUri: z.string().regex(/^s3:\/\/[^/]+\/.+$/, 'must be s3://bucket/key'),
  outputUri: folderUri,
  outputKmsKeyId: z.string().optional(),
  config: jsonText.pipe(baselineConfigSchema),
  job: jobSchema,
}) satisfies z.ZodType<ReadBaselineRequest>;

/** Where a baseline lies, and the files of which it is made. */
export interface BaselinePlace {
  /** Tells one configuration from another: 16 hexadecimal digits. */
  readonly hash: string;
  readonly folderUri: string;
  /** Bias and explainability have none. */
  readonly statisticsUri?: string;
  readonly constraintsUri: string;
  readonly configUri: string;
}

/** The place of a baseline: the same for the same dataset, analysis and analyzer, so that a rollback points back to what is there. */
export function baselinePlace({ datasetUri, config, job, outputUri }: ReadBaselineRequest): BaselinePlace {
  const hash = createHash('sha256').update(canonicalJson({ datasetUri, config, imageUri: job.imageUri })).digest('hex').slice(0, HASH_LENGTH);
  const folder = `${outputUri}/${hash}`;
  return {
    hash,
    folderUri: folder,
    ...(isOneFile(config.type)
      ? { constraintsUri: `${folder}/${ReportFile.ANALYSIS}` }
      : { statisticsUri: `${folder}/${ReportFile.STATISTICS}`, constraintsUri: `${folder}/${ReportFile.CONSTRAINTS}` }),
    configUri: `${folder}/input/config.json`,
  };
}

/** The baseline of bias and of explainability is analysis.json alone. */
function isOneFile(type: MonitorType): boolean {
  return type === 'model-bias' || type === 'model-explainability';
}

/** JSON with sorted keys: CloudFormation keeps no order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part);
}
