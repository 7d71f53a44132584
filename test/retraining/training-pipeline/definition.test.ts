import { Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ModelRegistry, TrainingPipeline } from '../../../lib/retraining';
import { KmsEncryption } from '../../../lib/security';
import { ACCOUNT, build, definition, gets, propsOf, stepsOf } from './fixture';

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
