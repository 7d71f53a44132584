import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ContainerPath, ExecutionConfig, MonitorConfig, ScheduleConfig, metricNamespace, scheduledWindow } from '../../lib/contract';
import { publicationClaimUri } from '../shared/claim-uri';
import { metricTime, putMetrics, toMetricData } from '../shared/metric-data';
import { once } from '../shared/once';
import { parseJson } from '../shared/parse';
import { createProcessingJob } from '../shared/processing-job';
import { putResultEvents } from '../shared/result-events';
import { S3Files } from '../shared/s3-files';
import { startRequestSchema } from '../shared/schemas';
import { CapturedData, JobData, capturedData } from './captured-data';
import { findBaseline } from './current-baseline';
import { configUri, executionJob, manifestUri } from './execution-job';
import { Execution, capturedWindows, executionsOf, groundTruthWindow, withMonitors } from './executions';
import { groundTruthFolders } from './ground-truth-files';
import { JoblessEnd, joblessMetrics, joblessResult } from './jobless-end';

const PATIENCE = 5000;
/** An end of each kind is told once for each window. */
const CLAIMS: Readonly<Record<JoblessEnd['status'], string>> = { NoData: 'no-data', BaselinePending: 'baseline-pending', Failed: 'baseline-failed' };

/** What metrics are stamped with, and when the function ends for certain. */
interface Moment {
  readonly time: Date;
  readonly deadline: Date;
}

const logger = new Logger({ serviceName: 'start-monitoring-execution' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});
const cloudWatch = new CloudWatchClient({});
const eventBridge = new EventBridgeClient({});

/** Starts an execution for each request of the queue. A request that fails stays in the queue and is tried again. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
  // It keeps what failed, which is this invocation's alone.
  const processor = new BatchProcessor(EventType.SQS);
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
  const time = metricTime(scheduledTime);
  for (const execution of executionsOf({ schedule, window: scheduledWindow(scheduledTime, schedule) })) {
    const found = await Promise.all(execution.config.schedule.monitors.map(monitor => findBaseline(files, monitor)));
    for (const { monitor, end } of found) if (end) await publishJobless(execution.config, monitor, end, { time, deadline });
    const monitors = found.filter(({ end }) => !end).map(({ monitor }) => monitor);
    if (monitors.length > 0) await execute(withMonitors(execution, monitors), { time, deadline });
  }
}

/** Starts the job of an execution, unless nothing was captured. */
async function execute(execution: Execution, moment: Moment): Promise<void> {
  const { config } = execution;
  const captured = await capturedData(files, config.schedule.capture, capturedWindows(config));
  if (captured !== undefined) await startJob(execution, captured);
  else for (const monitor of config.schedule.monitors) await publishJobless(config, monitor, { status: 'NoData' }, moment);
}

async function startJob(execution: Execution, { data, transforms }: CapturedData): Promise<void> {
  const config: ExecutionConfig = { ...execution.config, ...transforms && { transforms } };
  const { schedule, window } = config;
  const inputs = [...data, ...await groundTruthData(config)];
  for (const input of inputs) await writeManifest(manifestUri(execution, input), input, schedule);
  await files.writeJson(configUri(execution), config, { kmsKeyId: schedule.output.kmsKeyId });

  const job = executionJob(execution, inputs);
  const created = await createProcessingJob(sageMaker, schedule.job, job);
  logger.info(created ? 'execution started' : 'execution was started before', {
    execution: job.name, window, files: Object.fromEntries(inputs.map(({ name, uris }) => [name, uris.length])),
  });
}

/** Labels are on time until the job starts; an hour without any is none of the job's troubles. */
async function groundTruthData(config: ExecutionConfig): Promise<JobData[]> {
  const { groundTruth } = config.schedule;
  const window = groundTruthWindow(config);
  if (!groundTruth || !window) return [];
  const { days, isInWindow } = groundTruthFolders(groundTruth.uri, window);
  const found = await Promise.all(days.map(day => files.list(day)));
  const uris = found.flat().filter(isInWindow);
  return uris.length === 0 ? [] : [{ name: 'ground-truth', localPath: ContainerPath.GROUND_TRUTH, folder: `${groundTruth.uri}/`, uris }];
}

/** A manifest names each file once, in the order of the keys, below a folder. */
async function writeManifest(uri: string, { folder, uris }: JobData, { output }: ScheduleConfig): Promise<void> {
  const names = [...new Set(uris)].sort().map(file => file.slice(folder.length));
  await files.writeJson(uri, [{ prefix: folder }, ...names], { kmsKeyId: output.kmsKeyId });
}

async function publishJobless(config: ExecutionConfig, monitor: MonitorConfig, end: JoblessEnd, { time, deadline }: Moment): Promise<void> {
  const { schedule, window } = config;
  const result = joblessResult(config, monitor.name, end);
  const namespace = metricNamespace(monitor.type, schedule.capture.endpointName);
  await once(files, {
    claimUri: publicationClaimUri(result.reportUri, CLAIMS[end.status]),
    kmsKeyId: schedule.output.kmsKeyId,
    steps: () => Promise.resolve([
      { name: 'metrics', run: () => putMetrics(cloudWatch, namespace, toMetricData(joblessMetrics(config, monitor, end, time), time)) },
      { name: 'events', run: () => putResultEvents(eventBridge, result) },
    ]),
  }, { deadline, patience: PATIENCE });
  logger.info('ended without a job', { ...end, execution: result.execution, monitor: monitor.name, window });
}
