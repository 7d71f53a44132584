import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeProcessingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { BASELINE_DIMENSION, BASELINE_FAILED_METRIC, BASELINE_NAMESPACE, BaselineAttempt, BaselineChange } from '../../lib/contract';
import { publicationClaimUri } from '../shared/claim-uri';
import { JobEnd, jobEnd } from '../shared/job-end';
import { metricTime, putMetrics } from '../shared/metric-data';
import { once } from '../shared/once';
import { parseJson } from '../shared/parse';
import { createProcessingJob } from '../shared/processing-job';
import { S3Files } from '../shared/s3-files';
import { baselineFilesSchema, Fields, instant } from '../shared/schemas';
import { noteEnd } from './current-baseline';
import { firstAttempt, writeInputs } from './job';
import { missingFiles } from './made';
import { attemptUri, baselinePlace } from './place';
import { baselineRequestSchema } from './request';
import { newestObject } from './watched-dataset';

const PATIENCE = 5000;

const logger = new Logger({ serviceName: 'baseline-job' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});
const cloudWatch = new CloudWatchClient({});

const changeSchema = z.union([
  z.object({ watchUri: z.string().startsWith('s3://') }),
  z.object({ jobName: z.string().min(1) }),
]) satisfies z.ZodType<BaselineChange>;
const attemptSchema = z.object({
  namePrefix: z.string(), currentUri: z.string(), files: baselineFilesSchema, datasetTime: instant.optional(),
} satisfies Fields<BaselineAttempt>);

/** Makes a baseline of the newest dataset when one was written, and makes it the current one when its job has ended. */
export async function onChange(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
  // It keeps what failed, which is this invocation's alone.
  const processor = new BatchProcessor(EventType.SQS);
  return processPartialResponse(event, (record: SQSRecord) => handleRecord(record, deadline), processor, { context, throwOnFullBatchFailure: false });
}

async function handleRecord({ body, messageId }: SQSRecord, deadline: Date): Promise<void> {
  try {
    const change = parseJson(changeSchema, body, 'the change');
    if ('watchUri' in change) await makeBaseline(change.watchUri);
    else await endAttempt(change.jobName, deadline);
  } catch (error) {
    logger.error('the change had no effect; it is tried again', { error: error as Error, messageId });
    throw error;
  }
}

async function makeBaseline(watchUri: string): Promise<void> {
  const noted = await files.find(watchUri);
  if (noted === undefined) {
    logger.info('the deployment has not looked for a dataset yet, and will', { watchUri });
    return;
  }
  const request = parseJson(baselineRequestSchema, noted.text, watchUri);
  const newest = await newestObject(files, request.datasetUri);
  if (newest === undefined) {
    logger.info('the dataset is gone again', { dataset: request.datasetUri });
    return;
  }
  const place = baselinePlace(request, newest);
  if ((await missingFiles(files, place.files)).length === 0) {
    if (place.attempt !== undefined) await noteEnd(files, place.attempt, undefined, request.outputKmsKeyId);
    return;
  }
  await writeInputs(files, request, place);
  const job = firstAttempt(request, place);
  const created = await createProcessingJob(sageMaker, request.job, job);
  logger.info(created ? 'baseline job started' : 'a baseline job was started before', { job: job.name, dataset: newest.uri });
}

async function endAttempt(ProcessingJobName: string, deadline: Date): Promise<void> {
  const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
  const end = jobEnd(job);
  const folder = job.ProcessingOutputConfig?.Outputs?.[0]?.S3Output?.S3Uri ?? '';
  const kmsKeyId = job.ProcessingOutputConfig?.KmsKeyId;
  if (end === undefined) return;
  await once(files, {
    claimUri: publicationClaimUri(folder, end.name),
    kmsKeyId,
    steps: async () => {
      const attempt = parseJson(attemptSchema, await files.read(attemptUri(folder)), attemptUri(folder));
      const reason = await failureOf(end, attempt);
      const { datasetTime } = attempt;
      const failure = reason === undefined ? undefined : { job: end.name, reason, ...datasetTime !== undefined && { datasetTime } };
      return [
        { name: 'current', run: () => noteEnd(files, attempt, failure, kmsKeyId) },
        { name: 'metric', run: () => publish(attempt, end, reason) },
      ];
    },
  }, { deadline, patience: PATIENCE });
}

/** Why there is no baseline; `undefined` when there is. */
async function failureOf(end: JobEnd, attempt: BaselineAttempt): Promise<string | undefined> {
  if (end.failureReason !== undefined) return `job ${end.name} failed: ${end.failureReason}`;
  const missing = await missingFiles(files, attempt.files);
  return missing.length === 0 ? undefined : `job ${end.name} completed but did not write ${missing.join(' and ')}`;
}

async function publish({ namePrefix, files: { constraintsUri } }: BaselineAttempt, { name, time }: JobEnd, reason?: string): Promise<void> {
  await putMetrics(cloudWatch, BASELINE_NAMESPACE, [{
    MetricName: BASELINE_FAILED_METRIC,
    Dimensions: [{ Name: BASELINE_DIMENSION, Value: namePrefix }],
    Timestamp: metricTime(time),
    Value: reason === undefined ? 0 : 1,
    Unit: 'Count',
  }]);
  logger.info(reason === undefined ? 'baseline made' : 'no baseline was made', { job: name, constraintsUri, reason });
}
