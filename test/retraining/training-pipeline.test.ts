import path from 'node:path';
import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Matcher, Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ContainerImage, ModelData } from '../../lib/endpoint';
import { Dataset } from '../../lib/monitoring';
import { ModelRegistry, TrainingPipeline, TrainingPipelineProps } from '../../lib/retraining';
import { KmsEncryption } from '../../lib/security';
import { nagFindings } from '../nag';

interface Step {
  Name: string;
  Type: string;
  Arguments: {
    Conditions?: unknown;
    IfSteps?: Step[];
    ElseSteps?: Step[];
    HyperParameters?: unknown;
    ModelPackageGroupName?: string;
    OutputDataConfig?: { S3OutputPath: unknown; KmsKeyId: string };
    ProcessingOutputConfig?: { Outputs: { OutputName: string }[] };
    ResourceConfig?: { VolumeKmsKeyId?: string };
  };
  PropertyFiles?: { PropertyFileName: string; OutputName: string; FilePath: string }[];
}

interface Definition {
  Version: string;
  Parameters: { Name: string }[];
  Steps: Step[];
}

const ACCOUNT = '123456789012';

/** A stack without references of CloudFormation's in the pipeline's definition, so that it reads as SageMaker gets it. */
function build(overrides: Partial<TrainingPipelineProps> = {}): { stack: Stack; pipeline: TrainingPipeline } {
  const stack = new Stack(new App(), 'Churn', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const bucket = new KmsEncryption(stack, 'Encryption').addBucket('Artifacts');
  const pipeline = new TrainingPipeline(stack, 'Training', {
    image: ContainerImage.fromUri(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn:1`),
    trainingData: Dataset.fromBucket(bucket, 'data/training.csv'),
    currentModelData: ModelData.fromBucket(bucket, 'models/1/model.tar.gz'),
    registry: new ModelRegistry(stack, 'Registry'),
    bucket,
    ...overrides,
  });
  return { stack, pipeline };
}

/** The definition with every reference of CloudFormation's written as its logical id in angle brackets. */
function definition(stack: Stack): Definition {
  const [pipeline] = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Pipeline'));
  const body = pipeline!.Properties.PipelineDefinition.PipelineDefinitionBody;
  const parts: unknown[] = typeof body === 'string' ? [body] : body['Fn::Join'][1];
  const text = parts.map(part => typeof part === 'string' ? part : `<${String(Object.values(part as object).flat().at(0))}>`).join('');
  return JSON.parse(text) as Definition;
}

function stepsOf(stack: Stack): Record<string, Step> {
  const { Steps } = definition(stack);
  const conditional = Steps.flatMap(step => step.Arguments.IfSteps ?? []);
  return Object.fromEntries([...Steps, ...conditional].map(step => [step.Name, step]));
}

function gets(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => key === 'Get' ? [child as string] : gets(child));
}

describe('the definition', () => {
  test('has five steps: preprocess, train, evaluate, and register if better', () => {
    const { Version, Steps } = definition(build().stack);
    expect(Version).toBe('2020-12-01');
    expect(Steps.map(({ Name, Type }) => `${Name}: ${Type}`)).toEqual([
      'preprocess: Processing', 'train: Training', 'evaluate: Processing', 'better: Condition',
    ]);
    expect(Steps[3]!.Arguments.IfSteps!.map(({ Name, Type }) => `${Name}: ${Type}`)).toEqual(['register: RegisterModel']);
    expect(Steps[3]!.Arguments.ElseSteps).toEqual([]);
  });

  test('refers to nothing that it does not declare', () => {
    const { stack } = build();
    const { Parameters } = definition(stack);
    const steps = stepsOf(stack);
    const parameters = Parameters.map(parameter => parameter.Name);
    const references = gets(definition(stack).Steps);
    expect(references.length).toBeGreaterThan(15);

    for (const reference of references) {
      const [kind, name, ...rest] = reference.split('.');
      if (kind === 'Execution') expect(name).toBe('PipelineExecutionId');
      else if (kind === 'Parameters') expect(parameters).toContain(name);
      else expect([kind, Object.keys(steps)]).toEqual(['Steps', expect.arrayContaining([name])]);

      const output = /Outputs\['(.+)'\]/.exec(reference)?.[1];
      if (output !== undefined) expect(steps[name!]!.Arguments.ProcessingOutputConfig!.Outputs.map(each => each.OutputName)).toContain(output);
      if (rest[0] === 'PropertyFiles') expect(steps[name!]!.PropertyFiles?.map(file => file.PropertyFileName)).toContain(rest[1]);
    }
  });

  test('declares the approval status, what is trained with and compared with, and the evidence', () => {
    expect(definition(build().stack).Parameters).toEqual([
      { Name: 'ModelApprovalStatus', Type: 'String', DefaultValue: 'PendingManualApproval', EnumValues: ['PendingManualApproval', 'Approved', 'Rejected'] },
      { Name: 'TrainingDataUri', Type: 'String', DefaultValue: expect.stringMatching(/^s3:\/\/<.+>\/data\/training.csv$/) },
      { Name: 'CurrentModelUri', Type: 'String', DefaultValue: expect.stringMatching(/^s3:\/\/<.+>\/models\/1\/model.tar.gz$/) },
      { Name: 'DriftExecution', Type: 'String', DefaultValue: 'none' },
      { Name: 'DriftFeatures', Type: 'String', DefaultValue: 'none' },
      { Name: 'DriftWindowStart', Type: 'String', DefaultValue: 'none' },
      { Name: 'DriftWindowEnd', Type: 'String', DefaultValue: 'none' },
      { Name: 'DriftReportUri', Type: 'String', DefaultValue: 'none' },
    ]);
  });

  test('names each evidence parameter that a trigger fills in', () => {
    const { pipeline, stack } = build();
    expect(definition(stack).Parameters.map(parameter => parameter.Name)).toEqual(expect.arrayContaining(Object.values(pipeline.evidenceParameters)));
    expect(Object.keys(pipeline.evidenceParameters).sort()).toEqual(['execution', 'features', 'reportUri', 'windowEnd', 'windowStart']);
  });

  test('registers a model that is not worse than the current one', () => {
    const { better, evaluate } = stepsOf(build().stack);
    expect(better!.Arguments.Conditions).toEqual([{
      Type: 'GreaterThanOrEqualTo',
      LeftValue: { 'Std:JsonGet': { PropertyFile: { Get: 'Steps.evaluate.PropertyFiles.evaluation' }, Path: 'candidate.auc' } },
      RightValue: { 'Std:JsonGet': { PropertyFile: { Get: 'Steps.evaluate.PropertyFiles.evaluation' }, Path: 'current.auc' } },
    }]);
    expect(evaluate!.PropertyFiles).toEqual([{ PropertyFileName: 'evaluation', OutputName: 'evaluation', FilePath: 'evaluation.json' }]);
  });

  test('registers with the status of the execution, its metrics and its evidence', () => {
    const { register } = stepsOf(build({ inferenceInstanceTypes: ['ml.m5.large', 'ml.m5.xlarge'] }).stack);
    expect(register!.Arguments).toMatchObject({
      ModelApprovalStatus: { Get: 'Parameters.ModelApprovalStatus' },
      InferenceSpecification: {
        Containers: [{ Image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn:1`, ModelDataUrl: { Get: 'Steps.train.ModelArtifacts.S3ModelArtifacts' } }],
        SupportedContentTypes: ['text/csv', 'application/json'],
        SupportedRealtimeInferenceInstanceTypes: ['ml.m5.large', 'ml.m5.xlarge'],
      },
      ModelPackageDescription: { Get: 'Parameters.DriftFeatures' },
      CustomerMetadataProperties: {
        DriftExecution: { Get: 'Parameters.DriftExecution' },
        DriftWindowStart: { Get: 'Parameters.DriftWindowStart' },
        DriftWindowEnd: { Get: 'Parameters.DriftWindowEnd' },
        DriftReportUri: { Get: 'Parameters.DriftReportUri' },
      },
    });
    expect(gets(register!.Arguments)).toEqual(expect.arrayContaining(['Steps.evaluate.ProcessingOutputConfig.Outputs[\'evaluation\'].S3Output.S3Uri']));
    expect(register!.Arguments.ModelPackageGroupName).toMatch(/^[a-z0-9-]+$/);
  });

  test('isolates every job, encrypts its volume and its output, and ends it', () => {
    const { preprocess, train, evaluate } = stepsOf(build({ maxRuntime: Duration.minutes(30), volumeSize: Size.gibibytes(50) }).stack);
    const cluster = { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 50, VolumeKmsKeyId: expect.stringMatching(/^<EncryptionKey/) };
    for (const step of [preprocess, evaluate]) {
      expect(step!.Arguments).toMatchObject({
        NetworkConfig: { EnableNetworkIsolation: true },
        ProcessingResources: { ClusterConfig: cluster },
        ProcessingOutputConfig: { KmsKeyId: expect.stringMatching(/^<EncryptionKey/) },
        StoppingCondition: { MaxRuntimeInSeconds: 1800 },
      });
    }
    expect(train!.Arguments).toMatchObject({
      EnableNetworkIsolation: true,
      ResourceConfig: cluster,
      OutputDataConfig: { KmsKeyId: expect.stringMatching(/^<EncryptionKey/) },
      StoppingCondition: { MaxRuntimeInSeconds: 1800 },
    });
  });

  test('gives no volume key to instances whose NVMe disks encrypt themselves', () => {
    const { train } = stepsOf(build({ instanceType: 'ml.g4dn.xlarge' }).stack);
    expect(train!.Arguments.ResourceConfig).toEqual({ InstanceCount: 1, InstanceType: 'ml.g4dn.xlarge', VolumeSizeInGB: 20 });
  });

  test('keeps each execution in a folder of its own', () => {
    const { train } = stepsOf(build({ prefix: 'retraining/churn' }).stack);
    expect(train!.Arguments.OutputDataConfig!.S3OutputPath).toEqual({
      'Std:Join': { On: '/', Values: [expect.stringMatching(/^s3:\/\/<.+>\/retraining\/churn$/), { Get: 'Execution.PipelineExecutionId' }, 'model'] },
    });
  });

  test('runs the jobs in the isolated subnets of a VPC', () => {
    const { stack, pipeline } = build();
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
    new TrainingPipeline(stack, 'Networked', {
      ...propsOf(stack), vpc, registry: new ModelRegistry(stack, 'Other'), bucket: new KmsEncryption(stack, 'More').addBucket('Artifacts'),
    });
    expect(pipeline.pipelineName).not.toBe('');
    const bodies = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Pipeline'))
      .map(resource => JSON.stringify(resource.Properties.PipelineDefinition));
    expect(bodies.filter(body => body.includes('VpcConfig') && body.includes('VpcIsolatedSubnet1'))).toHaveLength(1);
  });

  test('passes hyperparameters on', () => {
    const { train } = stepsOf(build({ hyperparameters: { iterations: '50' } }).stack);
    expect(train!.Arguments.HyperParameters).toEqual({ iterations: '50' });
  });

  test('is the same when it is synthesized again', () => {
    expect(definition(build().stack)).toEqual(definition(build().stack));
  });
});

describe('permissions', () => {
  test('the role passes itself to SageMaker only, and runs jobs of pipelines only', () => {
    const { stack } = build();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['sagemaker:CreateProcessingJob']), Resource: arnEnding(':processing-job/pipelines-*') }),
          Match.objectLike({ Action: Match.arrayWith(['sagemaker:CreateTrainingJob']), Resource: arnEnding(':training-job/pipelines-*') }),
          Match.objectLike({
            Action: 'iam:PassRole',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TrainingRole'), 'Arn'] },
            Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
          }),
        ]),
      },
    });
  });

  test('the role writes to its own folder only', () => {
    const { stack } = build({ prefix: 'retraining' });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const writes = policies.flatMap(policy => policy.Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
      .filter(statement => [statement.Action].flat().includes('s3:PutObject'));
    expect(writes).toHaveLength(1);
    expect(JSON.stringify(writes[0]!.Resource)).toMatch(/\/retraining\/\*/);
  });

  test('the pipeline is made after its role\'s policy', () => {
    const { stack } = build();
    Template.fromStack(stack).hasResource('AWS::SageMaker::Pipeline', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^TrainingRoleDefaultPolicy')]) });
  });

  test('a role that is given is used, and granted what it needs', () => {
    const stack = new Stack(new App(), 'Other');
    const bucket = new KmsEncryption(stack, 'Encryption').addBucket('Artifacts');
    const role = new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new TrainingPipeline(stack, 'Training', { ...propsOf(stack), bucket, registry: new ModelRegistry(stack, 'Registry'), role });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SageMaker::Pipeline', { RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } });
    template.hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^Mine') }] });
  });

  test('starting it can be granted', () => {
    const { stack, pipeline } = build();
    pipeline.grants.start(new Role(stack, 'Starter', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: arnEnding(':pipeline/') }] },
      Roles: [{ Ref: Match.stringLikeRegexp('^Starter') }],
    });
  });

  test('cdk-nag finds nothing', () => {
    expect(nagFindings(build().stack)).toEqual([]);
  });
});

test('fails with every problem at once, in words', () => {
  expect(() => build({
    instanceType: 'ml.m5.xlarg',
    inferenceInstanceTypes: [],
    maxRuntime: Duration.seconds(10),
    prefix: '/pipelines/',
    securityGroups: [],
  })).toThrow(new RegExp([
    'maxRuntime must be between 1 and 7200 minutes, got 10 seconds',
    'subnets and securityGroups belong to a VPC: give the vpc too',
    'unknown instance type "ml.m5.xlarg" for a Processing job: did you mean ml.m5.xlarge',
    'prefix must not be empty nor begin or end with a slash, got "/pipelines/"',
    'unknown instance type "ml.m5.xlarg" for a training job',
    'inferenceInstanceTypes is empty: a registered model could be hosted nowhere; give at least one',
  ].join('[^]*')));
});

test('names an instance type that no endpoint has', () => {
  expect(() => build({ inferenceInstanceTypes: ['m5.large'] })).toThrow(/unknown instance type "m5.large" for an endpoint: did you mean ml.m5.large/);
});

test('takes the sample as its assets: container, training data and first model', () => {
  const sample = path.join(__dirname, '../../sample/churn');
  const { stack } = build({
    image: ContainerImage.fromAsset(path.join(sample, 'container')),
    trainingData: Dataset.fromAsset(path.join(sample, 'data/training.csv')),
    currentModelData: ModelData.fromAsset(path.join(sample, 'model/model.tar.gz')),
  });
  expect(definition(stack).Parameters).toEqual(expect.arrayContaining([
    expect.objectContaining({ Name: 'TrainingDataUri', DefaultValue: expect.stringMatching(/^s3:\/\/cdk-.+\/[0-9a-f]{64}\.csv$/) }),
    expect.objectContaining({ Name: 'CurrentModelUri', DefaultValue: expect.stringMatching(/^s3:\/\/cdk-.+\/[0-9a-f]{64}\.gz$/) }),
  ]));
  expect(nagFindings(stack)).toEqual([]);
});

test('a key of its own encrypts the volumes', () => {
  const stack = new Stack(new App(), 'Keyed');
  const bucket = new KmsEncryption(stack, 'Encryption').addBucket('Artifacts');
  new TrainingPipeline(stack, 'Training', {
    ...propsOf(stack), bucket, registry: new ModelRegistry(stack, 'Registry'), encryptionKey: new Key(stack, 'VolumeKey'),
  });
  const { train } = stepsOf(stack);
  expect(train!.Arguments.ResourceConfig!.VolumeKmsKeyId).toMatch(/^<VolumeKey/);
  expect(train!.Arguments.OutputDataConfig!.KmsKeyId).toMatch(/^<EncryptionKey/);
});

function propsOf(stack: Stack): Pick<TrainingPipelineProps, 'image' | 'trainingData' | 'currentModelData'> {
  const data = new KmsEncryption(stack, 'Data').addBucket('Data');
  return {
    image: ContainerImage.fromUri(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn:1`),
    trainingData: Dataset.fromBucket(data, 'training.csv'),
    currentModelData: ModelData.fromBucket(data, 'model.tar.gz'),
  };
}

function arnEnding(text: string): { 'Fn::Join': [string, Matcher] } {
  return { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(text.replaceAll('*', '\\*'))])] };
}
