import { Duration, Size } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Analysis, CaptureIndexName, ComparisonMethod, Dataset, DatasetFormat, Monitor, MonitoringEngine } from '../../lib';
import { BASELINE_TYPE, configOf, requestOf } from './baseline-request';
import { BIAS, Fixture, joined, MODEL, QUALITY } from './fixture';

test('the deployment waits up to an hour for a job that ends before', () => {
  const fixture = new Fixture();
  fixture.baseline();
  const request = requestOf(fixture.template());
  expect(request.ServiceTimeout).toBe('3600');
  expect(request.job.maxRuntimeInSeconds).toBe(3000);
});

test('the request says what is analysed, by what, and where the files go', () => {
  const fixture = new Fixture();
  fixture.baseline({
    excludedColumns: ['churn'], sensitiveColumns: ['email'], comparisonMethod: ComparisonMethod.COMPATIBLE, comparisonThreshold: 0.2, minimumRows: 50,
    captureIndexNames: [CaptureIndexName.ENDPOINT_OUTPUT], volumeSize: Size.gibibytes(50), instanceType: 'ml.m5.2xlarge',
  });
  const request = requestOf(fixture.template());
  expect(joined(request.datasetUri)).toMatch(/^s3:\/\/<Encryption\w+>\/training\/churn\.csv$/);
  expect(joined(request.outputUri)).toMatch(/^s3:\/\/<Encryption\w+>\/baselines$/);
  expect(configOf(fixture.template())).toEqual({
    type: 'data-quality',
    datasetFormat: { csv: { header: true } },
    analysis: {
      captureIndexNames: ['endpointOutput'], excludedColumns: ['churn'], sensitiveColumns: ['email'],
      comparisonMethod: 'Compatible', comparisonThreshold: 0.2, minimumRows: 50,
    },
  });
  expect(request.job).toMatchObject({ instanceType: 'ml.m5.2xlarge', volumeSizeInGB: 50, networkIsolation: true, instanceCount: 1 });
  expect(request.job.namePrefix).toMatch(/^[a-z0-9-]{1,28}-[0-9a-f]{8}$/);
});

test('a version of the object has a folder of its own, so that a new one makes a new baseline', () => {
  const fixture = new Fixture();
  const format = DatasetFormat.jsonLines();
  fixture.baseline({ dataset: Dataset.fromBucket(fixture.bucket, 'training/churn.jsonl', { format, versionId: 'v2' }) });
  const request = requestOf(fixture.template());
  expect(joined(request.outputUri)).toMatch(/\/baselines\/v2$/);
  expect(configOf(fixture.template()).datasetFormat).toEqual({ json: { lines: true } });
});

test('the job starts only when its role has its policy', () => {
  const fixture = new Fixture();
  fixture.baseline();
  fixture.template().hasResource(BASELINE_TYPE, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('BaselineJobRoleDefaultPolicy')]) });
});

test('who starts the job may pass its role to SageMaker only', () => {
  const fixture = new Fixture();
  fixture.baseline();
  fixture.template().hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^MakerOfBaselines\\w+OnEventRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: 'iam:PassRole',
        Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('BaselineJobRole'), 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      })]),
    },
  });
});

test('in a VPC the job lies in isolated subnets', () => {
  const fixture = new Fixture();
  const vpc = new ec2.Vpc(fixture.stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'jobs', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
  fixture.baseline({ vpc });
  const { job } = requestOf(fixture.template());
  expect(job.subnets).toEqual(vpc.isolatedSubnets.map(subnet => fixture.stack.resolve(subnet.subnetId) as unknown));
  expect(job.securityGroupIds).toHaveLength(1);
});

test('fails with every problem at once', () => {
  const build = (): unknown => new Fixture().baseline({
    maxRuntime: Duration.hours(2), comparisonThreshold: 2, minimumRows: 0, prefix: 'a/', instanceType: 'ml.m5.xlrge',
    excludedColumns: ['x'], sensitiveColumns: ['x'], securityGroups: [], captureIndexNames: [],
  });
  for (const problem of [
    'maxRuntime must be between 1 and 50 minutes, got 7200 seconds, as CloudFormation waits for an hour: set waitForCompletion to false for a job that takes longer',
    'comparisonThreshold must be between 0 and 1, got 2',
    'minimumRows must be a whole number above 0, got 0',
    'prefix must not be empty nor begin or end with a slash, got "a/"',
    'did you mean ml.m5.xlarge',
    'got both for x',
    'subnets and securityGroups belong to a VPC: give the vpc too',
    'captureIndexNames must name endpointInput, endpointOutput or both',
  ]) expect(build).toThrow(problem);
});

test.each([
  [DatasetFormat.csv({ header: false }), { csv: { header: false } }],
  [DatasetFormat.parquet(), { parquet: {} }],
])('a dataset may have another format than CSV with a header (%#)', (format, datasetFormat) => {
  const fixture = new Fixture();
  fixture.baseline({ dataset: Dataset.fromBucket(fixture.bucket, 'training/', { format }) });
  expect(configOf(fixture.template()).datasetFormat).toEqual(datasetFormat);
});

describe('of another analysis', () => {
  test('is made with the options of the monitor that compares with it', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ analysis: Analysis.modelQuality(QUALITY) });
    const { analysis, type } = configOf(fixture.template());
    expect(type).toBe('model-quality');
    expect(analysis).toEqual(Monitor.modelQuality({ baseline, ...QUALITY })._analysis.analysis);
    expect(baseline.statisticsUri).toBeDefined();
  });

  test('bias has one file, and its thresholds stay numbers', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ analysis: Analysis.modelBias(BIAS) });
    expect(configOf(fixture.template())).toMatchObject({ type: 'model-bias', analysis: { labelValuesOrThreshold: ['1'] } });
    expect(baseline.statisticsUri).toBeUndefined();
    expect(fixture.stack.resolve(baseline.constraintsUri)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Baseline/), 'ConstraintsUri'] });
    expect(requestOf(fixture.template()).job.networkIsolation).toBe(true);
  });

  test('explainability asks the model, so that its job is not isolated and may invoke the endpoint', () => {
    const fixture = new Fixture();
    fixture.baseline({ analysis: Analysis.modelExplainability({ endpoint: MODEL, excludedColumns: ['churn'] }) });
    expect(requestOf(fixture.template()).job.networkIsolation).toBe(false);
    expect(configOf(fixture.template())).toMatchObject({ analysis: { predictor: { endpointName: 'churn' } } });
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('BaselineJobRole') }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'sagemaker:InvokeEndpoint' })]) },
    });
  });

  test('fails with options of data quality beside it, and with whatever is wrong with it', () => {
    const build = () => new Fixture().baseline({ analysis: Analysis.modelQuality({ ...QUALITY, tolerance: 2 }), excludedColumns: ['churn'], minimumRows: 5 });
    expect(build).toThrow('excludedColumns and minimumRows beside analysis would be ignored: give them to Analysis.dataQuality, or leave analysis out');
    expect(build).toThrow('tolerance must be between 0 and 1, got 2');
  });
});

test('a monitor of another kind cannot compare with it', () => {
  const fixture = new Fixture();
  const baseline = fixture.baseline();
  expect(() => fixture.watching(['model-quality'], { monitors: [Monitor.modelQuality({ baseline, ...QUALITY })] })).toThrow(
    'the model-quality monitor was given a baseline of data-quality: give a BaselineJob with the same analysis, or a Baseline of that kind',
  );
});

test('the managed service is refused a baseline that changes: its job definitions name files', () => {
  const fixture = new Fixture();
  const baseline = fixture.baseline({ waitForCompletion: false });
  expect(() => fixture.schedule({ engine: MonitoringEngine.modelMonitor(), monitors: [Monitor.dataQuality({ baseline })] })).toThrow(
    'the baseline of the data-quality monitor changes without a deployment or is finished after it, and a job definition of the service names its files: '
    + 'give a BaselineJob that the deployment waits for, of a dataset that is not watched, or use MonitoringEngine.processingJobs()',
  );
});
