import path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ContainerImage, ModelData } from '../../../lib/endpoint';
import { Dataset } from '../../../lib/monitoring';
import { ModelRegistry, TrainingPipeline } from '../../../lib/retraining';
import { KmsEncryption } from '../../../lib/security';
import { nagFindings } from '../../nag';
import { build, definition, propsOf, stepsOf } from './fixture';

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
  const sample = path.join(__dirname, '../../../sample/churn');
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
