import * as fs from 'node:fs';
import * as path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Cadence, Monitor } from '../../../lib';
import { MONITOR_TYPES, MonitorType } from '../../../lib/contract';
import { BASELINE, joined, QUALITY } from '../fixture';
import { DEFINITIONS, definitionOf, ModelMonitorFixture, property } from './fixture';

const MONITORING_TYPES = { 'data-quality': 'DataQuality', 'model-quality': 'ModelQuality', 'model-bias': 'ModelBias', 'model-explainability': 'ModelExplainability' };

describe('all four monitors', () => {
  const fixture = new ModelMonitorFixture();
  fixture.managed();
  const template = fixture.template();
  const definition = (type: MonitorType) => definitionOf(template, type);

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
