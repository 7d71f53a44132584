import * as z from 'zod';
import { BaselineConfig, BaselineRequest } from '../../lib/contract';
import { Fields, flag, folderUri, jobSchema, typedAnalysisSchema } from '../shared/schemas';

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
  continues: flag.optional(),
  watchUri: z.string().startsWith('s3://').optional(),
} satisfies Fields<ReadBaselineRequest>);
