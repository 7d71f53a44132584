import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BaselineRequest, ReportFile } from '../../lib/contract';
import { analysisSchema, flag, folderUri, jobSchema } from '../shared/schemas';

const HASH_LENGTH = 16;

/** Properties of the custom resource, after CloudFormation made text of every number and boolean. */
export const baselineRequestSchema = z.object({
  datasetUri: z.string().regex(/^s3:\/\/[^/]+\/.+$/, 'must be s3://bucket/key'),
  outputUri: folderUri,
  outputKmsKeyId: z.string().optional(),
  config: z.object({
    type: z.literal('data-quality'),
    datasetFormat: z.union([
      z.object({ csv: z.object({ header: flag }) }),
      z.object({ json: z.object({ lines: flag.pipe(z.literal(true)) }) }),
      z.object({ parquet: z.record(z.string(), z.never()) }),
    ]),
    analysis: analysisSchema,
  }),
  job: jobSchema,
}) satisfies z.ZodType<BaselineRequest>;

/** Where a baseline lies, and the files of which it is made. */
export interface BaselinePlace {
  /** Tells one configuration from another: 16 hexadecimal digits. */
  readonly hash: string;
  readonly folderUri: string;
  readonly statisticsUri: string;
  readonly constraintsUri: string;
  readonly configUri: string;
}

/** The place of a baseline: the same for the same dataset, analysis and analyzer, so that a rollback points back to what is there. */
export function baselinePlace({ datasetUri, config, job, outputUri }: BaselineRequest): BaselinePlace {
  const hash = createHash('sha256').update(canonicalJson({ datasetUri, config, imageUri: job.imageUri })).digest('hex').slice(0, HASH_LENGTH);
  const folder = `${outputUri}/${hash}`;
  return {
    hash,
    folderUri: folder,
    statisticsUri: `${folder}/${ReportFile.STATISTICS}`,
    constraintsUri: `${folder}/${ReportFile.CONSTRAINTS}`,
    configUri: `${folder}/input/config.json`,
  };
}

/** JSON with sorted keys: CloudFormation keeps no order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part);
}
