import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration, FileSystem, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BiasMethod, Cadence, CaptureIndexName, DriftAlarm, DriftMetric, EndpointCapture, Facet, GroundTruth, MediaType, Monitor, MonitoringEngine,
  MonitoringSchedule, MonitoringScheduleProps, NoDataAlarm, PositiveLabel,
} from '../../lib';
import { MONITOR_TYPES, MonitorType } from '../../lib/contract';
import { AnalysisConfig } from '../../lib/monitoring/private/model-monitor/analysis-config';
import { ANALYSIS_BASELINE, BASELINE, BIAS, Fixture, IMAGE, joined, MODEL, QUALITY } from './fixture';
import { MANAGED_MONITORS, ModelMonitorFixture } from './model-monitor-fixture';

const ROOT = path.join(__dirname, '../..');
const DEFINITIONS: Readonly<Record<MonitorType, string>> = {
  'data-quality': 'AWS::SageMaker::DataQualityJobDefinition',
  'model-quality': 'AWS::SageMaker::ModelQualityJobDefinition',
  'model-bias': 'AWS::SageMaker::ModelBiasJobDefinition',
  'model-explainability': 'AWS::SageMaker::ModelExplainabilityJobDefinition',
};
const MONITORING_TYPES = { 'data-quality': 'DataQuality', 'model-quality': 'ModelQuality', 'model-bias': 'ModelBias', 'model-explainability': 'ModelExplainability' };

type Properties = Record<string, unknown>;

function only(template: Template, type: string): { readonly id: string; readonly properties: Properties } {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  return { id: found[0]![0], properties: found[0]![1].Properties as Properties };
}

/** Value of the property whose name begins with the monitor's, such as ModelBiasJobInput. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const property = (properties: Properties, ending: string): any => Object.entries(properties).find(([name]) => name.endsWith(ending))![1];

describe('analysis_config.json on its way into the assembly', () => {
  const written = (context: Record<string, unknown>): string[] => {
    const temporary = (): string[] => fs.readdirSync(FileSystem.tmpdir).filter(name => name.startsWith('analysis-config-'));
    const before = temporary();
    const app = new App({ context });
    const stack = new Stack(app, 'Test');
    new AnalysisConfig(stack, 'Config', { label: 'approved' }, new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }));
    app.synth();
    return temporary().filter(name => !before.includes(name));
  };

  test('leaves nothing in the folder of temporary files', () => {
    expect(written({})).toEqual([]);
  });

  test('stays there where assets are not staged, as the template names the file itself', () => {
    expect(written({ 'aws:cdk:disable-asset-staging': true })).toHaveLength(1);
  });
});

describe('all four monitors', () => {
  const fixture = new ModelMonitorFixture();
  fixture.managed();
  const template = fixture.template();
  const definition = (type: MonitorType): { readonly id: string; readonly properties: Properties } => only(template, DEFINITIONS[type]);

  test.each(MONITOR_TYPES)('%s has a schedule whose name is the dimension of its metrics', (type) => {
    template.hasResourceProperties('AWS::SageMaker::MonitoringSchedule', {
      MonitoringScheduleName: `churn-${type}`,
      MonitoringScheduleConfig: {
        MonitoringType: MONITORING_TYPES[type],
        MonitoringJobDefinitionName: { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: definition(type).id }] }] },
        ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
      },
    });
  });

  test.each(MONITOR_TYPES)('the job definition of %s has no name, and publishes metrics', (type) => {
    const { properties } = definition(type);
    expect(properties).not.toHaveProperty('JobDefinitionName');
    expect(property(properties, 'AppSpecification').Environment).toEqual({ publish_cloudwatch_metrics: 'Enabled' });
  });

  test.each(MONITOR_TYPES)('%s reads captures of the endpoint, and reports where our own executions do', (type) => {
    const { properties } = definition(type);
    expect(property(properties, 'JobInput').EndpointInput).toMatchObject({ EndpointName: 'churn', LocalPath: '/opt/ml/processing/input_data' });
    const { KmsKeyId, MonitoringOutputs: [{ S3Output }] } = property(properties, 'JobOutputConfig');
    expect(joined(S3Output.S3Uri)).toMatch(/^s3:\/\/<\w+>\/monitoring$/);
    expect(S3Output).toMatchObject({ LocalPath: '/opt/ml/processing/output', S3UploadMode: 'Continuous' });
    expect(joined(KmsKeyId)).toMatch(/^<EncryptionKey\w+\.Arn>$/);
  });

  test.each<[MonitorType, boolean, number]>([
    ['data-quality', true, 3300], ['model-quality', true, 1800], ['model-bias', false, 1800], ['model-explainability', false, 3300],
  ])('%s: isolated %s, at most %d seconds', (type, isolated, seconds) => {
    const { properties } = definition(type);
    expect(properties.NetworkConfig).toMatchObject({ EnableNetworkIsolation: isolated });
    expect(properties.StoppingCondition).toEqual({ MaxRuntimeInSeconds: seconds });
    expect(properties.JobResources).toMatchObject({ ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } });
  });

  test('baselines are files: data quality has two, the others one', () => {
    const baseline = (type: MonitorType): unknown => property(definition(type).properties, 'BaselineConfig');
    expect(baseline('data-quality')).toEqual({ ConstraintsResource: { S3Uri: 's3://b/c.json' }, StatisticsResource: { S3Uri: 's3://b/s.json' } });
    expect(baseline('model-quality')).toEqual({ ConstraintsResource: { S3Uri: 's3://b/c.json' } });
    for (const type of ['model-bias', 'model-explainability'] as const) expect(baseline(type)).toEqual({ ConstraintsResource: { S3Uri: 's3://b/analysis.json' } });
  });

  test('the prediction is where the options say, and labels are where ground truth is', () => {
    const quality = property(definition('model-quality').properties, 'JobInput');
    expect(quality.EndpointInput).toMatchObject({
      ProbabilityAttribute: '0', ProbabilityThresholdAttribute: 0.5, StartTimeOffset: '-PT1H', EndTimeOffset: '-PT0H',
    });
    expect(quality.EndpointInput).not.toHaveProperty('InferenceAttribute');
    expect(joined(quality.GroundTruthS3Input.S3Uri)).toMatch(/^s3:\/\/<\w+>\/labels$/);
    expect(property(definition('model-bias').properties, 'JobInput').EndpointInput).toMatchObject({ InferenceAttribute: '0' });
    expect(property(definition('model-explainability').properties, 'JobInput').EndpointInput).toMatchObject({ InferenceAttribute: '0' });
    expect(property(definition('data-quality').properties, 'JobInput').EndpointInput).not.toHaveProperty('StartTimeOffset');
  });

  test('analysis_config.json is written, with the label as the last header', () => {
    const folder = fixture.app.synth().directory;
    const config = (type: MonitorType): unknown => {
      const key = /([0-9a-f]{64})\.json/.exec(JSON.stringify(property(definition(type).properties, 'AppSpecification').ConfigUri))![1]!;
      return JSON.parse(fs.readFileSync(path.join(folder, `asset.${key}.json`), 'utf8'));
    };
    expect(config('model-bias')).toEqual({
      headers: ['income', 'sex', 'approved'], label: 'approved', label_values_or_threshold: ['1'], facet: [{ name_or_index: 'sex', value_or_threshold: ['f'] }],
    });
    expect(config('model-explainability')).toEqual({
      headers: ['income', 'sex'],
      methods: { shap: { baseline: [[50_000, 'f']], num_samples: 100, agg_method: 'mean_abs', use_logit: false, save_local_shap_values: false } },
    });
  });

  test('a region that is known when the stack is deployed is looked up', () => {
    const { ImageUri } = property(definition('model-bias').properties, 'AppSpecification');
    expect(ImageUri['Fn::Join'][1]).toEqual([
      { 'Fn::FindInMap': ['ModelMonitorImages', { Ref: 'AWS::Region' }, 'clarify'] }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' },
      '/sagemaker-clarify-processing:1.0',
    ]);
    template.hasMapping('ModelMonitorImages', { 'cn-north-1': { analyzer: '453000072557', clarify: '122526803553' }, 'il-central-1': { analyzer: '843974653677' } });
  });

  const allows = (role: string, action: string): string => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => (Properties.Roles[0].Ref as string).startsWith(role));
    const statements = policies.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement as { readonly Action: string | string[]; readonly Resource: unknown }[]);
    return JSON.stringify(statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource));
  };

  test('the end of its jobs, known by their roles, is published as that of our own', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.sagemaker'],
        'detail-type': ['SageMaker Processing Job State Change'],
        'detail': {
          RoleArn: ['ScheduleJobRole', 'ScheduleExplanationJobRole'].map(id => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(id), 'Arn'] })),
          ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'],
        },
      },
    });
    expect(allows('Results', 'sagemaker:DescribeProcessingJob')).toContain('processing-job/*');
    expect(allows('Results', 's3:PutObject')).toContain('/monitoring/churn/churn-model-bias/*');
  });

  test('nothing of the other engine is made', () => {
    for (const type of ['AWS::Scheduler::Schedule', 'AWS::ECR::Repository']) template.resourceCountIs(type, 0);
    const assets = JSON.parse(fs.readFileSync(path.join(fixture.app.synth().directory, 'Test.assets.json'), 'utf8')) as { dockerImages: object };
    expect(assets.dockerImages).toEqual({});
  });

  test('the role that merges labels may read what it merged; the explaining role alone makes a copy of the endpoint', () => {
    expect(allows('ScheduleJobRole', 's3:GetObject')).toContain('/monitoring/merge/*');
    expect(allows('ScheduleJobRole', 's3:PutObject')).toContain('/monitoring/merge/*');
    expect(allows('ScheduleJobRole', 'ecr:BatchGetImage')).toContain('repository/sagemaker-model-monitor-groundtruth-merger');
    expect(allows('ScheduleJobRole', 'sagemaker:CreateEndpoint')).toBe('[]');
    expect(allows('ScheduleExplanationJobRole', 'sagemaker:CreateEndpoint')).toContain('endpoint/sm-clarify-*');
    expect(allows('ScheduleExplanationJobRole', 's3:GetObject')).not.toContain('/merge/');
  });

  test('a schedule waits for the permissions of its role', () => {
    for (const { DependsOn } of Object.values(template.findResources('AWS::SageMaker::MonitoringSchedule'))) {
      expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/JobRoleDefaultPolicy/)]));
    }
  });
});

test('data quality reads requests alone, by a script that the job may read; where answers are asked for too, there is none', () => {
  const requests = new ModelMonitorFixture();
  requests.managed(['data-quality'], { monitors: [Monitor.dataQuality({ baseline: BASELINE })] });
  const { properties } = only(requests.template(), DEFINITIONS['data-quality']);
  const file = /[0-9a-f]{64}\.py/.exec(JSON.stringify(property(properties, 'AppSpecification').RecordPreprocessorSourceUri))![0];
  const script = fs.readFileSync(path.join(requests.app.synth().directory, `asset.${file}`), 'utf8');
  expect(script).toBe(fs.readFileSync(path.join(ROOT, 'assets/model-monitor/requests_only.py'), 'utf8'));
  const policies = Object.entries(requests.template().findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('ScheduleJobRole'));
  expect(JSON.stringify(policies)).toContain(file);
  const both = new ModelMonitorFixture();
  const captureIndexNames = [CaptureIndexName.ENDPOINT_INPUT, CaptureIndexName.ENDPOINT_OUTPUT];
  both.managed(['data-quality'], { monitors: [Monitor.dataQuality({ baseline: BASELINE, captureIndexNames })] });
  both.template().hasResourceProperties(DEFINITIONS['data-quality'], { DataQualityAppSpecification: { RecordPreprocessorSourceUri: Match.absent() } });
});

describe('guards', () => {
  const fixture = new ModelMonitorFixture();
  fixture.managed(['data-quality', 'model-quality']);
  const template = fixture.template();
  const schedules = Object.entries(template.findResources('AWS::SageMaker::MonitoringSchedule'));
  const guards = Object.entries(template.findResources('Custom::ModelMonitorScheduleGuard'));
  const guardOf = (name: unknown, moment: string) =>
    guards.find(([, { Properties }]) => Properties.scheduleName === name && Properties.moment === moment)!;

  test('each schedule is changed after one and deleted after the other', () => {
    expect(guards).toHaveLength(2 * schedules.length);
    for (const [id, { DependsOn, Properties }] of schedules) {
      expect(DependsOn).toContain(guardOf(Properties.MonitoringScheduleName, 'before')[0]);
      expect(guardOf(Properties.MonitoringScheduleName, 'after')[1].DependsOn).toContain(id);
      expect(guardOf(Properties.MonitoringScheduleName, 'before')[1].DependsOn).not.toContain(id);
    }
  });

  test('a guard changes whenever its schedule does', () => {
    for (const [, { Properties }] of schedules) {
      const { MonitoringJobDefinitionName: jobDefinition, ScheduleConfig: { ScheduleExpression: expression } } = Properties.MonitoringScheduleConfig;
      for (const moment of ['before', 'after']) {
        expect(guardOf(Properties.MonitoringScheduleName, moment)[1].Properties).toMatchObject({ jobDefinition, expression, ServiceTimeout: '3600' });
      }
    }
  });

  test('one function guards all schedules of a stack, and may touch no other', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => /^GuardsOfSchedules\w*IsCompleteRole/.test(id));
    const statements = policies.flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement as { readonly Action: string | string[]; readonly Resource: unknown }[]);
    const touched = statements.filter(({ Action }) => [Action].flat().includes('sagemaker:StopMonitoringSchedule'))
      .map(({ Resource }) => JSON.stringify(Resource));
    expect(policies.filter(([, { Properties }]) => JSON.stringify(Properties).includes('MonitoringSchedule'))).toHaveLength(1);
    expect(touched.join()).toContain('monitoring-schedule/churn-data-quality');
    expect(touched.join()).toContain('monitoring-schedule/churn-model-quality');
    expect(touched.join()).not.toContain('*');
  });
});

test.each<[string, Cadence]>([
  ['cron(0 * ? * * *)', Cadence.hourly()],
  ['cron(0 0/6 ? * * *)', Cadence.everyHours(6)],
  ['cron(0 0 ? * * *)', Cadence.everyHours(24)],
  ['cron(0 23 ? * * *)', Cadence.daily({ hour: 23 })],
])('a cadence is in the service\'s words %s', (expression, cadence) => {
  const fixture = new ModelMonitorFixture();
  fixture.managed(['data-quality'], { cadence });
  fixture.template().hasResourceProperties('AWS::SageMaker::MonitoringSchedule', { MonitoringScheduleConfig: { ScheduleConfig: { ScheduleExpression: expression } } });
});

test.each<[Cadence, Duration, string, string]>([
  [Cadence.daily(), Duration.days(30), '-P31D', '-P30D'],
  [Cadence.hourly(), Duration.days(1), '-PT25H', '-P1D'],
  [Cadence.everyHours(6), Duration.hours(5), '-PT11H', '-PT5H'],
])('labels that are late move the window back', (cadence, labelDelay, startTimeOffset, endTimeOffset) => {
  const fixture = new ModelMonitorFixture();
  fixture.managed(['model-quality'], { cadence, monitors: [Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, labelDelay })] });
  fixture.template().hasResourceProperties(DEFINITIONS['model-quality'], {
    ModelQualityJobInput: { EndpointInput: { StartTimeOffset: startTimeOffset, EndTimeOffset: endTimeOffset } },
    StoppingCondition: { MaxRuntimeInSeconds: cadence.hours === 1 ? 1800 : 3600 },
  });
});

function scheduleIn(region: string, types: readonly MonitorType[]): Template {
  const stack = new Stack(new App(), 'Test', { env: { region, account: '111122223333' } });
  const bucket = new s3.Bucket(stack, 'Data');
  new MonitoringSchedule(stack, 'Schedule', {
    endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket }),
    groundTruth: types.some(type => type === 'model-quality' || type === 'model-bias') ? GroundTruth.fromBucket(bucket, 'labels') : undefined,
    monitors: types.map(type => MANAGED_MONITORS[type]),
    bucket,
    engine: MonitoringEngine.modelMonitor(),
  });
  return Template.fromStack(stack);
}

test.each(['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-isof-south-1'])('in %s both images are known, and no table is in the template', (region) => {
  const { analyzer, clarify } = (JSON.parse(fs.readFileSync(path.join(ROOT, 'scripts/model-monitor-images.json'), 'utf8')) as
    { accounts: Record<string, { analyzer: string; clarify: string }> }).accounts[region]!;
  const template = scheduleIn(region, ['data-quality', 'model-bias']);
  const image = (account: string, repository: string): object =>
    ({ ImageUri: { 'Fn::Join': ['', [`${account}.dkr.ecr.${region}.`, { Ref: 'AWS::URLSuffix' }, `/${repository}`]] } });
  template.hasResourceProperties(DEFINITIONS['data-quality'], { DataQualityAppSpecification: image(analyzer, 'sagemaker-model-monitor-analyzer') });
  template.hasResourceProperties(DEFINITIONS['model-bias'], { ModelBiasAppSpecification: image(clarify, 'sagemaker-clarify-processing:1.0') });
  expect(template.findMappings('*')).toEqual({});
});

test('the generated table is that of the data', () => {
  const script = path.join(ROOT, 'scripts/model-monitor-images.mjs');
  const source = execFileSync(process.execPath, ['--input-type=module', '-e',
    `import { imageAccountsSource } from ${JSON.stringify(script)}; process.stdout.write(imageAccountsSource());`], { cwd: ROOT, encoding: 'utf8' });
  expect(fs.readFileSync(path.join(ROOT, 'lib/contract/image-accounts.ts'), 'utf8')).toBe(source);
});

describe('warns', () => {
  test('that the service is closed to new customers, with an id that can be acknowledged', () => {
    const fixture = new ModelMonitorFixture();
    fixture.managed();
    expect(fixture.warnings('cdk-model-monitor:modelMonitorClosed')).toBe(1);
    expect(fixture.warnings('cdk-model-monitor:modelMonitor(Ignores|WritesValues)')).toBe(0);
  });

  test.each<[Monitor, string]>([
    [Monitor.dataQuality({ baseline: BASELINE, minimumRows: 50, featureOverrides: { age: {} } }), 'nothing like featureOverrides, minimumRows of the data-quality monitor'],
    [Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, tolerance: 0.1 }), 'nothing like tolerance of the model-quality monitor'],
    [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, headers: ['sex'], biasMethod: BiasMethod.ROBUST }), 'nothing like biasMethod of the model-bias monitor'],
    [Monitor.modelExplainability({ baseline: ANALYSIS_BASELINE, endpoint: MODEL, headers: ['sex'], background: [['f']], ndcgThreshold: 0.8 }),
      'nothing like ndcgThreshold of the model-explainability monitor'],
    [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, positiveLabel: PositiveLabel.above(5), facets: [Facet.above('age', 40)], headers: ['age'] }),
      'takes the number of age > 40 and of approved > 5 for a value in windows where the column holds whole numbers'],
    [Monitor.dataQuality({ baseline: BASELINE, sensitiveColumns: ['email'] }), 'hashes no values: those of email may stand in its reports'],
  ])('of what AWS\' containers do not do: %#', (monitor, warning) => {
    const fixture = new ModelMonitorFixture();
    fixture.managed([monitor.type as MonitorType], { monitors: [monitor] });
    expect(fixture.warnings(warning)).toBe(1);
  });
});

test('an alarm on what nobody publishes is warned about, others are not', () => {
  const fixture = new ModelMonitorFixture();
  const schedule = fixture.managed(['data-quality']);
  new NoDataAlarm(fixture.stack, 'NoData', { schedule });
  new DriftAlarm(fixture.stack, 'Shift', { schedule, metric: DriftMetric.featureMeanShift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'All', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Income', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Any', { schedule, metric: DriftMetric.violations(), threshold: 0 });
  expect(fixture.warnings('AWS. containers tell nothing of')).toBe(1);
  expect(fixture.warnings('tell nothing of execution_no_data, so that this alarm is never raised')).toBe(1);
});

describe('fails', () => {
  const bias = (options = {}): Monitor => Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, headers: ['sex'], ...options });
  const explainability = (options = {}): Monitor =>
    Monitor.modelExplainability({ baseline: ANALYSIS_BASELINE, endpoint: MODEL, headers: ['sex'], background: [['f']], ...options });

  test.each<[string, Monitor, Partial<MonitoringScheduleProps>, string]>([
    ['more than half an hour for merge and analysis, hourly', MANAGED_MONITORS['model-quality'], { maxRuntime: Duration.minutes(31) },
      'maxRuntime of the model-quality monitor must be at most 30 minutes with a cadence of 1 hour, got 31 minutes'],
    ['more than an hour', MANAGED_MONITORS['data-quality'], { maxRuntime: Duration.hours(2), cadence: Cadence.daily() },
      'maxRuntime of the data-quality monitor must be at most 60 minutes with a cadence of 1 day, got 2 hours'],
    ['jitter', MANAGED_MONITORS['data-quality'], { cadence: Cadence.hourly({ jitter: Duration.minutes(15) }) },
      'the service knows no jitter, and starts within 20 minutes of the hour by itself: leave jitter out of the cadence, or use MonitoringEngine.processingJobs()'],
    ['bias without headers', bias({ headers: undefined }), {}, 'the model-bias monitor has no headers, and AWS\' container takes them from no baseline'],
    ['explainability without headers', explainability({ headers: undefined }), {}, 'the model-explainability monitor has no headers'],
    ['explainability without background', explainability({ background: undefined }), {}, 'the model-explainability monitor has no background'],
    ['another endpoint to explain', explainability({ endpoint: { ...MODEL, endpointName: 'shadow' } }), {}, 'AWS\' container explains the model of the endpoint that is watched'],
    ['a model that is asked in JSON', explainability({ predictor: { contentType: MediaType.JSON } }), {}, 'AWS\' container asks the model in CSV and names the scores label0'],
    ['columns of a dataset', explainability({ excludedColumns: ['id'] }), {}, 'leave id out of headers'],
    ['a value of the deployment', bias({ headers: [Fn.importValue('column')] }), {}, 'the model-bias monitor holds a value that is known only when the stack is deployed'],
  ])('with %s', (_, monitor, props, message) => {
    expect(() => new ModelMonitorFixture().managed([monitor.type as MonitorType], { monitors: [monitor], ...props })).toThrow(message);
  });

  test('with Clarify in one zone, and takes one zone for the others', () => {
    const managed = (type: MonitorType, maxAzs: number): void => {
      const fixture = new ModelMonitorFixture();
      const vpc = new ec2.Vpc(fixture.stack, 'Vpc', { maxAzs, natGateways: 0, subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
      fixture.managed([type], { vpc });
    };
    expect(() => { managed('model-bias', 1); }).toThrow('the model-bias monitor needs subnets in at least 2 Availability Zones, got 1: give subnets of another zone too');
    expect(() => { managed('model-bias', 2); }).not.toThrow();
    expect(() => { managed('data-quality', 1); }).not.toThrow();
  });

  test.each<[string, MonitorType, string]>([
    ['mx-central-1', 'data-quality', 'AWS has no container for the data-quality monitor in mx-central-1: use MonitoringEngine.processingJobs(), or one of af-south-1, '],
    ['il-central-1', 'model-bias', 'AWS has no container for the model-bias monitor in il-central-1'],
  ])('in %s, where there is no image for %s', (region, type, message) => {
    expect(() => scheduleIn(region, [type])).toThrow(message);
  });
});

test('the other engine is not asked any of it', () => {
  const fixture = new Fixture();
  fixture.watching(MONITOR_TYPES, { image: IMAGE, maxRuntime: Duration.minutes(55) });
  fixture.template().resourceCountIs('AWS::SageMaker::MonitoringSchedule', 0);
});
