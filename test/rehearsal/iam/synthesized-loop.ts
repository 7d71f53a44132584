import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/** Synthesizes a small loop as a user would write it; returns the directory of the assembly. */
export function synthesize(): string {
  const code = mkdtempSync(join(tmpdir(), 'code-'));
  writeFileSync(join(code, 'index.js'), 'exports.handler = async () => 1;');
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'loop-')) });
  addLoop(new Stack(app, 'Loop', { env: { account: '111122223333', region: 'eu-west-1' } }), code);
  const staged = new Stack(new Stage(app, 'Prod'), 'Staged');
  const key = new Key(staged, 'Key');
  const inner = new Queue(new NestedStack(staged, 'Inner'), 'InnerQueue', { encryptionMasterKey: key });
  new Topic(staged, 'Outer', { displayName: inner.queueName });
  return app.synth().directory;
}

/** Resources of a template that a test changes; of the properties, only policies matter. */
export type MutableResources = Record<string, { Properties?: Record<string, MutablePolicy | undefined> }>;

interface MutablePolicy {
  readonly Statement: { readonly Effect: string; Action: string | string[] }[];
}

/** Lets a test change a template on disk, as a mistake in the user's code would. */
export function mutate(directory: string, templateFile: string, change: (resources: MutableResources) => void): void {
  const path = join(directory, templateFile);
  const template = JSON.parse(readFileSync(path, 'utf8')) as { Resources: MutableResources };
  change(template.Resources);
  writeFileSync(path, JSON.stringify(template));
}

function addLoop(stack: Stack, code: string): void {
  const key = new Key(stack, 'Key');
  key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
  const bucket = new Bucket(stack, 'Bucket', { encryptionKey: key, enforceSSL: true, bucketKeyEnabled: true });
  const deadLetterKey = new Key(stack, 'DeadLetterKey');
  deadLetterKey.grantEncryptDecrypt(new ServicePrincipal('events.amazonaws.com'));
  const deadLetters = new Queue(stack, 'DeadLetters', { encryptionMasterKey: deadLetterKey, enforceSSL: true });
  const starts = new Queue(stack, 'Starts', { encryptionMasterKey: key, enforceSSL: true });
  const topic = new Topic(stack, 'Alarms', { masterKey: key, enforceSSL: true });
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));

  const job = new Role(stack, 'Job', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  bucket.grantReadWrite(job);
  job.addToPolicy(new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [stack.formatArn({ service: 'logs', resource: 'log-group:/aws/sagemaker/ProcessingJobs:*' })],
  }));
  job.addToPolicy(new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
  job.addToPolicy(new PolicyStatement({
    actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [stack.formatArn({ service: 'ecr', resource: 'repository', resourceName: 'analyzer' })],
  }));
  key.grant(job, 'kms:CreateGrant');

  const start = new LambdaFn(stack, 'Start', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(code) });
  start.addEventSource(new SqsEventSource(starts));
  bucket.grantReadWrite(start);
  start.addToRolePolicy(new PolicyStatement({
    actions: ['iam:PassRole'], resources: [job.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  }));
  start.addToRolePolicy(new PolicyStatement({
    actions: ['sagemaker:CreateProcessingJob'], resources: [stack.formatArn({ service: 'sagemaker', resource: 'processing-job', resourceName: 'churn-*' })],
  }));

  new Schedule(stack, 'Hourly', {
    schedule: ScheduleExpression.rate(Duration.hours(1)),
    target: new SqsSendMessage(starts, { deadLetterQueue: deadLetters }),
  });
  new Rule(stack, 'Changes', {
    eventPattern: { source: ['aws.sagemaker'] }, targets: [new LambdaFunction(start, { deadLetterQueue: deadLetters })],
  });
  new Alarm(stack, 'Drift', { metric: new Metric({ namespace: 'n', metricName: 'm' }), threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));
}
