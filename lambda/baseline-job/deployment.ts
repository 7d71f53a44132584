import { Logger } from '@aws-lambda-powertools/logger';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeProcessingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import type {
  CdkCustomResourceEvent, CdkCustomResourceIsCompleteEvent, CdkCustomResourceIsCompleteResponse, CdkCustomResourceResponse, Context,
} from 'aws-lambda';
import { BaselineAttributes } from '../../lib/contract';
import { parse } from '../shared/parse';
import { failureReason } from '../shared/processing-job';
import { S3Files } from '../shared/s3-files';
import { noteEnd } from './current-baseline';
import { startBaselineJob, writeInputs } from './job';
import { missingFiles } from './made';
import { BaselinePlace, baselineFiles, baselinePlace, configurationUri, currentUriOf } from './place';
import { ReadBaselineRequest, baselineRequestSchema } from './request';
import { newestObject } from './watched-dataset';

/** Time that is left for an answer when a job could not be created. */
const ANSWER = 10_000;

const logger = new Logger({ serviceName: 'baseline-job' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});

/** Starts the job that makes the baseline, unless the same configuration made one before. Deletes nothing, as a rollback needs it. */
export async function onEvent(event: CdkCustomResourceEvent, context: Context): Promise<CdkCustomResourceResponse> {
  if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId };
  const request = parse(baselineRequestSchema, event.ResourceProperties, 'the baseline request');
  const { watchUri, outputKmsKeyId: kmsKeyId } = request;
  // First noted, then looked: a dataset that is written in between finds the note.
  if (watchUri !== undefined) await files.writeJson(watchUri, { ...request, config: JSON.stringify(request.config) }, { kmsKeyId });
  const place = await placeOf(request);
  if (place === undefined) return answer(request, '');
  if ((await missingFiles(files, place.files)).length === 0) {
    logger.info('the baseline is there already', { folder: place.folderUri });
    if (place.attempt !== undefined) await noteEnd(files, place.attempt, undefined, kmsKeyId);
    return answer(request, '');
  }
  await writeInputs(files, request, place);
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis() - ANSWER);
  const job = await startBaselineJob(sageMaker, request, place, deadline);
  logger.info('baseline job started', { job, folder: place.folderUri });
  return answer(request, job);
}

/**
 * Whether the baseline is made, or need not be waited for.
 *
 * @throws Error with the job's own reason when it failed, which CloudFormation shows.
 */
export async function isComplete(event: CdkCustomResourceIsCompleteEvent): Promise<CdkCustomResourceIsCompleteResponse> {
  if (event.RequestType === 'Delete') return { IsComplete: true };
  const request = parse(baselineRequestSchema, event.ResourceProperties, 'the baseline request');
  const job = String(event.Data?.JobName ?? '');
  if (request.continues !== true && job !== '' && !await hasCompleted(job, request)) return { IsComplete: false };
  return { IsComplete: true, Data: attributes(request, job) };
}

/** Where the baseline goes; `undefined` while nothing lies where datasets are watched for. */
async function placeOf(request: ReadBaselineRequest): Promise<BaselinePlace | undefined> {
  if (request.watchUri === undefined) return baselinePlace(request);
  const newest = await newestObject(files, request.datasetUri);
  if (newest !== undefined) return baselinePlace(request, newest);
  if (request.continues === true) return undefined;
  throw new Error(`nothing lies at ${request.datasetUri}: put a dataset there and deploy again, or set waitForCompletion to false`);
}

async function hasCompleted(name: string, { config }: ReadBaselineRequest): Promise<boolean> {
  const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
  const status = job.ProcessingJobStatus;
  if (status === 'Failed' || status === 'Stopped') {
    throw new Error(`baseline job ${name} ${status === 'Failed' ? 'failed' : 'was stopped'}: ${failureReason(job)}`);
  }
  if (status !== 'Completed') return false;
  const folder = job.ProcessingOutputConfig?.Outputs?.[0]?.S3Output?.S3Uri ?? '';
  const missing = await missingFiles(files, baselineFiles(folder, config.type));
  if (missing.length > 0) throw new Error(`baseline job ${name} completed but did not write ${missing.join(' and ')}`);
  return true;
}

function answer(request: ReadBaselineRequest, job: string): CdkCustomResourceResponse {
  return { PhysicalResourceId: configurationUri(request), Data: attributes(request, job) };
}

function attributes(request: ReadBaselineRequest, JobName: string): BaselineAttributes {
  const currentUri = currentUriOf(request);
  if (currentUri !== undefined) return { CurrentUri: currentUri, JobName };
  const { statisticsUri, constraintsUri } = baselinePlace(request).files;
  return { ...statisticsUri !== undefined && { StatisticsUri: statisticsUri }, ConstraintsUri: constraintsUri, JobName };
}
