import { Match } from 'aws-cdk-lib/assertions';
import { ExecutionRole } from '../../lib';
import { METRIC_NAMESPACES, MONITOR_TYPES } from '../../lib/contract';
import { Fixture, joined } from './fixture';

/** What both handlers of a stack's schedules are called. */
const HANDLERS = ['StartOfExecutions', 'Results'];

test('metrics may be put into the namespace of data quality only', () => {
  const fixture = new Fixture();
  fixture.schedule();
  for (const handler of HANDLERS) {
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp(`^${handler}\\w+HandlerRole`) }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({
        Action: 'cloudwatch:PutMetricData', Condition: { StringEquals: { 'cloudwatch:namespace': 'aws/sagemaker/Endpoints/data-metrics' } },
      })]) },
    });
  }
});

interface Statement { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: unknown }
interface Policy { readonly Roles: readonly { readonly Ref: string }[]; readonly PolicyDocument: { readonly Statement: Statement[] } }

describe('all four monitors', () => {
  const fixture = new Fixture();
  fixture.watching(MONITOR_TYPES);
  const { schedule: config } = fixture.request();
  const template = fixture.template();
  const statements = (role: string): Statement[] => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties as Policy);
    const [policy] = policies.filter(({ Roles }) => new RegExp(`^${role}`).test(Roles[0]?.Ref ?? ''));
    return policy?.PolicyDocument.Statement ?? [];
  };
  const allows = (role: string, action: string): Statement[] => statements(role).filter(({ Action }) => [Action].flat().includes(action));
  const on = (found: readonly Statement[]): string => JSON.stringify(found.map(({ Resource }) => Resource));

  test('an isolated job reads for three of them, and another asks the model', () => {
    expect(config.monitors.map(({ name }) => name)).toEqual(MONITOR_TYPES.map(type => `churn-${type}`));
    expect(config.groundTruth?.uri).toMatch(/^s3:\/\/<\w+>\/labels$/);
    expect(config.job).toMatchObject({ networkIsolation: true });
    expect(config.explanationJob).toMatchObject({ networkIsolation: false, maxRuntimeInSeconds: 3300 });
    expect(config.explanationJob?.roleArn).not.toBe(config.job.roleArn);
  });

  test('the names of the two jobs begin differently, and the end of both is listened to', () => {
    const prefixes = [config.job.namePrefix, config.explanationJob!.namePrefix];
    expect(prefixes[0]).not.toBe(prefixes[1]);
    for (const prefix of prefixes) expect(prefix).toMatch(/^churn-[0-9a-f]{8}$/);
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { ProcessingJobName: prefixes.map(prefix => ({ prefix: `${prefix}-` })) } } });
  });

  test('the role of the explaining job alone may invoke the endpoint, and reads no labels', () => {
    expect(allows('ScheduleExplanationJobRole', 'sagemaker:InvokeEndpoint')).toHaveLength(1);
    expect(allows('ScheduleJobRole', 'sagemaker:InvokeEndpoint')).toEqual([]);
    expect(on(allows('ScheduleJobRole', 's3:GetObject'))).toContain('/labels/*');
    expect(on(allows('ScheduleExplanationJobRole', 's3:GetObject'))).not.toContain('/labels/*');
    expect(on(allows('ScheduleExplanationJobRole', 's3:PutObject'))).toContain('/churn-model-explainability/*');
    expect(on(allows('ScheduleJobRole', 's3:PutObject'))).not.toContain('/churn-model-explainability/*');
  });

  test('who starts them may pass both roles, and list the labels', () => {
    expect(on(allows(String.raw`StartOfExecutions\w+HandlerRole`, 'iam:PassRole'))).toMatch(/ScheduleJobRole.*ScheduleExplanationJobRole/);
    expect(JSON.stringify(allows(String.raw`StartOfExecutions\w+HandlerRole`, 's3:ListBucket').map(({ Condition }) => Condition))).toContain('labels/*');
    expect(on(allows(String.raw`StartOfExecutions\w+HandlerRole`, 's3:GetObject'))).not.toContain('labels');
  });

  test('metrics may be put into the namespaces of these monitors only', () => {
    for (const handler of HANDLERS) {
      const [statement] = allows(`${handler}\\w+HandlerRole`, 'cloudwatch:PutMetricData');
      expect(statement).toMatchObject({ Condition: { StringEquals: { 'cloudwatch:namespace': Object.values(METRIC_NAMESPACES) } } });
    }
  });
});

test('explainability alone needs no isolated job', () => {
  const fixture = new Fixture();
  const schedule = fixture.watching(['model-explainability']);
  const { job, explanationJob } = fixture.request().schedule;
  expect(explanationJob).toEqual(job);
  expect(job.networkIsolation).toBe(false);
  expect(joined(fixture.stack.resolve(schedule.latestUri))).toContain('/churn/churn-model-explainability/latest.json');
});

test('a role of one\'s own is for the isolated job, never for the one that asks the model', () => {
  const fixture = new Fixture();
  const role = new ExecutionRole(fixture.stack, 'Role');
  const schedule = fixture.watching(MONITOR_TYPES, { role });
  expect(schedule.role).toBe(role);
  const { job, explanationJob } = fixture.request().schedule;
  expect(job.roleArn).toMatch(/^<Role\w+\.Arn>$/);
  expect(explanationJob?.roleArn).toMatch(/^<ScheduleExplanationJobRole\w+\.Arn>$/);
});
