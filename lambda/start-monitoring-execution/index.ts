import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { ExecutionConfig, MonitorConfig, ScheduleConfig, captureFolderUri, metricNamespace, Window, windowOf } from '../../lib/contract';
import { publicationClaimUri } from '../shared/claim-uri';
import { metricTime, putMetrics, toMetricData } from '../shared/metric-data';
import { once } from '../shared/once';
import { parseJson } from '../shared/parse';
import { createProcessingJob } from '../shared/processing-job';
import { putResultEvents } from '../shared/result-events';
import { ReadOptions, S3Files } from '../shared/s3-files';
import { startRequestSchema } from '../shared/schemas';
import { beginsBefore, captureHours, holdsRecords, mayHoldRecords } from './capture-files';
import { findBaseline } from './current-baseline';
import { executionFiles, executionJob } from './execution-job';
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
  const time = metricTime(scheduledTime);
  for (const execution of executionsOf({ schedule, window: windowOf(scheduledTime, schedule.cadenceHours) })) {
    const found = await Promise.all(execution.config.schedule.monitors.map(monitor => findBaseline(files, monitor)));
    for (const { monitor, end } of found) if (end) await publishJobless(execution.config, monitor, end, { time, deadline });
    const monitors = found.filter(({ end }) => !end).map(({ monitor }) => monitor);
    if (monitors.length > 0) await execute(withMonitors(execution, monitors), { time, deadline });
  }
}

/** Starts the job of an execution, unless nothing was captured. */
async function execute(execution: Execution, moment: Moment): Promise<void> {
  const { config } = execution;
  const windows = await Promise.all(capturedWindows(config).map(window => capturesOf(config.schedule.capture, window)));
  if (windows.some(({ anyRecord }) => anyRecord)) await startJob(execution, windows.flatMap(({ files }) => files));
  else for (const monitor of config.schedule.monitors) await publishJobless(config, monitor, { status: 'NoData' }, moment);
}

/** The capture files of a window, and whether a record of it is in them. */
async function capturesOf(capture: ScheduleConfig['capture'], window: Window): Promise<{ readonly files: string[]; readonly anyRecord: boolean }> {
  const owner = { bucketOwner: capture.bucketOwner };
  const hours = await Promise.all(captureHours(capture, window).map(hour => files.list(hour, owner)));
  const found = hours.flat().filter(uri => mayHoldRecords(uri, window, capture));
  return { files: found, anyRecord: await anyRecord(found, window, owner) };
}

/** An hour's last file may reach into a silent hour or not: it is opened when no other file tells that there was traffic. */
async function anyRecord(captures: readonly string[], window: Window, owner: ReadOptions): Promise<boolean> {
  if (!captures.every(uri => beginsBefore(uri, window))) return true;
  const texts = await Promise.all(captures.map(uri => files.read(uri, owner)));
  return texts.some(text => holdsRecords(text, window));
}

async function startJob(execution: Execution, captures: readonly string[]): Promise<void> {
  const { config } = execution;
  const { schedule, window } = config;
  const labels = await listGroundTruth(config);
  const inputs = executionFiles(execution);
  await writeManifest(inputs.captures, `${captureFolderUri(schedule.capture)}/`, captures, schedule);
  if (schedule.groundTruth && labels.length > 0) await writeManifest(inputs.groundTruth, `${schedule.groundTruth.uri}/`, labels, schedule);
  await files.writeJson(inputs.config, config, { kmsKeyId: schedule.output.kmsKeyId });

  const job = executionJob(execution, { groundTruth: labels.length > 0 });
  const created = await createProcessingJob(sageMaker, schedule.job, job);
  logger.info(created ? 'execution started' : 'execution was started before', {
    execution: job.name, window, captureFiles: captures.length, groundTruthFiles: labels.length,
  });
}

/** Labels are on time until the job starts; an hour without any is none of the job's troubles. */
async function listGroundTruth(config: ExecutionConfig): Promise<string[]> {
  const { groundTruth } = config.schedule;
  const window = groundTruthWindow(config);
  if (!groundTruth || !window) return [];
  const { days, isInWindow } = groundTruthFolders(groundTruth.uri, window);
  const found = await Promise.all(days.map(day => files.list(day)));
  return found.flat().filter(isInWindow);
}

/** A manifest names each file once, in the order of the keys, below a folder. */
async function writeManifest(uri: string, folder: string, found: readonly string[], { output }: ScheduleConfig): Promise<void> {
  const names = [...new Set(found)].sort().map(file => file.slice(folder.length));
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
