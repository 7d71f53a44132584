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
import { startBaselineJob } from './job';
import { BaselinePlace, baselinePlace, baselineRequestSchema } from './request';

/** Time that is left for an answer when a job could not be created. */
const ANSWER = 10_000;

const logger = new Logger({ serviceName: 'baseline-job' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});

/** Starts the job that makes the baseline, unless the same configuration made one before. Deletes nothing, as a rollback needs it. */
export async function onEvent(event: CdkCustomResourceEvent, context: Context): Promise<CdkCustomResourceResponse> {
  if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId };
  const request = parse(baselineRequestSchema, event.ResourceProperties, 'the baseline request');
  const place = baselinePlace(request);
  if ((await missingFiles(place)).length === 0) {
    logger.info('the baseline is there already', { folder: place.folderUri });
    return answer(place, '');
  }
  await files.writeJson(place.configUri, request.config, { kmsKeyId: request.outputKmsKeyId });
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis() - ANSWER);
  const job = await startBaselineJob(sageMaker, request, place, deadline);
  logger.info('baseline job started', { job, folder: place.folderUri });
  return answer(place, job);
}

/**
 * Whether the baseline is made.
 *
 * @throws Error with the job's own reason when it failed, which CloudFormation shows.
 */
export async function isComplete(event: CdkCustomResourceIsCompleteEvent): Promise<CdkCustomResourceIsCompleteResponse> {
  if (event.RequestType === 'Delete') return { IsComplete: true };
  const place = baselinePlace(parse(baselineRequestSchema, event.ResourceProperties, 'the baseline request'));
  const job = String(event.Data?.JobName ?? '');
  if (job !== '' && !await hasCompleted(job)) return { IsComplete: false };
  const missing = await missingFiles(place);
  if (missing.length > 0) throw new Error(`baseline job ${job} completed but did not write ${missing.join(' and ')}`);
  return { IsComplete: true, Data: attributes(place, job) };
}

async function hasCompleted(name: string): Promise<boolean> {
  const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
  const status = job.ProcessingJobStatus;
  if (status === 'Failed' || status === 'Stopped') {
    throw new Error(`baseline job ${name} ${status === 'Failed' ? 'failed' : 'was stopped'}: ${failureReason(job)}`);
  }
  return status === 'Completed';
}

async function missingFiles({ folderUri, statisticsUri, constraintsUri }: BaselinePlace): Promise<string[]> {
  const found = await files.list(`${folderUri}/`);
  return [statisticsUri, constraintsUri].filter(uri => uri !== undefined).filter(uri => !found.includes(uri));
}

function answer(place: BaselinePlace, job: string): CdkCustomResourceResponse {
  return { PhysicalResourceId: place.folderUri, Data: attributes(place, job) };
}

function attributes({ statisticsUri, constraintsUri }: BaselinePlace, JobName: string): BaselineAttributes {
  return { ...statisticsUri !== undefined && { StatisticsUri: statisticsUri }, ConstraintsUri: constraintsUri, JobName };
}
