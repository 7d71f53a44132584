import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type {
  CdkCustomResourceEvent, CdkCustomResourceIsCompleteEvent, CdkCustomResourceIsCompleteResponse, CdkCustomResourceResponse,
} from 'aws-lambda';
import * as z from 'zod';
import { ExecutionMetric, SCHEDULE_DIMENSION } from '../../lib/contract';
import { putMetrics } from '../shared/metric-data';
import { parse } from '../shared/parse';

const HOUR = 3_600_000;

const logger = new Logger({ serviceName: 'announce-monitoring-schedule' });
const cloudWatch = new CloudWatchClient({});

const deploymentSchema = z.object({
  namespace: z.string().min(1),
  dimensions: z.object({ [SCHEDULE_DIMENSION]: z.string().min(1) }).catchall(z.string()),
}).transform(({ namespace, dimensions }) => ({
  monitorName: dimensions[SCHEDULE_DIMENSION],
  Namespace: namespace,
  MetricName: ExecutionMetric.DEPLOYED,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
}));

/** Tells CloudWatch, at its own time, that a schedule was deployed: from then on its executions are waited for. */
export async function onEvent(event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> {
  if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId };
  const { monitorName, Namespace, ...metric } = deploymentOf(event);
  await putMetrics(cloudWatch, Namespace, [{ ...metric, Value: 1, Unit: 'Count' }]);
  logger.info('schedule announced', { monitor: monitorName, request: event.RequestType });
  return { PhysicalResourceId: `${monitorName}-deployed` };
}

/** Whether CloudWatch knows of it: an alarm that was made earlier would be raised by its silence. */
export async function isComplete(event: CdkCustomResourceIsCompleteEvent): Promise<CdkCustomResourceIsCompleteResponse> {
  if (event.RequestType === 'Delete') return { IsComplete: true };
  const { Namespace, MetricName, Dimensions } = deploymentOf(event);
  const now = Date.now();
  const { Datapoints = [] } = await cloudWatch.send(new GetMetricStatisticsCommand({
    Namespace, MetricName, Dimensions, StartTime: new Date(now - HOUR), EndTime: new Date(now + HOUR), Period: 60, Statistics: ['SampleCount'],
  }));
  return { IsComplete: Datapoints.length > 0 };
}

function deploymentOf(event: CdkCustomResourceEvent | CdkCustomResourceIsCompleteEvent): z.output<typeof deploymentSchema> {
  return parse(deploymentSchema, event.ResourceProperties, 'the deployment of a schedule');
}
