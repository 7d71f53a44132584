import { ExecutionResult, ExecutionSummary, METRIC_NAMESPACES, MetricRecord, MonitorConfig, MonitorType, ScheduleConfig } from '../../lib/contract';
import { AwsCall, LocalAws } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';

export const location = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };

/** A schedule of the endpoint `churn` with one monitor, each hour. */
export const schedule: ScheduleConfig = {
  name: 'churn-hourly',
  cadenceHours: 1,
  capture: { uri: 's3://data/capture', endpointName: 'churn', variantName: 'AllTraffic' },
  output: { uri: 's3://data/reports', kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
  job: {
    namePrefix: 'churn-hourly-1a2b3c4d',
    roleArn: 'arn:aws:iam::111122223333:role/job',
    imageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1',
    instanceType: 'ml.m5.xlarge',
    instanceCount: 1,
    volumeSizeInGB: 20,
    maxRuntimeInSeconds: 3600,
    networkIsolation: true,
    subnets: ['subnet-1'],
    securityGroupIds: ['sg-1'],
  },
  monitors: [{
    type: 'data-quality',
    name: 'churn-hourly-data-quality',
    baseline: { statisticsUri: 's3://data/baseline/statistics.json', constraintsUri: 's3://data/baseline/constraints.json' },
    analysis: {
      captureIndexNames: ['endpointInput'], excludedColumns: [], sensitiveColumns: [], comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 50,
    },
    alarmedFeatures: ['age'],
    publishedFeatures: 2,
  }],
};

const labels = { probabilityThreshold: 0.5, minimumRows: 50 };
const unpublished = { alarmedFeatures: [], publishedFeatures: 0 };

/** The other three monitors: labels take a day for one, a month for the other. */
export const otherMonitors: readonly MonitorConfig[] = [
  {
    ...unpublished,
    type: 'model-quality',
    name: 'churn-hourly-model-quality',
    baseline: { statisticsUri: 's3://data/quality/statistics.json', constraintsUri: 's3://data/quality/constraints.json' },
    analysis: { ...labels, problemType: 'BinaryClassification', labelDelayHours: 24, tolerance: 0 },
  },
  {
    ...unpublished,
    type: 'model-bias',
    name: 'churn-hourly-model-bias',
    baseline: { constraintsUri: 's3://data/bias/analysis.json' },
    analysis: { ...labels, label: 'churned', labelValuesOrThreshold: ['1'], facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['f'] }], labelDelayHours: 24 * 30 },
  },
  {
    ...unpublished,
    type: 'model-explainability',
    name: 'churn-hourly-model-explainability',
    baseline: { constraintsUri: 's3://data/shap/analysis.json' },
    analysis: {
      excludedColumns: [], maximumRows: 100, aggregation: 'mean_abs', useLogit: false, ndcgThreshold: 0.9, minimumRows: 50,
      predictor: { contentType: 'text/csv', acceptType: 'text/csv', rowsPerRequest: 50, concurrency: 2, requestsPerSecond: 10 },
    },
  },
];

/** The same endpoint with all four monitors. */
export const fullSchedule: ScheduleConfig = {
  ...schedule,
  groundTruth: { uri: 's3://data/labels' },
  explanationJob: { ...schedule.job, namePrefix: 'churn-hourly-9f8e7d6c', roleArn: 'arn:aws:iam::111122223333:role/explainer', networkIsolation: false },
  monitors: [...schedule.monitors, ...otherMonitors],
};

/** The window 06–07, closed by the call at 07:10. */
export const window = { start: '2026-03-01T06:00:00.000Z', end: '2026-03-01T07:00:00.000Z' };
export const execution = 'churn-hourly-1a2b3c4d-2026030107-1';
export const inputFolder = 'reports/churn/churn-hourly/2026/03/01/07/input';
export const reportFolder = 'reports/churn/churn-hourly-data-quality/2026/03/01/07';
export const latestKey = 'reports/churn/churn-hourly-data-quality/latest.json';
export const monitorDimensions = { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-data-quality' };
export const namespace = 'aws/sagemaker/Endpoints/data-metrics';

export const result: ExecutionResult = {
  endpoint: 'churn',
  schedule: 'churn-hourly',
  monitor: 'churn-hourly-data-quality',
  execution,
  status: 'CompletedWithViolations',
  window,
  records: { captured: 100, analysed: 100, rejected: 0, outsideWindow: 0 },
  violations: 2,
  features: ['income', 'payment_type'],
  explanations: ['income: mean 67 500 → 82 000 (+21 %)', 'payment_type: new category crypto in 3.1 % of rows'],
  reportUri: `s3://data/${reportFolder}`,
};

export const summary: ExecutionSummary = {
  monitor: 'churn-hourly-data-quality',
  window,
  records: { captured: 100, analysed: 120, rejected: 1, outsideWindow: 2 },
  violations: [
    {
      feature_name: 'payment_type', constraint_check_type: 'categorical_values_check', description: 'd',
      explanation: 'payment_type: new category crypto in 3.1 % of rows',
    },
    { feature_name: 'income', constraint_check_type: 'baseline_drift_check', description: 'd', explanation: 'income: mean 67 500 → 82 000 (+21 %)' },
  ],
  drift: [
    { feature: 'income', distance: 0.4, explanation: 'income' },
    { feature: 'payment_type', distance: 0.2, explanation: 'payment_type' },
    { feature: 'tenure', distance: 0.05, explanation: 'tenure' },
    { feature: 'age', distance: 0.01, explanation: 'age' },
  ],
};

/** A line of metrics.jsonl as the analyzer writes it. */
export function metricRecord(MetricName: string, Value: number): MetricRecord {
  const Dimensions = Object.entries(monitorDimensions).map(([name, value]) => ({ Name: name, Value: value }));
  return { MetricName, Timestamp: window.start, Dimensions, Value };
}

/** The local AWS, a clock, and the handlers that a test starts. */
export class Stage {
  now = new Date('2026-03-01T07:10:00Z');
  /** Called with each AWS call before it is done. */
  watch: (call: AwsCall) => void | Promise<void> = () => undefined;
  readonly aws = new LocalAws({ ...location, clock: () => this.now, authorize: call => this.watch(call) });
  private readonly processes: HandlerProcess[] = [];
  private endpoint = '';

  async open(): Promise<string> {
    this.endpoint = await this.aws.listen();
    this.aws.s3.createBucket('data');
    return this.endpoint;
  }

  start(name: string): HandlerProcess {
    const handler = new HandlerProcess(name, this.endpoint);
    this.processes.push(handler);
    return handler;
  }

  async close(): Promise<void> {
    for (const handler of this.processes) handler.kill();
    await this.aws.close();
  }

  /** A JSON file in the bucket. */
  json(key: string): unknown {
    return JSON.parse(this.aws.s3.get('data', key).body.toString());
  }

  /** Values of a metric of a monitor, in its own namespace. */
  values(metricName: string, type: MonitorType = 'data-quality'): number[] {
    const dimensions = { Endpoint: 'churn', MonitoringSchedule: `churn-hourly-${type}` };
    return this.aws.cloudWatch.data({ namespace: METRIC_NAMESPACES[type], metricName, dimensions }).map(point => point.sum);
  }

  /** How often an action was called. */
  count(action: string): number {
    return this.aws.calls.filter(call => call.action === action).length;
  }
}

/** An event of a queue, as Lambda polls it. */
export const queued = (...bodies: unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'r',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:q',
    awsRegion: 'eu-west-1',
  })),
});
