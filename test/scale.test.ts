import { readFileSync } from 'node:fs';
import { Fleet } from './scale/fleet';
import { fullest, overLimits, Template } from './scale/limits';

const ENDPOINTS_A_STACK = 5;
/** The functions of a stack; CDK's waiter for baselines has three more. */
const FUNCTIONS = [
  /^StartOfExecutions\w+HandlerFunction/, /^Results\w+HandlerFunction/, /^StartOfPipelines\w+HandlerFunction/,
  /^MakerOfBaselines\w+OnEventFunction/, /^MakerOfBaselines\w+IsCompleteFunction/,
  /^AnnouncerOfSchedules\w+OnEventFunction/, /^AnnouncerOfSchedules\w+IsCompleteFunction/,
];
const FRAMEWORK = /^(MakerOfBaselines|AnnouncerOfSchedules)\w+Providerframework/;

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

function templatesOf(fleet: Fleet): Record<string, Template> {
  const { stacks } = fleet.app.synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template as Template]));
}

describe.each([[50, 'the flags of cdk.json', context], [5, 'no flags', {}]])('%i endpoints under four monitors, with %s', (endpoints, _, flags) => {
  const templates = templatesOf(new Fleet(endpoints, ENDPOINTS_A_STACK, flags));
  const resources = Object.values(templates).map(({ Resources }) => Resources);
  const logicalIds = (type: string): string[][] =>
    resources.map(all => Object.entries(all).filter(([, { Type }]) => Type === type).map(([logicalId]) => logicalId));

  test('are all there', () => {
    expect(logicalIds('AWS::SageMaker::Endpoint').flat()).toHaveLength(endpoints);
    expect(logicalIds('Custom::ModelMonitorBaseline').flat()).toHaveLength(4 * endpoints);
    expect(logicalIds('AWS::Scheduler::Schedule').flat()).toHaveLength(2 * endpoints);
  });

  test('stay within every limit', () => {
    if (process.env.FULLEST !== undefined) console.log(fullest(templates));
    expect(overLimits(templates)).toEqual([]);
  });

  test('share their handlers in a stack', () => {
    for (const functions of logicalIds('AWS::Lambda::Function')) {
      const own = functions.filter(name => !FRAMEWORK.test(name));
      expect(own).toHaveLength(FUNCTIONS.length);
      for (const pattern of FUNCTIONS) expect(own.filter(name => pattern.test(name))).toHaveLength(1);
    }
  });

  test('make no baseline before its handler has every policy', () => {
    for (const all of resources) {
      const policies = Object.keys(all).filter(name => /^MakerOfBaselines\w+OnEventRole\w*Policy/.test(name));
      expect(policies.length).toBeGreaterThan(1);
      for (const baseline of Object.values(all).filter(({ Type }) => Type === 'Custom::ModelMonitorBaseline')) {
        expect(baseline.DependsOn).toEqual(expect.arrayContaining(policies));
      }
    }
  });
});

describe('what is over a limit is found, by its name', () => {
  const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
  const keyed = (count: number, item: object): object => Object.fromEntries(many(count, item).map((each, index) => [`R${index}`, each]));
  const resourcesOf = (count: number, Type: string, Properties: object): object => ({ Resources: keyed(count, { Type, Properties }) });
  const one = (Type: string, Properties: object): object => resourcesOf(1, Type, Properties);
  const document = (size: number): object => ({ Statement: ['x'.repeat(size)] });
  const dashboard = (widgets: number, metrics: number): object =>
    one('AWS::CloudWatch::Dashboard', { DashboardBody: JSON.stringify({ widgets: many(widgets, { properties: { metrics: many(metrics, []) } }) }) });
  const role = { Type: 'AWS::IAM::Role', Properties: {} };
  const attached = { Roles: [{ Ref: 'Role' }] };

  test.each<[name: string, template: object]>([
    ['resources of a stack', resourcesOf(501, 'AWS::SNS::Topic', {})],
    ['outputs of a stack', { Resources: {}, Outputs: many(201, {}) }],
    ['parameters of a stack', { Resources: {}, Parameters: many(201, {}) }],
    ['bytes of a template', one('AWS::SNS::Topic', { DisplayName: 'x'.repeat(1_000_000) })],
    ['characters of the inline policies of a role', { Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document(6_000) }] } },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { ...attached, PolicyDocument: document(6_000) } },
    } }],
    ['managed policies of a role', { Resources: { ...keyed(11, { Type: 'AWS::IAM::ManagedPolicy', Properties: { ...attached, PolicyDocument: {} } }), Role: role } }],
    ['characters of a managed policy', one('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: many(60, { Resource: { 'Fn::GetAtt': ['Role', 'Arn'] } }) } })],
    ['characters of a trust policy', one('AWS::IAM::Role', { AssumeRolePolicyDocument: document(2_048) })],
    ['bytes of a function\'s resource policy', { Resources: {
      ...keyed(50, { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] }, SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] } } }),
      Function: { Type: 'AWS::Lambda::Function', Properties: {} },
    } }],
    ['bytes of a function\'s environment', one('AWS::Lambda::Function', { Environment: { Variables: { A: 'x'.repeat(4_096) } } })],
    ['statements of a queue\'s policy', one('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: many(21, {}) } })],
    ['bytes of a queue\'s policy', one('AWS::SQS::QueuePolicy', { PolicyDocument: document(8_192) })],
    ['bytes of a bucket\'s policy', one('AWS::S3::BucketPolicy', { PolicyDocument: document(20_480) })],
    ['bytes of a key\'s policy', one('AWS::KMS::Key', { KeyPolicy: document(32_768) })],
    ['bytes of a topic\'s policy', one('AWS::SNS::TopicPolicy', { PolicyDocument: document(30_720) })],
    ['characters of an event pattern', one('AWS::Events::Rule', { Targets: [], EventPattern: { resources: many(17, { 'Fn::GetAtt': ['Alarm', 'Arn'] }) } })],
    ['targets of a rule', one('AWS::Events::Rule', { Targets: many(6, {}) })],
    ['bytes of a schedule\'s input', one('AWS::Scheduler::Schedule', { Target: { Input: 'x'.repeat(262_145) } })],
    ['alarms of a composite alarm', one('AWS::CloudWatch::CompositeAlarm', { AlarmRule: many(101, 'ALARM("a")').join(' OR ') })],
    ['characters of a composite alarm\'s rule', one('AWS::CloudWatch::CompositeAlarm', { AlarmRule: { 'Fn::Join': [' OR ', many(200, { Ref: 'Alarm' })] } })],
    ['actions of an alarm', one('AWS::CloudWatch::Alarm', { AlarmActions: many(6, {}) })],
    ['widgets of a dashboard', dashboard(501, 0)],
    ['metrics of a dashboard', dashboard(6, 500)],
    ['metrics of a widget', dashboard(1, 501)],
    ['rules of a bus', resourcesOf(301, 'AWS::Events::Rule', { Targets: [] })],
    ['roles of an account', resourcesOf(1_001, 'AWS::IAM::Role', {})],
    ['managed policies of an account', resourcesOf(1_501, 'AWS::IAM::ManagedPolicy', { PolicyDocument: {} })],
  ])('%s', (name, template) => {
    expect(overLimits({ Stack: { Resources: {}, ...template } }).filter(found => !found.startsWith('resources of a stack') || name.startsWith('resources')))
      .toEqual([expect.stringMatching(`^${name}: .* has \\d+, at most \\d+ are allowed$`)]);
  });
});
