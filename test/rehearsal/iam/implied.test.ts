import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assembly } from '../../../rehearsal/assembly/assembly';
import { Deployment } from '../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../rehearsal/assembly/stack';
import {
  alarmNotifies, callApi, functionPolls, functionRole, functionRuns, listObjects, readObject, RequiredPermission, ruleDelivers, runJob,
  scheduleDelivers, writeObject,
} from '../../../rehearsal/iam/implied';
import { Permissions } from '../../../rehearsal/iam/permissions';
import { MutableResources, mutate, synthesize } from './synthesized-loop';

const pristine = synthesize();

/** A copy of the assembly on disk, changed. */
function deployment(change: (resources: MutableResources) => void = () => undefined): Deployment {
  const directory = mkdtempSync(join(tmpdir(), 'mutant-'));
  cpSync(pristine, directory, { recursive: true });
  mutate(directory, 'Loop.template.json', change);
  return new Deployment(Assembly.load(directory));
}

function at(loop: Deployment, path: string): TemplateResource {
  const found = loop.resources().find(({ constructPath }) => constructPath === `Loop/${path}`);
  if (found === undefined) throw new Error(`the assembly has no Loop/${path}`);
  return found;
}

type Arrow = (loop: Deployment) => RequiredPermission[];

const jobRequest = {
  ProcessingJobName: 'churn-0a1b2c3d-2026112210-1',
  RoleArn: '',
  AppSpecification: { ImageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1' },
  ProcessingResources: { ClusterConfig: {} },
};
const jobArn = 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/churn-0a1b2c3d-2026112210-1';
const job = (loop: Deployment): TemplateResource => at(loop, 'Job/Resource');
const bucketName = (loop: Deployment): string => loop.physical(at(loop, 'Bucket/Resource')).name;
const keyArn = (loop: Deployment): string => loop.physical(at(loop, 'Key/Resource')).arn;

const ARROWS: Record<string, Arrow> = {
  'schedule → queue': loop => scheduleDelivers(at(loop, 'Hourly/Resource'), at(loop, 'Starts/Resource'), loop),
  'queue → function': loop => functionPolls(at(loop, 'Start/Resource'), at(loop, 'Starts/Resource'), loop),
  'function → log': loop => functionRuns(at(loop, 'Start/Resource'), loop),
  'function → manifest': loop => callApi(functionRole(at(loop, 'Start/Resource'), loop), {
    action: 's3:PutObject', resource: `arn:aws:s3:::${bucketName(loop)}/manifest.json`, conditions: {}, input: {},
  }, loop),
  'function → job': loop => callApi(functionRole(at(loop, 'Start/Resource'), loop), {
    action: 'sagemaker:CreateProcessingJob', resource: jobArn, conditions: {}, input: { ...jobRequest, RoleArn: loop.physical(job(loop)).arn },
  }, loop),
  'job → image, log': loop => runJob(jobRequest, job(loop), loop),
  'job → volume': loop => runJob({ ...jobRequest, ProcessingResources: { ClusterConfig: { VolumeKmsKeyId: keyArn(loop) } } }, job(loop), loop),
  'job ← capture': loop => [
    ...listObjects({ role: job(loop), bucket: bucketName(loop), prefix: 'capture/' }),
    ...readObject({ role: job(loop), bucket: bucketName(loop), key: 'capture/a.jsonl' }, loop),
  ],
  'job → report': loop => writeObject({ role: job(loop), bucket: bucketName(loop), key: 'reports/a.json', kmsKeyId: keyArn(loop) }, loop),
  'event → function': loop => ruleDelivers(at(loop, 'Changes/Resource'), at(loop, 'Start/Resource'), loop),
  'event → dead letters': loop => ruleDelivers(at(loop, 'Changes/Resource'), at(loop, 'DeadLetters/Resource'), loop),
  'alarm → topic': loop => alarmNotifies(at(loop, 'Drift/Resource'), at(loop, 'Alarms/Resource'), loop),
};

/** Reasons of what an arrow is refused; empty when it holds. */
function refusals(loop: Deployment, arrow: string): string[] {
  const permissions = new Permissions(loop);
  return ARROWS[arrow]!(loop).map(request => permissions.check(request)).filter(({ allowed }) => !allowed).map(({ reason }) => reason);
}

const drop = (pattern: RegExp) => (resources: MutableResources): void => {
  const found = Object.keys(resources).filter(id => pattern.test(id));
  if (found.length === 0) throw new Error(`the mutation ${String(pattern)} finds nothing`);
  for (const id of found) Reflect.deleteProperty(resources, id);
};

/** Takes an action out of every statement of the policies that match. */
const without = (resourcePattern: RegExp, action: RegExp, property = 'PolicyDocument') => (resources: MutableResources): void => {
  let removed = 0;
  for (const [id, { Properties }] of Object.entries(resources)) {
    for (const statement of (resourcePattern.test(id) ? Properties?.[property]?.Statement : undefined) ?? []) {
      if (statement.Effect === 'Deny') continue;
      const actions = [statement.Action].flat();
      statement.Action = actions.filter(name => !action.test(name));
      removed += actions.length - statement.Action.length;
    }
  }
  if (removed === 0) throw new Error(`the mutation ${String(action)} finds nothing`);
};

describe('a synthesized loop', () => {
  test.each(Object.keys(ARROWS))('may do all of %s', (arrow) => {
    expect(refusals(deployment(), arrow)).toEqual([]);
  });

  test('finds that CDK grants a schedule its encrypted dead-letter queue, and not the queue\'s key', () => {
    const loop = deployment();
    const refused = scheduleDelivers(at(loop, 'Hourly/Resource'), at(loop, 'DeadLetters/Resource'), loop)
      .map(request => new Permissions(loop).check(request)).filter(({ allowed }) => !allowed);

    expect(refused.map(({ reason }) => / kms:\w+/.exec(reason)?.[0])).toEqual([' kms:GenerateDataKey', ' kms:Decrypt']);
    expect(refused[0]!.reason).toMatch(/SchedulerRoleForTarget.*: no statement of .* allows it/);
  });

  test('every permission says why, and where AWS says so', () => {
    for (const permission of Object.values(ARROWS).flatMap(arrow => arrow(deployment()))) {
      expect(permission.because).not.toBe('');
      expect(permission.documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });

  test('CloudWatch tells the key for which account it asks, EventBridge does not', () => {
    const loop = deployment();
    const account = (arrow: string) => ARROWS[arrow]!(loop).filter(({ action }) => action.startsWith('kms:')).map(({ context }) => context?.['aws:SourceAccount']);

    expect(account('alarm → topic')).toEqual(['111122223333', '111122223333']);
    expect(account('event → dead letters')).toEqual([undefined, undefined]);
  });

  test('a role that is in no template is named', () => {
    const loop = deployment((resources) => {
      for (const [id, resource] of Object.entries(resources)) if (/^Start[0-9A-F]{8}$/.test(id)) Object.assign(resource.Properties ?? {}, { Role: 'arn:aws:iam::111122223333:role/imported' });
    });

    expect(() => functionRuns(at(loop, 'Start/Resource'), loop)).toThrow('cannot play the role arn:aws:iam::111122223333:role/imported: it is in no template');
  });

  test.each([
    ['schedule → queue', without(/^SchedulerRole.*Policy/, /^sqs:SendMessage$/), /SchedulerRole.* sqs:SendMessage on arn:aws:sqs/],
    ['schedule → queue', without(/^SchedulerRole.*Policy/, /^kms:GenerateDataKey/), /SchedulerRole.* kms:GenerateDataKey on arn:aws:kms/],
    ['queue → function', without(/^StartServiceRole/, /^sqs:DeleteMessage$/), /Loop.template.json StartServiceRole\w+ \(Loop\/Start\/ServiceRole\/Resource\) sqs:DeleteMessage/],
    ['queue → function', without(/^StartServiceRole/, /^kms:Decrypt$/), /kms:Decrypt on arn:aws:kms.*no statement of/],
    ['function → manifest', without(/^StartServiceRole/, /^kms:GenerateDataKey/), /kms:GenerateDataKey/],
    ['function → manifest', without(/^Key/, /^kms:\*$/, 'KeyPolicy'), /kms:GenerateDataKey on .*no statement of Loop.template.json Key\w+ \(Loop\/Key\/Resource\) allows it/],
    ['function → job', without(/^StartServiceRole/, /^iam:PassRole$/), /iam:PassRole on arn:aws:iam::111122223333:role\/Loop-Job/],
    ['job → image, log', without(/^JobDefaultPolicy/, /^ecr:BatchGetImage$/), /ecr:BatchGetImage on arn:aws:ecr:eu-west-1:111122223333:repository\/analyzer/],
    ['job → image, log', without(/^Job/, /^sts:AssumeRole$/, 'AssumeRolePolicyDocument'), /sagemaker.amazonaws.com sts:AssumeRole on .*no statement of Loop.template.json Job/],
    ['job → volume', without(/^JobDefaultPolicy/, /^kms:CreateGrant$/), /kms:CreateGrant/],
    ['job ← capture', without(/^JobDefaultPolicy/, /^s3:List\*$/), /s3:ListBucket/],
    ['job ← capture', without(/^JobDefaultPolicy/, /^kms:Decrypt$/), /kms:Decrypt/],
    ['job → report', without(/^JobDefaultPolicy/, /^s3:PutObject$/), /s3:PutObject on arn:aws:s3:::loop-bucket/],
    ['event → function', drop(/^ChangesAllowEventRule/), /events.amazonaws.com lambda:InvokeFunction on .*Loop.template.json Start\w+ \(Loop\/Start\/Resource\) has no policy of its own/],
    ['event → dead letters', without(/^DeadLettersPolicy/, /^sqs:SendMessage$/), /events.amazonaws.com sqs:SendMessage/],
    ['event → dead letters', without(/^DeadLetterKey/, /^kms:(GenerateDataKey|Decrypt)/, 'KeyPolicy'), /events.amazonaws.com kms:GenerateDataKey/],
    ['alarm → topic', without(/^AlarmsPolicy/, /^sns:Publish$/), /cloudwatch.amazonaws.com sns:Publish on .*no statement of Loop.template.json AlarmsPolicy/],
    ['alarm → topic', without(/^Key/, /^kms:Decrypt$/, 'KeyPolicy'), /cloudwatch.amazonaws.com kms:Decrypt/],
  ])('%s breaks when its statement is taken away', (arrow, change, message) => {
    const reasons = refusals(deployment(change), arrow);

    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.join('\n')).toMatch(message);
  });
});

describe('a synthesized assembly', () => {
  const { assembly } = deployment();

  test('holds the stacks of stages, and the stacks nested in them, with their construct paths', () => {
    const inner = assembly.resources('AWS::SQS::Queue').find(({ constructPath }) => constructPath === 'Prod/Staged/Inner/InnerQueue/Resource');

    expect(assembly.stacks.map(({ name }) => name)).toEqual(expect.arrayContaining(['Loop', 'Prod-Staged']));
    expect(inner?.stack.nestedIn?.stack.name).toBe('Prod-Staged');
  });

  test('a nested stack takes its parameters from its parent', () => {
    const loop = deployment();
    const [queue] = loop.resources('AWS::SQS::Queue').filter(({ stack }) => stack.nestedIn !== undefined);
    const key = loop.resources('AWS::KMS::Key').find(({ stack }) => stack.name === 'Prod-Staged');

    expect(loop.properties(queue!).KmsMasterKeyId).toBe(loop.physical(key!).arn);
  });

  test('a nested stack\'s output reaches its parent', () => {
    const loop = deployment();
    const [queue] = loop.resources('AWS::SQS::Queue').filter(({ stack }) => stack.nestedIn !== undefined);
    const topic = loop.resources('AWS::SNS::Topic').find(({ stack }) => stack.name === 'Prod-Staged');

    expect(loop.properties(topic!).DisplayName).toBe(loop.physical(queue!).name);
  });

  test('finds a function\'s code by its object key', () => {
    const loop = deployment();
    const { Code } = loop.properties(at(loop, 'Start/Resource')) as { Code: { S3Key: string } };

    expect(loop.assembly.assets.file(Code.S3Key)).toMatch(/asset\.[0-9a-f]{64}$/);
  });

  test('takes account and region from the manifest, and the usual ones when it does not know', () => {
    expect(assembly.stacks.find(({ name }) => name === 'Loop')?.environment).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
    expect(assembly.stacks.find(({ name }) => name === 'Prod-Staged')?.environment).toMatchObject({ account: '123456789012', region: 'us-east-1' });
  });
});
