import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { KmsEncryption, ModelData } from '../../lib';
import { nagFindings } from '../nag';

let stack: Stack;
let role: Role;

beforeEach(() => {
  stack = new Stack(new App(), 'Test');
  role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
});

test('an archive in a bucket is read and decrypted, and nothing else of the bucket', () => {
  const bucket = new KmsEncryption(stack, 'Encryption').addBucket('Models');

  const { modelDataUrl } = ModelData.fromBucket(bucket, 'churn/1/model.tar.gz').bind(stack, role);

  expect(stack.resolve(modelDataUrl)).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: expect.stringContaining('Models') }, '/churn/1/model.tar.gz']] });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Action: 'kms:Decrypt' }),
        { Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [Match.anyValue(), '/churn/1/model.tar.gz']] } },
      ],
    },
  });
  expect(nagFindings(stack)).toEqual([]);
});

test('a local archive is uploaded, and only this object may be read', () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'model-')), 'model.tar.gz');
  fs.writeFileSync(file, 'weights');
  const modelData = ModelData.fromAsset(file);

  const first = modelData.bind(stack, role);
  const second = modelData.bind(stack, role);

  expect(first).toEqual(second);
  expect(JSON.stringify(stack.resolve(first.modelDataUrl))).toMatch(/\/[0-9a-f]{64}\.gz/);
  expect(nagFindings(stack)).toEqual([]);
});

test('fails for what is no archive', () => {
  expect(() => ModelData.fromAsset('model/model.json').bind(stack, role))
    .toThrow('\'modelData\' must be a .tar.gz archive, which is what SageMaker unpacks into /opt/ml/model, got "model/model.json"');
});
