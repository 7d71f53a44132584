import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { BaselineJob, Dataset, EndpointCapture, MonitoringSchedule } from '../../lib';
import { Fixture, IMAGE, MONITORS } from './fixture';

const OURS = /^(StartOfExecutions|Results|MakerOfBaselines\w*(OnEvent|IsComplete)Function)/;

/** Two models in one stack, each with a baseline and a schedule. */
function twoModels(otherKey?: (fixture: Fixture) => kms.IKey | undefined): Template {
  const fixture = new Fixture();
  const { bucket, encryption: { key }, stack } = fixture;
  const keys = [key, otherKey === undefined ? key : otherKey(fixture)];
  for (const [index, encryptionKey] of keys.entries()) {
    const shared = { bucket, image: IMAGE, encryptionKey };
    const endpointName = `model${index}`;
    new BaselineJob(stack, `Baseline${index}`, { ...shared, dataset: Dataset.fromBucket(bucket, `${endpointName}.csv`) });
    new MonitoringSchedule(stack, `Schedule${index}`, {
      ...shared, scheduleName: endpointName, monitors: [MONITORS['data-quality']], endpoint: EndpointCapture.fromAttributes({ endpointName, bucket }),
    });
  }
  return fixture.template();
}

function handlers(template: Template): string[] {
  return Object.keys(template.findResources('AWS::Lambda::Function')).filter(id => OURS.test(id));
}

test('two models of a stack share the handlers, the queue and the rule on jobs', () => {
  const template = twoModels();
  expect(handlers(template)).toHaveLength(4);
  template.resourceCountIs('AWS::SQS::Queue', 3);
  template.resourceCountIs('AWS::Scheduler::Schedule', 2);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 1);
  template.resourceCountIs('AWS::Events::Rule', 1);
  const names = ['model0', 'model1'].map(name => ({ prefix: Match.stringLikeRegexp(`^${name}-[0-9a-f]{8}-$`) }));
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { ProcessingJobName: names } } });
});

test('a handler may pass the roles of both models\' jobs, and read the captures of both', () => {
  const policies = Object.entries(twoModels().findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('StartOfExecutions'));
  expect(policies).toHaveLength(1);
  const text = JSON.stringify(policies[0]![1]);
  for (const index of [0, 1]) {
    expect(text).toMatch(new RegExp(`Schedule${index}JobRole`));
    expect(text).toContain(`/model${index}/AllTraffic/*`);
  }
});

test.each<[string, (fixture: Fixture) => kms.IKey | undefined]>([
  ['another key', ({ stack }) => new kms.Key(stack, 'Other')],
  ['no key', () => undefined],
])('a model with %s has handlers of its own, which hold no permission on the first', (_, otherKey) => {
  const template = twoModels(otherKey);
  expect(handlers(template)).toHaveLength(8);
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const starters = policies.filter(([id]) => id.startsWith('StartOfExecutions')).map(([, policy]) => JSON.stringify(policy));
  expect(starters).toHaveLength(2);
  for (const text of starters) expect([0, 1].filter(index => text.includes(`Schedule${index}JobRole`))).toHaveLength(1);
});

test('more jobs than a pattern takes get another rule', () => {
  const fixture = new Fixture();
  for (let index = 0; index < 25; index += 1) {
    const endpoint = EndpointCapture.fromAttributes({ endpointName: `model${index}`, bucket: fixture.bucket });
    new MonitoringSchedule(fixture.stack, `Schedule${index}`, { bucket: fixture.bucket, image: IMAGE, monitors: [MONITORS['data-quality']], endpoint });
  }
  const rules = Object.values(fixture.template().findResources('AWS::Events::Rule'));
  expect(rules.map(({ Properties }) => (Properties.EventPattern.detail.ProcessingJobName as unknown[]).length)).toEqual([24, 1]);
  for (const { Properties } of rules) expect(JSON.stringify(Properties.EventPattern).length).toBeLessThanOrEqual(2_048);
});
