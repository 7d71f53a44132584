import { ExecutionResult } from '../../../lib/contract';
import { ProcessingJobEnd, processingJobStateChange } from '../../../rehearsal/aws';
import { location } from '../stage';
import { handler, stage, types } from './publisher';

const MERGE = 'groundtruth-merge-202603010700-5e1f4a2b9c8d7e6f5a4b3c2d';
const ANALYSIS = 'model-quality-monitoring-202603010700-5e1f4a2b9c8d7e6f5a4b3c2d';
const ROLE = 'arn:aws:iam::111122223333:role/job';

/** Where the baseline's file is, and the variable that tells the container. */
interface Baseline {
  readonly uri?: string;
  readonly variable?: string;
}

/** A job as the service makes it; only the description tells of the schedule. */
function begin(name: string, type: string, outputUri: string, schedule: string | null = `churn-hourly-${type}`, baseline: Baseline = {}): void {
  const baselineInput = baseline.uri === undefined
    ? []
    : [{ InputName: 'baseline', S3Input: { S3Uri: baseline.uri, LocalPath: '/opt/ml/processing/baseline/files', S3DataType: 'S3Prefix' as const } }];
  stage.aws.sageMaker.jobs.begin({
    ProcessingJobName: name,
    RoleArn: ROLE,
    AppSpecification: { ImageUri: '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    ProcessingInputs: [...baselineInput, { InputName: 'endpoint_input_1', S3Input: { S3Uri: 's3://data/capture', LocalPath: '/opt/ml/processing/input_data', S3DataType: 'S3Prefix' } }],
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
      ...baseline.variable !== undefined && { [baseline.variable]: `/opt/ml/processing/baseline/files/${baseline.variable.replace('baseline_', '')}.json` },
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

/** Statistics of numbers, each as often as the others. */
function statistics(columns: Record<string, readonly number[]>): unknown {
  const features = Object.entries(columns).map(([name, values]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const std_dev = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return {
      name, inferred_type: 'Fractional',
      numerical_statistics: {
        common: { num_present: values.length, num_missing: 0 },
        mean, sum: mean * values.length, std_dev, min: Math.min(...values), max: Math.max(...values),
        distribution: { kll: { buckets: [], sketch: { parameters: { c: 0.64, k: 2048 }, data: [values] } } },
      },
    };
  });
  return { version: 0, dataset: { item_count: 1000 }, features };
}

const from = (start: number): number[] => Array.from({ length: 1000 }, (_, index) => start + index / 10);
const BASELINE_STATISTICS = { uri: 's3://data/baselines/statistics.json', variable: 'baseline_statistics' };

test('how far a window is from its baseline, which the service keeps to itself, is told as by our own analyzer', async () => {
  begin('data-quality-job', 'data-quality', `s3://data/${folder('data-quality')}`, undefined, BASELINE_STATISTICS);
  stage.aws.s3.put('data', 'baselines/statistics.json', JSON.stringify(statistics({ income: from(100), age: from(50), zero: from(-50) })));
  write('data-quality', 'statistics.json', statistics({ income: from(150), age: from(50), zero: from(-50), new: from(1) }));
  await end('data-quality-job');
  // Half of the values have left the baseline's range; the service takes off what chance explains of two samples of 1,000.
  expect(stage.values('baseline_drift_max')[0]).toBeCloseTo(0.5 - 1.8 * Math.sqrt(2 / 1000), 2);
  expect(stage.values('feature_relative_mean_shift_income')[0]).toBeCloseTo(50 / 149.95, 10);
  expect(['age', 'zero', 'new'].map(name => stage.values(`feature_relative_mean_shift_${name}`))).toEqual([[0], [], []]);
});

test('of the mean shifts, each of which costs money, the fifty largest are told', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `f${index}`);
  begin('data-quality-job', 'data-quality', `s3://data/${folder('data-quality')}`, undefined, BASELINE_STATISTICS);
  stage.aws.s3.put('data', 'baselines/statistics.json', JSON.stringify(statistics(Object.fromEntries(names.map(name => [name, from(100)])))));
  write('data-quality', 'statistics.json', statistics(Object.fromEntries(names.map((name, index) => [name, from(120 + index)]))));
  await end('data-quality-job');
  expect([9, 10, 59].map(index => stage.values(`feature_relative_mean_shift_f${index}`).length)).toEqual([0, 1, 1]);
});

test('how the features rank now beside the baseline is told as by our own analyzer', async () => {
  const explanations = (values: Record<string, number>): unknown =>
    ({ version: '1.0', explanations: { kernel_shap: { label0: { global_shap_values: values, expected_value: 0.5 } } } });
  begin('shap-job', 'model-explainability', `s3://data/${folder('model-explainability')}`, undefined, {
    uri: 's3://data/baselines/constraints.json', variable: 'baseline_constraints',
  });
  // The example of the service's documentation.
  stage.aws.s3.put('data', 'baselines/constraints.json', JSON.stringify(explanations({ sat: 0.7, gpa: 0.5, rank: 0.05 })));
  write('model-explainability', 'analysis.json', explanations({ sat: 0.1, gpa: 0.2, rank: 0.3 }));
  await end('shap-job');
  expect(stage.values('feature_attribution_ndcg', 'model-explainability')[0]).toBeCloseTo(0.68764, 5);
});

test.each([
  ['is gone', undefined],
  ['is of another shape', '{"features":"none"}'],
  ['is no JSON', 'none'],
])('where the baseline %s, nothing is compared, and everything else is told', async (_, content) => {
  begin('data-quality-job', 'data-quality', `s3://data/${folder('data-quality')}`, undefined, BASELINE_STATISTICS);
  if (content !== undefined) stage.aws.s3.put('data', 'baselines/statistics.json', content);
  write('data-quality', 'statistics.json', statistics({ income: from(150) }));
  await end('data-quality-job');
  expect([stage.values('baseline_drift_max'), stage.values('violations'), stage.values('records_analysed')]).toEqual([[], [0], [1000]]);
});

test('model quality is told of labelled rows only', async () => {
  begin(ANALYSIS, 'model-quality', `s3://data/${folder('model-quality')}`);
  write('model-quality', 'statistics.json', { version: 0, dataset: { item_count: 412 }, binary_classification_metrics: {} });
  await end(ANALYSIS);
  expect([stage.values('records_labelled', 'model-quality'), stage.values('labelled_share', 'model-quality')]).toEqual([[412], []]);
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
