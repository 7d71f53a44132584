import { CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateMonitoringScheduleCommand, CreatePipelineCommand, CreateProcessingJobCommand, CreateProcessingJobCommandInput,
  DeleteMonitoringScheduleCommand, DescribeMonitoringScheduleCommand, DescribeProcessingJobCommand, ListMonitoringExecutionsCommand,
  SageMakerClient, StartPipelineExecutionCommand, StopMonitoringScheduleCommand, UpdateMonitoringScheduleCommand,
} from '@aws-sdk/client-sagemaker';
import { EmulatorProcess } from './emulator-process';

/** What the emulator refuses and AWS would: only then does a test that passes against it say something. */

let emulator: EmulatorProcess;
let sageMaker: SageMakerClient;
let cloudWatch: CloudWatchClient;
let cloudFormation: CloudFormationClient;

beforeAll(async () => {
  emulator = await EmulatorProcess.start();
  sageMaker = new SageMakerClient(emulator.client);
  cloudWatch = new CloudWatchClient(emulator.client);
  cloudFormation = new CloudFormationClient(emulator.client);
});
afterAll(async () => {
  await emulator.stop();
});

describe('processing jobs', () => {
  let roleArn: string;
  const job = (change: Partial<CreateProcessingJobCommandInput> = {}): CreateProcessingJobCommand => new CreateProcessingJobCommand({
    ProcessingJobName: 'job-1',
    RoleArn: roleArn,
    AppSpecification: { ImageUri: 'analyzer:1' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    ProcessingInputs: [{ InputName: 'dataset', S3Input: { S3Uri: 's3://somebody/data.csv', LocalPath: '/opt/ml/processing/input', S3DataType: 'S3Prefix', S3InputMode: 'File' } }],
    Environment: { dataset_source: '/opt/ml/processing/input' },
    ...change,
  });

  beforeAll(async () => {
    const { RoleArn } = await create('roles', {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }] } },
        },
      },
      Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    });
    roleArn = RoleArn!;
    const s3 = new S3Client(emulator.client);
    await s3.send(new CreateBucketCommand({ Bucket: 'somebody' }));
    await s3.send(new PutObjectCommand({ Bucket: 'somebody', Key: 'data.csv', Body: 'a\n1\n' }));
  });

  test.each<[string, Partial<CreateProcessingJobCommandInput>, RegExp]>([
    ['a name beyond its pattern', { ProcessingJobName: 'job_1' }, /ProcessingJobName.* does not match/],
    ['an instance type that does not exist', { ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m9.huge' as 'ml.m5.large', VolumeSizeInGB: 20 } } }, /InstanceType.* is none of/],
    ['an environment value of 257 characters', { Environment: { a: 'x'.repeat(257) } }, /Environment\.a.* at most 256, got 257/],
    ['eleven inputs', { ProcessingInputs: Array.from({ length: 11 }, (_, i) => ({ InputName: `i${i}` })) }, /ProcessingInputs.* at most 10, got 11/],
    ['a role that does not exist', { RoleArn: 'arn:aws:iam::123456789012:role/nobody-knows' }, /Could not assume role/],
  ])('are refused with %s', async (_, change, message) => {
    await expect(sageMaker.send(job(change))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(message) });
  });

  test('run with what their role permits, and are described as they were asked for; their name is taken for ever', async () => {
    const command = job();
    await sageMaker.send(command);
    await emulator.settle();

    await expect(sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: 'job-1' }))).resolves.toMatchObject({
      ...command.input, ProcessingJobStatus: 'Failed', FailureReason: expect.stringMatching(/AccessDenied.*s3:ListBucket/),
    });
    await expect(sageMaker.send(job())).rejects.toMatchObject({ name: 'ResourceInUse' });
  });
});

describe('pipeline executions', () => {
  const start = (value: string, parameter = 'Declared', token = 'x'.repeat(32)): Promise<{ PipelineExecutionArn?: string }> =>
    sageMaker.send(new StartPipelineExecutionCommand({ PipelineName: 'pipeline', ClientRequestToken: token, PipelineParameters: [{ Name: parameter, Value: value }] }));

  test('know their parameters, and their tokens', async () => {
    await sageMaker.send(new CreatePipelineCommand({
      PipelineName: 'pipeline', ClientRequestToken: 'y'.repeat(32), RoleArn: 'arn:aws:iam::123456789012:role/pipeline',
      PipelineDefinition: JSON.stringify({ Version: '2020-12-01', Parameters: [{ Name: 'Declared', Type: 'String' }], Steps: [] }),
    }));

    const first = await start('1');
    expect((await start('1')).PipelineExecutionArn).toBe(first.PipelineExecutionArn);
    await expect(start('2')).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(start('1', 'Undeclared', 'z'.repeat(32))).rejects.toMatchObject({ message: expect.stringContaining('Undeclared') });
    expect((await start('2', 'Declared', 'z'.repeat(32))).PipelineExecutionArn).not.toBe(first.PipelineExecutionArn);
  });
});

describe('monitoring schedules', () => {
  const name = { MonitoringScheduleName: 'guarded' };
  const config = { MonitoringScheduleConfig: {
    MonitoringType: 'DataQuality', MonitoringJobDefinitionName: 'd', ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
  } } as const;

  test('execute once at a time and not while they are stopped, and are neither changed nor deleted meanwhile', async () => {
    await sageMaker.send(new CreateMonitoringScheduleCommand({ ...name, ...config }));
    const scheduled = await emulator.now();
    const execution = await emulator.beginExecution('guarded', scheduled);

    expect(await emulator.beginExecution('guarded', scheduled)).toBeUndefined();
    await expect(sageMaker.send(new UpdateMonitoringScheduleCommand({ ...name, ...config }))).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(sageMaker.send(new DeleteMonitoringScheduleCommand(name))).rejects.toMatchObject({ name: 'ValidationException' });

    await emulator.concludeExecution(execution!, { status: 'Failed', failureReason: 'Job inputs had no data' });
    await expect(sageMaker.send(new ListMonitoringExecutionsCommand(name))).resolves
      .toMatchObject({ MonitoringExecutionSummaries: [{ MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data' }] });
    await sageMaker.send(new StopMonitoringScheduleCommand(name));
    expect(await emulator.beginExecution('guarded', scheduled)).toBeUndefined();
    await sageMaker.send(new DeleteMonitoringScheduleCommand(name));
  });
});

describe('metrics', () => {
  const put = async (change: Partial<MetricDatum>, now?: Date): Promise<unknown> => cloudWatch.send(new PutMetricDataCommand({
    Namespace: 'test',
    MetricData: [{ MetricName: 'good', Value: 1 }, { MetricName: 'drift', Dimensions: [{ Name: 'Endpoint', Value: 'a' }], Timestamp: now ?? await emulator.now(), Value: 1, ...change }],
  }));

  test.each<[string, () => Partial<MetricDatum>, RegExp]>([
    ['a dimension that is not ASCII', () => ({ Dimensions: [{ Name: 'Feature', Value: 'Größe' }] }), /printable ASCII/],
    ['a blank dimension', () => ({ Dimensions: [{ Name: 'Feature', Value: ' ' }] }), /not blank/],
    ['an infinite value', () => ({ Value: Infinity }), /-2\^360 and 2\^360/],
    ['NaN in a statistic set', () => ({ Value: undefined, StatisticValues: { Maximum: NaN, Minimum: 0, Sum: 0, SampleCount: 1 } }), /-2\^360 and 2\^360/],
    ['a value and a statistic set', () => ({ StatisticValues: { Maximum: 1, Minimum: 0, Sum: 1, SampleCount: 2 } }), /exactly one/],
    ['a timestamp of three weeks ago', () => ({ Timestamp: new Date(Date.now() - 21 * 86_400_000) }), /two weeks ago/],
    ['31 dimensions', () => ({ Dimensions: Array.from({ length: 31 }, (_, i) => ({ Name: `d${i}`, Value: 'x' })) }), /more than 30/],
  ])('are all refused for %s of one', async (_, change, message) => {
    await expect(put(change())).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });
});

describe('types that the sample does not use', () => {
  const drift = (endpoint: string): unknown => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'loop', MetricName: 'drift', Dimensions: [{ Name: 'Endpoint', Value: endpoint }], Statistic: 'Maximum', Period: 3600,
      EvaluationPeriods: 1, Threshold: 0.5, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching',
    },
  });
  const resources = {
    A: drift('a'), B: drift('b'),
    Any: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${A}") OR ALARM("${B}")' } } },
    Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${A}") AND ALARM("${B}")' } } },
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'jobs', VpcId: { Ref: 'Vpc' } } },
    Egress: {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' },
    },
    Definition: {
      Type: 'AWS::SageMaker::DataQualityJobDefinition',
      Properties: {
        RoleArn: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/monitoring' },
        DataQualityAppSpecification: { ImageUri: 'analyzer:1' },
        DataQualityJobInput: { EndpointInput: { EndpointName: 'endpoint', LocalPath: '/opt/ml/processing/input' } },
        DataQualityJobOutputConfig: { MonitoringOutputs: [{ S3Output: { S3Uri: 's3://somebody/reports', LocalPath: '/opt/ml/processing/output' } }] },
        JobResources: { ClusterConfig: { InstanceCount: '1', InstanceType: 'ml.m5.large', VolumeSizeInGB: 20 } },
      },
    },
    Schedule: {
      Type: 'AWS::SageMaker::MonitoringSchedule',
      Properties: {
        MonitoringScheduleName: 'hourly',
        MonitoringScheduleConfig: {
          MonitoringType: 'DataQuality', MonitoringJobDefinitionName: 'definition', ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
        },
      },
    },
    Target: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { ServiceNamespace: 'sagemaker', ResourceId: 'endpoint/e/variant/v', ScalableDimension: 'sagemaker:variant:DesiredInstanceCount', MinCapacity: '1', MaxCapacity: 2 },
    },
    Scaling: {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        PolicyName: 'invocations', PolicyType: 'TargetTrackingScaling', ScalingTargetId: { Ref: 'Target' },
        TargetTrackingScalingPolicyConfiguration: { TargetValue: 70, PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' } },
      },
    },
  };

  test('deploy and are deleted; an alarm looks at its own dimensions, a composite at its children', async () => {
    await create('others', { Resources: resources });

    await cloudWatch.send(new PutMetricDataCommand({
      Namespace: 'loop', MetricData: [{ MetricName: 'drift', Dimensions: [{ Name: 'Endpoint', Value: 'a' }], Value: 0.9, Timestamp: await emulator.now() }],
    }));

    expect(await raised()).toEqual([expect.stringContaining('A-'), expect.stringContaining('Any-')]);
    await emulator.skipTo(new Date((await emulator.now()).getTime() + 4 * 3_600_000));
    expect(await raised()).toEqual([]);
    await expect(sageMaker.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: 'hourly' }))).resolves
      .toMatchObject({ MonitoringScheduleStatus: 'Scheduled', MonitoringScheduleConfig: { MonitoringType: 'DataQuality' } });
    await cloudFormation.send(new DeleteStackCommand({ StackName: 'others' }));
    expect(await settled('others')).toMatch(/^DELETE_COMPLETE$|does not exist/);
    expect((await cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] }))).CompositeAlarms).toEqual([]);
    await expect(sageMaker.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: 'hourly' }))).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  test('roll back when the service refuses them', async () => {
    const target = resources.Target as { Type: string; Properties: Record<string, unknown> };

    await expect(create('refused', { Resources: { Target: { ...target, Properties: { ...target.Properties, ScalableDimension: 'sagemaker:everything' } } } }))
      .rejects.toThrow(/ROLLBACK_COMPLETE.*ScalableDimension.* is none of/s);
  });
});

async function raised(): Promise<string[]> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm', 'MetricAlarm'], StateValue: 'ALARM' }));
  return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = '' }) => AlarmName).sort();
}

/** Creates a stack, and gives its outputs. */
async function create(StackName: string, template: unknown): Promise<Record<string, string>> {
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_IAM'] }));
  const status = await settled(StackName);
  if (status !== 'CREATE_COMPLETE') {
    const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
    throw new Error(`${status}: ${StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason).join('\n')}`);
  }
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** A stack's state once it is no longer in progress. */
async function settled(StackName: string): Promise<string> {
  for (;;) {
    try {
      const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
      if (!stack?.StackStatus?.endsWith('IN_PROGRESS')) return stack?.StackStatus ?? '';
    } catch (error) {
      return (error as Error).message;
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}
