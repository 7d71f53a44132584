import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeProcessingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { ExecutionConfig, ExecutionMetric, ExecutionResult, MetricRecord, metricNamespace, MonitorConfig, ReportFile, reportUri } from '../../lib/contract';
import { publicationClaimUri } from '../shared/claim-uri';
import { JobEnd, jobEnd } from '../shared/job-end';
import { executionMetrics, metricTime, putMetrics, toMetricData } from '../shared/metric-data';
import { Step, once } from '../shared/once';
import { parse, parseJson } from '../shared/parse';
import { putResultEvents } from '../shared/result-events';
import { S3Files } from '../shared/s3-files';
import { executionConfigSchema, executionSummarySchema, metricRecordSchema } from '../shared/schemas';
import { comparisonMetrics } from './comparison-metrics';
import { PublishedExecution, executionResult } from './execution-result';
import { writeLatest } from './latest';
import { ManagedExecution, managedExecution } from './managed-execution';
import { managedMetrics, managedSummary } from './managed-summary';
import { publishedMetrics } from './published-metrics';
import { thresholdMetrics } from './threshold-metrics';

const PATIENCE = 5000;
const NOTHING_ANALYSED: readonly ExecutionResult['status'][] = ['NoData', 'AllRejected', 'NoGroundTruth'];

const logger = new Logger({ serviceName: 'publish-monitoring-results' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});
const cloudWatch = new CloudWatchClient({});
const eventBridge = new EventBridgeClient({});

/** What has to be known of a monitor to publish its results; of the managed service, not even its baseline. */
type PublishedMonitor = Pick<MonitorConfig, 'name' | 'type'> & Partial<Pick<MonitorConfig, 'baseline'>>;

const eventSchema = z.object({ detail: z.object({ ProcessingJobName: z.string().min(1) }) });

/** Tells the world how an execution ended, once, when its Processing job has; an event says only that something changed. */
export async function handler(event: unknown, context: Context): Promise<void> {
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
  const { ProcessingJobName } = parse(eventSchema, event, 'the event').detail;
  const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
  const end = jobEnd(job);
  const configUri = job.ProcessingInputs?.find(input => input.InputName === 'config')?.S3Input?.S3Uri;
  const managed = managedExecution(job);
  if (end && managed) {
    await publishManaged(managed, end, deadline);
    return;
  }
  if (!end || configUri === undefined) {
    logger.info('nothing to publish', { execution: ProcessingJobName, status: job.ProcessingJobStatus });
    return;
  }
  const config = parseJson(executionConfigSchema, await files.read(configUri), configUri);
  for (const monitor of config.schedule.monitors) {
    await publish(config, monitor, end, deadline);
  }
}

async function publish(config: ExecutionConfig, monitor: MonitorConfig, end: JobEnd, deadline: Date): Promise<void> {
  const { schedule, window } = config;
  const folder = reportUri(schedule.output.uri, schedule.capture.endpointName, monitor.name, window);
  await once(files, {
    claimUri: publicationClaimUri(folder, end.name),
    kmsKeyId: schedule.output.kmsKeyId,
    steps: () => end.failureReason === undefined ? completedSteps(config, monitor, end, folder) : failedSteps(config, monitor, end),
  }, { deadline, patience: PATIENCE });
}

async function publishManaged(execution: ManagedExecution, end: JobEnd, deadline: Date): Promise<void> {
  const { config, monitor, folderUri } = execution;
  await once(files, {
    claimUri: publicationClaimUri(folderUri, end.name),
    kmsKeyId: config.schedule.output.kmsKeyId,
    steps: () => end.failureReason === undefined ? managedSteps(execution, end) : failedSteps(config, monitor, end),
  }, { deadline, patience: PATIENCE });
}

/** A job of the managed service has begun only where there was traffic. */
async function managedSteps(execution: ManagedExecution, end: JobEnd): Promise<Step[]> {
  const { config, monitor, folderUri: reportUri } = execution;
  const summary = await managedSummary(files, execution);
  const time = metricTime(end.time);
  const status = summary.violations.length > 0 ? 'CompletedWithViolations' : 'Completed';
  const result: ExecutionResult = { ...executionResult(config, monitor.name, end, summary), status, reportUri };
  return [
    { name: 'latest', run: () => writeLatest(files, config.schedule, result) },
    metricsStep(config, monitor, end, result, [
      ...managedMetrics(execution, summary, time),
      ...await comparisonMetrics(files, execution, time),
      ...await thresholdMetrics(files, execution, time),
    ]),
    eventsStep(result),
  ];
}

/** latest.json comes first: whoever is woken by a metric or an event finds it. It stays the last one that analysed something. */
async function completedSteps(config: ExecutionConfig, monitor: MonitorConfig, end: JobEnd, folder: string): Promise<Step[]> {
  const { schedule } = config;
  const summaryUri = `${folder}/${ReportFile.SUMMARY}`;
  const summary = parseJson(executionSummarySchema, await files.read(summaryUri), summaryUri);
  const result = executionResult(config, monitor.name, end, summary);
  const analysed = publishedMetrics(await readMetrics(`${folder}/${ReportFile.METRICS}`), monitor, summary.drift.map(({ feature }) => feature));
  return [
    ...(NOTHING_ANALYSED.includes(result.status) ? [] : [{ name: 'latest', run: () => writeLatest(files, schedule, result) }]),
    metricsStep(config, monitor, end, result, analysed),
    eventsStep(result),
  ];
}

function failedSteps(config: PublishedExecution, monitor: PublishedMonitor, end: JobEnd): Promise<Step[]> {
  const result = executionResult(config, monitor.name, end);
  return Promise.resolve([metricsStep(config, monitor, end, result), eventsStep(result)]);
}

function metricsStep(
  { schedule }: PublishedExecution, { name, type, baseline }: PublishedMonitor, end: JobEnd, result: ExecutionResult,
  analysed: readonly MetricRecord[] = [],
): Step {
  const failed = result.status === 'Failed';
  const time = metricTime(end.time);
  const own = executionMetrics(schedule, name, time, {
    [ExecutionMetric.DURATION]: end.durationSeconds,
    [ExecutionMetric.FAILED]: failed ? 1 : 0,
    ...(!failed && { [ExecutionMetric.NO_DATA]: result.status === 'NoData' ? 1 : 0 }),
    ...(baseline?.currentUri !== undefined && { [ExecutionMetric.BASELINE_PENDING]: 0 }),
  });
  const named = new Set(own.map(({ MetricName }) => MetricName));
  const records = [...analysed.filter(({ MetricName }) => !named.has(MetricName)), ...own];
  const data = toMetricData(records, time);
  return {
    name: 'metrics',
    run: async () => {
      await putMetrics(cloudWatch, metricNamespace(type, schedule.capture.endpointName), data);
      logger.info('metrics published', { execution: end.name, published: data.length, leftOut: records.length - data.length });
    },
  };
}

function eventsStep(result: ExecutionResult): Step {
  return {
    name: 'events',
    run: async () => {
      await putResultEvents(eventBridge, result);
      const { execution, monitor, status, window, records, violations, failureReason } = result;
      logger.info('execution ended', { execution, monitor, status, window, records, violations, failureReason });
    },
  };
}

async function readMetrics(uri: string): Promise<MetricRecord[]> {
  const lines = (await files.read(uri)).split('\n').filter(line => line.trim() !== '');
  return lines.map((line, index) => parseJson(metricRecordSchema, line, `line ${index + 1} of ${uri}`));
}
