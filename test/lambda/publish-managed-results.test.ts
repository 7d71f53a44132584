import { ExecutionResult } from '../../lib/contract';
import { ProcessingJobEnd, processingJobStateChange } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { Stage, location } from './stage';

// Processes start slowly where the machine is busy.
jest.setTimeout(30_000);

const MERGE = 'groundtruth-merge-202603010700-5e1f4a2b9c8d7e6f5a4b3c2d';
const ANALYSIS = 'model-quality-monitoring-202603010700-5e1f4a2b9c8d7e6f5a4b3c2d';
const ROLE = 'arn:aws:iam::111122223333:role/job';

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  stage.now = new Date('2026-03-01T07:17:30Z');
  handler = stage.start('publish-monitoring-results');
});
afterEach(() => stage.close());

/** A job as the service makes it; only the description tells of the schedule. */
function begin(name: string, type: string, outputUri: string, schedule: string | null = `churn-hourly-${type}`): void {
  stage.aws.sageMaker.jobs.begin({
    ProcessingJobName: name,
    RoleArn: ROLE,
    AppSpecification: { ImageUri: '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    ProcessingInputs: [{ InputName: 'endpoint_input_1', S3Input: { S3Uri: 's3://data/capture', LocalPath: '/opt/ml/processing/input_data', S3DataType: 'S3Prefix' } }],
    ProcessingOutputConfig: {
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      Outputs: [{ OutputName: 'result', S3Output: { S3Uri: outputUri, LocalPath: '/opt/ml/processing/output', S3UploadMode: 'Continuous' } }],
    },
    Environment: {
      sagemaker_endpoint_name: 'churn',
      ...schedule !== null && { sagemaker_monitoring_schedule_name: schedule },
      start_time: '2026-03-01T06:00:00Z',
      end_time: '2026-03-01T07:00:00Z',
      publish_cloudwatch_metrics: 'Enabled',
    },
  }, `arn:aws:sagemaker:eu-west-1:111122223333:monitoring-schedule/churn-hourly-${type}`);
}

const end = async (name: string, change: Partial<ProcessingJobEnd> = {}): Promise<void> => {
  const { jobs } = stage.aws.sageMaker;
  jobs.complete(name, { status: 'Completed', startTime: new Date('2026-03-01T07:12:00Z'), endTime: new Date('2026-03-01T07:16:45Z'), ...change });
  await handler.invoke(processingJobStateChange(location, jobs.byName.get(name)!, stage.now));
};
const folder = (type: string): string => `reports/churn/churn-hourly-${type}/2026/03/01/07`;
const latest = (type: string): ExecutionResult => stage.json(`reports/churn/churn-hourly-${type}/latest.json`) as ExecutionResult;
const write = (type: string, file: string, content: unknown): void => { stage.aws.s3.put('data', `${folder(type)}/${file}`, JSON.stringify(content)); };
const types = () => stage.aws.eventBridge.events.map(sent => sent['detail-type']);

const VIOLATIONS = [
  { feature_name: 'income', constraint_check_type: 'baseline_drift_check', description: 'Baseline drift distance: 0.3 exceeds threshold: 0.1' },
  { feature_name: 'age', constraint_check_type: 'baseline_drift_check', description: 'Baseline drift distance: 0.2 exceeds threshold: 0.1' },
];

test('an execution of the managed service becomes latest.json, our metrics and our events', async () => {
  begin('data-quality-job', 'data-quality', `s3://data/${folder('data-quality')}`);
  write('data-quality', 'constraint_violations.json', { violations: VIOLATIONS });
  write('data-quality', 'statistics.json', { version: 0, dataset: { item_count: 1970 }, features: [] });
  await end('data-quality-job');
  expect(latest('data-quality')).toEqual({
    endpoint: 'churn',
    schedule: 'churn-hourly',
    monitor: 'churn-hourly-data-quality',
    execution: 'data-quality-job',
    status: 'CompletedWithViolations',
    window: { start: '2026-03-01T06:00:00.000Z', end: '2026-03-01T07:00:00.000Z' },
    records: { captured: 1970, analysed: 1970, rejected: 0, outsideWindow: 0 },
    violations: 2,
    features: ['income', 'age'],
    explanations: VIOLATIONS.map(({ description }) => description),
    reportUri: `s3://data/${folder('data-quality')}`,
  });
  expect([
    'violations', 'violations_baseline_drift_check', 'violations_completeness_check', 'records_analysed', 'execution_failed', 'execution_no_data', 'execution_duration',
  ].map(name => stage.values(name))).toEqual([[2], [2], [0], [1970], [0], [0], [285]]);
  expect(types()).toEqual(['Model Monitoring Execution Completed', 'Model Drift Detected']);
});

test('an event that comes again changes nothing', async () => {
  begin('data-quality-job', 'data-quality', `s3://data/${folder('data-quality')}`);
  await end('data-quality-job');
  await end('data-quality-job');
  expect(stage.values('violations')).toEqual([0]);
  expect(types()).toEqual(['Model Monitoring Execution Completed']);
});

test('bias tells no number of rows, and is no window without data for that', async () => {
  begin('bias-job', 'model-bias', `s3://data/${folder('model-bias')}`);
  const description = 'Metric value 0.37 doesn\'t meet the baseline constraint requirement 0.28';
  write('model-bias', 'constraint_violations.json', {
    version: '1.0', violations: [{ facet: 'sex', facet_value: 'f', metric_name: 'DPPL', constraint_check_type: 'bias_drift_check', description }],
  });
  await end('bias-job');
  expect(latest('model-bias')).toMatchObject({ status: 'CompletedWithViolations', violations: 1, features: ['sex=f DPPL'], explanations: [description] });
  expect([stage.values('violations', 'model-bias'), stage.values('execution_no_data', 'model-bias'), stage.values('records_analysed', 'model-bias')]).toEqual([[1], [0], []]);
});

test('the bias of a group above a threshold, which the service names anew for each window, gets a name that stays', async () => {
  begin('bias-job', 'model-bias', `s3://data/${folder('model-bias')}`);
  const metrics = (DI: number | string): object => [{ name: 'DI', description: 'd', value: DI }, { name: 'CDDPL', description: 'd', value: null, error: 'e' }];
  const group = (value: string, DI: number | string): object => ({ value_or_threshold: value, metrics: metrics(DI) });
  write('model-bias', 'analysis.json', {
    version: '1.0',
    post_training_bias_metrics: {
      label: 'approved', label_value_or_threshold: '1',
      facets: { age: [group('(40, 77]', 0.61), group('(60, 77]', 'Infinity')], sex: [group('f', 0.9)] },
    },
  });
  await end('bias-job');
  const facet = (FacetValue: string): unknown => stage.aws.cloudWatch.data({
    namespace: 'aws/sagemaker/Endpoints/bias-metrics', metricName: 'bias_metric_DI',
    dimensions: { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-model-bias', BiasStage: 'Post-Training', Label: 'approved', LabelValue: '1', Facet: 'age', FacetValue },
  });
  expect([facet('above 40'), facet('above 60')]).toMatchObject([[{ sum: 0.61 }], [{ sum: 2 ** 360 }]]);
  const named = stage.aws.cloudWatch.metrics.filter(({ metricName }) => metricName.startsWith('bias_metric_'));
  expect(named.map(({ metricName, dimensions }) => [metricName, dimensions.FacetValue])).toEqual([['bias_metric_DI', 'above 40'], ['bias_metric_DI', 'above 60']]);
});

test('labels that were merged end no execution; labels that could not be merged do', async () => {
  begin(MERGE, 'model-quality', 's3://data/reports/merge');
  await end(MERGE);
  expect(types()).toEqual([]);

  begin(`${MERGE}2`, 'model-quality', 's3://data/reports/merge');
  await end(`${MERGE}2`, { status: 'Failed', failureReason: 'No S3 objects found under S3 URL "s3://data/labels/2026/03/01/06"' });
  expect(stage.values('execution_failed', 'model-quality')).toEqual([1]);
  expect(stage.aws.eventBridge.events[0]?.detail).toMatchObject({
    monitor: 'churn-hourly-model-quality', status: 'Failed', failureReason: 'No S3 objects found under S3 URL "s3://data/labels/2026/03/01/06"',
  });
});

test('a job that failed tells so, and leaves latest.json alone', async () => {
  begin(ANALYSIS, 'model-quality', `s3://data/${folder('model-quality')}`);
  await end(ANALYSIS, { status: 'Failed', failureReason: 'AlgorithmError' });
  expect(stage.values('execution_failed', 'model-quality')).toEqual([1]);
  expect(() => latest('model-quality')).toThrow();
});

test.each([['without a monitor', null], ['of somebody else', 'nightly-check']])('a job of the same role %s is passed over', async (_, name) => {
  begin('other', 'data-quality', 's3://data/elsewhere', name);
  await end('other');
  expect(stage.aws.eventBridge.events).toEqual([]);
});
