import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ExecutionConfig, windowOf } from '../../lib/contract';
import { publicationClaimUri } from '../shared/claim-uri';
import { metricTime, putMetrics, toMetricData } from '../shared/metric-data';
import { once } from '../shared/once';
import { parseJson } from '../shared/parse';
import { createProcessingJob } from '../shared/processing-job';
import { putResultEvents } from '../shared/result-events';
import { S3Files } from '../shared/s3-files';
import { startRequestSchema } from '../shared/schemas';
import { beginsBefore, captureFolderUri, captureHours, holdsRecords, mayHoldRecords } from './capture-files';
import { executionFiles, executionJob } from './execution-job';
import { noDataMetrics, noDataResult } from './no-data';

const PATIENCE = 5000;

const logger = new Logger({ serviceName: 'start-monitoring-execution' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});
const cloudWatch = new CloudWatchClient({});
const eventBridge = new EventBridgeClient({});
const processor = new BatchProcessor(EventType.SQS);

/** Starts an execution for each request of the queue. A request that fails stays in the queue and is tried again. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
  return processPartialResponse(event, (record: SQSRecord) => handleRecord(record, deadline), processor, { context, throwOnFullBatchFailure: false });
}

async function handleRecord(record: SQSRecord, deadline: Date): Promise<void> {
  try {
    await start(record, deadline);
  } catch (error) {
    logger.error('no execution was started; the request is tried again', { error: error as Error, messageId: record.messageId });
    throw error;
  }
}

async function start(record: SQSRecord, deadline: Date): Promise<void> {
  const { scheduledTime, schedule } = parseJson(startRequestSchema, record.body, 'the start request');
  const config = { schedule, window: windowOf(scheduledTime, schedule.cadenceHours) };
  const captures = await listCaptures(config);
  if (await anyRecord(captures, config)) await startJob(config, captures);
  else await publishNoData(config, metricTime(scheduledTime), deadline);
}

async function listCaptures({ schedule: { capture }, window }: ExecutionConfig): Promise<string[]> {
  const hours = await Promise.all(captureHours(capture, window).map(hour => files.list(hour)));
  return hours.flat().filter(uri => mayHoldRecords(uri, window));
}

/** An hour's last file may reach into a silent hour or not: it is opened when no other file tells that there was traffic. */
async function anyRecord(captures: readonly string[], { window }: ExecutionConfig): Promise<boolean> {
  if (!captures.every(uri => beginsBefore(uri, window))) return true;
  const texts = await Promise.all(captures.map(uri => files.read(uri)));
  return texts.some(text => holdsRecords(text, window));
}

async function startJob(config: ExecutionConfig, captures: readonly string[]): Promise<void> {
  const { schedule } = config;
  const { kmsKeyId } = schedule.output;
  const { manifest, config: configUri } = executionFiles(config);
  const folder = captureFolderUri(schedule.capture);
  await files.writeJson(manifest, [{ prefix: folder }, ...captures.map(uri => uri.slice(folder.length))], { kmsKeyId });
  await files.writeJson(configUri, config, { kmsKeyId });

  const job = executionJob(config);
  const created = await createProcessingJob(sageMaker, schedule.job, job);
  logger.info(created ? 'execution started' : 'execution was started before', { execution: job.name, window: config.window, captureFiles: captures.length });
}

async function publishNoData(config: ExecutionConfig, time: Date, deadline: Date): Promise<void> {
  const { schedule, window } = config;
  for (const { name } of schedule.monitors) {
    const result = noDataResult(config, name);
    await once(files, {
      claimUri: publicationClaimUri(result.reportUri, 'no-data'),
      kmsKeyId: schedule.output.kmsKeyId,
      steps: () => Promise.resolve([
        { name: 'metrics', run: () => putMetrics(cloudWatch, toMetricData(noDataMetrics(config, name, time), time)) },
        { name: 'events', run: () => putResultEvents(eventBridge, result) },
      ]),
    }, { deadline, patience: PATIENCE });
    logger.info('nothing was captured', { execution: result.execution, monitor: name, window });
  }
}
