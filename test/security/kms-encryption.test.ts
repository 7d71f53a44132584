import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { KeyService, KmsEncryption, KmsEncryptionProps } from '../../lib';
import { nagFindings } from '../nag';

function encryption(props?: KmsEncryptionProps): KmsEncryption {
  return new KmsEncryption(new Stack(new App(), 'Test'), 'Encryption', props);
}

const templateOf = (construct: KmsEncryption): Template => Template.fromStack(Stack.of(construct));

test('the key rotates, has an alias and outlives the stack', () => {
  const template = templateOf(encryption());

  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  template.hasResourceProperties('AWS::KMS::Alias', { AliasName: Match.stringLikeRegexp('^alias/.*Encryption') });
});

test('an alias of the user is taken as it is', () => {
  templateOf(encryption({ alias: 'churn' })).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/churn' });
});

test('a bucket is encrypted with the key, versioned, private, TLS-only, logged and retained', () => {
  const subject = encryption();
  subject.addBucket('Capture', { expiration: Duration.days(90) });
  const template = templateOf(subject);

  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [Match.stringLikeRegexp('EncryptionKey'), 'Arn'] } },
        }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LoggingConfiguration: { LogFilePrefix: 'Capture/' },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90, NoncurrentVersionExpiration: { NoncurrentDays: 30 } })] },
    },
  });
  template.allResourcesProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
  });
});

test('all buckets log to one bucket, by policy and not by ACL', () => {
  const subject = encryption();
  subject.addBucket('Capture');
  subject.addBucket('Reports');
  const template = templateOf(subject);

  template.resourceCountIs('AWS::S3::Bucket', 3);
  template.allResourcesProperties('AWS::S3::Bucket', { AccessControl: Match.absent() });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' } })]) },
  });
});

test('data is removed when both switches say so', () => {
  const subject = encryption({ removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
  subject.addBucket('Capture');
  const template = templateOf(subject);

  template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
});

test('fails when only one of the two switches is set', () => {
  expect(() => encryption({ autoDeleteObjects: true })).toThrow(
    '\'autoDeleteObjects\' would empty buckets that \'removalPolicy\' "retain" keeps: set \'removalPolicy\' to RemovalPolicy.DESTROY too',
  );
});

test.each([
  ['cloudwatch.amazonaws.com', KeyService.cloudWatch(), { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
  ['sns.amazonaws.com', KeyService.sns(), { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
  ['events.amazonaws.com', KeyService.events(), Match.absent()],
])('%s may use the key, for this account where its requests say so', (principal, service, condition) => {
  const subject = encryption();
  subject.allowService(service);

  templateOf(subject).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([Match.objectLike({
        Principal: { Service: principal }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: condition,
      })]),
    },
  });
});

test('log groups may use the key, those of this account and region, and it says so once', () => {
  const subject = encryption();
  subject.allowService(KeyService.logs());
  subject.allowService(KeyService.logs());

  const [key] = Object.values(templateOf(subject).findResources('AWS::KMS::Key'));
  const statements = key!.Properties.KeyPolicy.Statement as { Principal: { Service: unknown } }[];
  const ofLogs = statements.filter(statement => JSON.stringify(statement).includes('aws:logs:arn'));
  expect(ofLogs).toHaveLength(1);
  expect(ofLogs[0]!.Principal.Service).toEqual({ 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] });
});

test('an alarm topic is encrypted and TLS-only, and the alarms of this account may publish to it', () => {
  const subject = encryption();
  subject.addAlarmTopic('Alarms');
  const template = templateOf(subject);

  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({
          Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ]),
    },
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })]) },
  });
});

test('an imported key is left to its owner', () => {
  const stack = new Stack(new App(), 'Test');
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  KeyService.logs().allowOn(Key.fromKeyArn(stack, 'Key', arn));

  expect(Template.fromStack(stack).toJSON()).not.toHaveProperty('Resources');
});

test('cdk-nag finds nothing', () => {
  const subject = encryption();
  subject.addBucket('Capture');
  subject.addAlarmTopic('Alarms');

  expect(nagFindings(Stack.of(subject))).toEqual([]);
});
