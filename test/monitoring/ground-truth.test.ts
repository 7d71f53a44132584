import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { GroundTruth, GroundTruthBucket } from '../../lib';
import { Fixture } from './fixture';

test('the bucket of labels is encrypted, versioned, and closed to plain HTTP and to the public', () => {
  const fixture = new Fixture();
  const labels = new GroundTruthBucket(fixture.stack, 'Labels', { encryptionKey: fixture.encryption.key, expiration: Duration.days(400), accessLogs: fixture.bucket });
  fixture.template().hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }] },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 400, Status: 'Enabled' })] },
      LoggingConfiguration: Match.objectLike({ LogFilePrefix: 'ground-truth/' }),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
    },
  });
  expect(labels.groundTruthRetention?.toDays()).toBe(400);
});

test('without a key S3 encrypts, and a bucket that may go goes', () => {
  const fixture = new Fixture();
  new GroundTruthBucket(fixture.stack, 'Labels', { removalPolicy: RemovalPolicy.DESTROY });
  fixture.template().hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Delete',
    Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } },
  });
});

test.each([
  ['put', ['s3:PutObject', 's3:AbortMultipartUpload'], 'kms:GenerateDataKey'],
  ['read', 's3:GetObject', 'kms:Decrypt'],
] as const)('who may %s labels may no more, and may use their key', (grant, Action, keyAction) => {
  const fixture = new Fixture();
  const user = new iam.User(fixture.stack, 'User');
  new GroundTruthBucket(fixture.stack, 'Labels', { encryptionKey: fixture.encryption.key }).grants[grant](user);
  fixture.template().hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([
      Match.objectLike({ Action, Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: Match.stringLikeRegexp('Labels') }, '/*']] } }),
      Match.objectLike({ Action: keyAction }),
    ]) },
  });
});

test('the schedule reads labels where the bucket has them', () => {
  const fixture = new Fixture();
  const labels = new GroundTruthBucket(fixture.stack, 'Labels');
  fixture.watching(['model-quality'], { groundTruth: labels });
  fixture.template().hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('ScheduleJobRole') }],
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({
      Action: 's3:ListBucket', Resource: { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('Labels') }])] }, Condition: Match.absent(),
    })]) },
  });
});

test('labels may lie in a folder of any bucket, which knows how long it keeps them', () => {
  const fixture = new Fixture();
  const labels = GroundTruth.fromBucket(fixture.bucket, 'labels');
  expect(labels.groundTruthUri).toMatch(/^s3:\/\/.*\/labels$/);
  expect(labels.groundTruthRetention).toBeUndefined();
  fixture.bucket.addLifecycleRule({ prefix: 'labels/', expiration: Duration.days(90) });
  fixture.bucket.addLifecycleRule({ prefix: 'labels/', expiration: Duration.days(30), enabled: false });
  fixture.bucket.addLifecycleRule({ expiration: Duration.days(1), tagFilters: { temporary: 'yes' } });
  expect(labels.groundTruthRetention?.toDays()).toBe(90);
});
