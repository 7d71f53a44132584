import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeProcessingJobCommand, SageMakerClient, SageMakerServiceException } from '@aws-sdk/client-sagemaker';
import { ContainerEnvironment, ContainerPath } from '../../lib/contract';
import { ProcessingJobParts, createProcessingJob, processingInput } from '../shared/processing-job';
import { S3Files } from '../shared/s3-files';
import { BaselinePlace, attemptUri } from './place';
import { ReadBaselineRequest } from './request';

/** More failures of one configuration than a person would try. */
const ATTEMPTS = 100;
/** A role that was just created is unknown to SageMaker for a while. */
const ROLE_RETRY = 5000;

/** Writes what a job is told, and what its end means. */
export async function writeInputs(files: S3Files, { config, outputKmsKeyId }: ReadBaselineRequest, place: BaselinePlace): Promise<void> {
  if (place.attempt !== undefined) await files.writeJson(attemptUri(place.folderUri), place.attempt, { kmsKeyId: outputKmsKeyId });
  await files.writeJson(place.configUri, config, { kmsKeyId: outputKmsKeyId });
}

/** Starts the job that makes a baseline, or finds the one that is at it already. Gives its name. */
export async function startBaselineJob(
  sageMaker: SageMakerClient, request: ReadBaselineRequest, place: BaselinePlace, deadline: Date,
): Promise<string> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const parts = baselineJob(request, place, attempt);
    if (await createOnceRoleIsKnown(sageMaker, request, parts, deadline)) return parts.name;
    const { ProcessingJobStatus } = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: parts.name }));
    if (ProcessingJobStatus === 'InProgress') return parts.name;
  }
  throw new Error(`the baseline ${place.folderUri} was tried ${ATTEMPTS} times; change its configuration`);
}

/** The first attempt, which an event may ask for again and again: each dataset is tried once. */
export function firstAttempt(request: ReadBaselineRequest, place: BaselinePlace): ProcessingJobParts {
  return baselineJob(request, place, 1);
}

async function createOnceRoleIsKnown(
  sageMaker: SageMakerClient, { job }: ReadBaselineRequest, parts: ProcessingJobParts, deadline: Date,
): Promise<boolean> {
  for (;;) {
    try {
      return await createProcessingJob(sageMaker, job, parts);
    } catch (error) {
      if (!isRoleUnknown(error) || Date.now() + ROLE_RETRY > deadline.getTime()) throw error;
      await sleep(ROLE_RETRY);
    }
  }
}

function isRoleUnknown(error: unknown): boolean {
  return error instanceof SageMakerServiceException && (error.name === 'AccessDeniedException' || /could not assume role/i.test(error.message));
}

function baselineJob({ outputKmsKeyId, config, job }: ReadBaselineRequest, place: BaselinePlace, attempt: number): ProcessingJobParts {
  return {
    name: `${job.namePrefix}-${place.hash.slice(0, 8)}-${attempt}`,
    inputs: [
      processingInput('dataset', place.datasetUri, ContainerPath.DATASET),
      processingInput('config', place.configUri, ContainerPath.CONFIG),
    ],
    outputs: [{
      OutputName: 'baseline',
      // Not while the job runs: half a baseline would look like a whole one.
      S3Output: { S3Uri: place.folderUri, LocalPath: ContainerPath.OUTPUT, S3UploadMode: 'EndOfJob' },
    }],
    outputKmsKeyId,
    environment: {
      [ContainerEnvironment.DATASET_FORMAT]: JSON.stringify(config.datasetFormat),
      [ContainerEnvironment.DATASET_SOURCE]: ContainerPath.DATASET,
      [ContainerEnvironment.OUTPUT_PATH]: ContainerPath.OUTPUT,
      [ContainerEnvironment.PUBLISH_CLOUDWATCH_METRICS]: 'Disabled',
    },
  };
}
