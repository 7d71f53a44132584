import { sizeOf, spelledOut } from './spelled-out';

/** A template as it is deployed. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: object;
  readonly Parameters?: object;
}

interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what each type has
  readonly Properties?: any;
  readonly DependsOn?: readonly string[];
}

/** So much of something, and of what. */
interface Measure {
  readonly of: string;
  readonly count: number;
}

/** What AWS takes at most. */
interface Limit {
  readonly name: string;
  readonly most: number;
  readonly measure: (template: Template) => Measure[];
}

/** What a stack, or something in it, may have: aws-quotas of CloudFormation, IAM, Lambda, SQS, EventBridge and CloudWatch. */
const LIMITS: readonly Limit[] = [
  { name: 'resources of a stack', most: 500, measure: template => whole(Object.keys(template.Resources).length) },
  { name: 'outputs of a stack', most: 200, measure: ({ Outputs = {} }) => whole(Object.keys(Outputs).length) },
  { name: 'parameters of a stack', most: 200, measure: ({ Parameters = {} }) => whole(Object.keys(Parameters).length) },
  { name: 'bytes of a template', most: 1_000_000, measure: template => whole(JSON.stringify(template, undefined, 1).length) },
  { name: 'characters of the inline policies of a role', most: 10_240, measure: inlinePolicies },
  { name: 'managed policies of a role', most: 10, measure: managedPolicies },
  { name: 'characters of a managed policy', most: 6_144, measure: each('AWS::IAM::ManagedPolicy', ({ PolicyDocument }) => sizeOf(PolicyDocument)) },
  { name: 'characters of a trust policy', most: 2_048, measure: each('AWS::IAM::Role', ({ AssumeRolePolicyDocument = {} }) => sizeOf(AssumeRolePolicyDocument)) },
  { name: 'bytes of a function\'s resource policy', most: 20_480, measure: functionPolicies },
  { name: 'bytes of a function\'s environment', most: 4_096, measure: each('AWS::Lambda::Function', ({ Environment }) => sizeOf(Environment ?? {})) },
  { name: 'statements of a queue\'s policy', most: 20, measure: each('AWS::SQS::QueuePolicy', ({ PolicyDocument }) => lengthOf(PolicyDocument.Statement)) },
  { name: 'bytes of a queue\'s policy', most: 8_192, measure: each('AWS::SQS::QueuePolicy', ({ PolicyDocument }) => sizeOf(PolicyDocument)) },
  { name: 'bytes of a bucket\'s policy', most: 20_480, measure: each('AWS::S3::BucketPolicy', ({ PolicyDocument }) => sizeOf(PolicyDocument)) },
  { name: 'bytes of a key\'s policy', most: 32_768, measure: each('AWS::KMS::Key', ({ KeyPolicy }) => sizeOf(KeyPolicy)) },
  { name: 'bytes of a topic\'s policy', most: 30_720, measure: each('AWS::SNS::TopicPolicy', ({ PolicyDocument }) => sizeOf(PolicyDocument)) },
  { name: 'characters of an event pattern', most: 2_048, measure: each('AWS::Events::Rule', ({ EventPattern }) => sizeOf(EventPattern ?? {})) },
  { name: 'targets of a rule', most: 5, measure: each('AWS::Events::Rule', ({ Targets }) => lengthOf(Targets)) },
  { name: 'bytes of a schedule\'s input', most: 262_144, measure: each('AWS::Scheduler::Schedule', ({ Target }) => sizeOf(Target.Input)) },
  { name: 'alarms of a composite alarm', most: 100, measure: each('AWS::CloudWatch::CompositeAlarm', ({ AlarmRule }) => childrenOf(AlarmRule)) },
  { name: 'characters of a composite alarm\'s rule', most: 10_240, measure: each('AWS::CloudWatch::CompositeAlarm', ({ AlarmRule }) => sizeOf(AlarmRule)) },
  { name: 'actions of an alarm', most: 5, measure: each('AWS::CloudWatch::Alarm', ({ AlarmActions }) => lengthOf(AlarmActions)) },
  { name: 'widgets of a dashboard', most: 500, measure: each('AWS::CloudWatch::Dashboard', ({ DashboardBody }) => metricCounts(DashboardBody).length) },
  { name: 'metrics of a dashboard', most: 2_500, measure: each('AWS::CloudWatch::Dashboard', ({ DashboardBody }) => metricCounts(DashboardBody).reduce((sum, count) => sum + count, 0)) },
  { name: 'metrics of a widget', most: 500, measure: each('AWS::CloudWatch::Dashboard', ({ DashboardBody }) => Math.max(...metricCounts(DashboardBody))) },
];

/** What an account may have in a region, before it asks for more. */
const QUOTAS: readonly { readonly name: string; readonly most: number; readonly type: string }[] = [
  { name: 'rules of a bus', most: 300, type: 'AWS::Events::Rule' },
  { name: 'roles of an account', most: 1_000, type: 'AWS::IAM::Role' },
  { name: 'managed policies of an account', most: 1_500, type: 'AWS::IAM::ManagedPolicy' },
];

/** Everything that is over a limit, each with its limit. */
export function overLimits(templates: Readonly<Record<string, Template>>): string[] {
  const inStacks = Object.entries(templates).flatMap(([stack, template]) => LIMITS.flatMap(({ name, most, measure }) =>
    measure(template).filter(({ count }) => count > most).map(({ of, count }) => `${name}: ${stack} ${of} has ${count}, at most ${most} are allowed`)));
  const inAll = QUOTAS.map(quota => ({ ...quota, count: Object.values(templates).flatMap(template => ofType(template, quota.type)).length }))
    .filter(({ count, most }) => count > most).map(({ name, count, most }) => `${name}: the app has ${count}, at most ${most} are allowed`);
  return [...inStacks, ...inAll];
}

/** The largest measure of each limit, to see how much room is left. */
export function fullest(templates: Readonly<Record<string, Template>>): Record<string, string> {
  return Object.fromEntries(LIMITS.map(({ name, most, measure }) =>
    [name, `${Math.max(0, ...Object.values(templates).flatMap(template => measure(template).map(({ count }) => count)))} of ${most}`]));
}

function whole(count: number): Measure[] {
  return [{ of: '', count }];
}

function ofType({ Resources }: Template, type: string): [logicalId: string, properties: Resource['Properties']][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type).map(([logicalId, { Properties }]) => [logicalId, Properties]);
}

function each(type: string, count: (properties: Resource['Properties']) => number): Limit['measure'] {
  return template => ofType(template, type).map(([of, properties]) => ({ of, count: count(properties) }));
}

function isOf(role: string): (policy: [string, Resource['Properties']]) => boolean {
  return ([, { Roles = [] }]) => (Roles as { Ref?: string }[]).some(({ Ref }) => Ref === role);
}

function inlinePolicies(template: Template): Measure[] {
  return ofType(template, 'AWS::IAM::Role').map(([of, { Policies = [] }]) => {
    const own = (Policies as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument);
    const attached = ofType(template, 'AWS::IAM::Policy').filter(isOf(of)).map(([, { PolicyDocument }]) => PolicyDocument as unknown);
    return { of, count: [...own, ...attached].reduce<number>((sum, document) => sum + sizeOf(document), 0) };
  });
}

function managedPolicies(template: Template): Measure[] {
  return ofType(template, 'AWS::IAM::Role').map(([of, { ManagedPolicyArns = [] }]) =>
    ({ of, count: (ManagedPolicyArns as unknown[]).length + ofType(template, 'AWS::IAM::ManagedPolicy').filter(isOf(of)).length }));
}

/** Lambda writes each permission as a statement, with a name that the service made and the function's ARN in it. */
function functionPolicies(template: Template): Measure[] {
  return ofType(template, 'AWS::Lambda::Function').map(([of]) => {
    const permissions = ofType(template, 'AWS::Lambda::Permission').filter(([, { FunctionName }]) => JSON.stringify(FunctionName).includes(`"${of}"`));
    const statement = ({ Action, FunctionName, Principal, SourceAccount, SourceArn }: Resource['Properties']): object => ({
      Sid: 'x'.repeat(64), Effect: 'Allow', Principal: { Service: Principal }, Action, Resource: FunctionName,
      Condition: { ArnLike: { 'AWS:SourceArn': SourceArn }, StringEquals: { 'AWS:SourceAccount': SourceAccount } },
    });
    return { of, count: permissions.reduce((sum, [, permission]) => sum + sizeOf(statement(permission)), 0) };
  });
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function childrenOf(rule: unknown): number {
  return String(spelledOut(rule)).split('ALARM(').length - 1;
}

function metricCounts(body: unknown): number[] {
  const { widgets } = JSON.parse(spelledOut(body) as string) as { widgets: { properties: { metrics?: unknown[] } }[] };
  return widgets.map(({ properties }) => properties.metrics?.length ?? 0);
}
