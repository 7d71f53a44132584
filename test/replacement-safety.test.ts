import { Revision, REVISIONS, STACKS } from './replacement/revisions';
import { Resource, Template, Update } from './replacement/update';

const SAGEMAKER = 'AWS::SageMaker::';
const CONFIG = `${SAGEMAKER}EndpointConfig`;

/** All that may be made anew, and it is without a name: nobody notices. */
const REPLACED: Readonly<Record<Revision, readonly string[]>> = {
  'a tag added': [],
  'a threshold changed': [],
  'an instance type changed': [CONFIG],
  'a model changed': [CONFIG, `${SAGEMAKER}Model`],
};
/** Nothing of a job definition can be changed, not even its tags. */
const REDEFINED: readonly Revision[] = ['a tag added', 'an instance type changed'];

const templates = new Map<string, Template>();

function templateOf(stack: string, revision?: Revision): Template {
  const key = `${stack}, ${revision ?? 'as it is'}`;
  const template = templates.get(key) ?? STACKS[stack]!(revision);
  templates.set(key, template);
  return structuredClone(template);
}

function resourcesOf({ Resources }: Template, type: string): Resource[] {
  return Object.values(Resources).filter(({ Type }) => Type === `${SAGEMAKER}${type}`);
}

describe.each(Object.keys(STACKS))('the stack of %s', (stack) => {
  test.each(REVISIONS)('is updated in place with %s: no name collides, and the endpoint stays', (revision) => {
    const [before, after] = [templateOf(stack), templateOf(stack, revision)];
    const update = new Update(before, after);
    const definitions = REDEFINED.includes(revision) ? Object.values(before.Resources).map(({ Type }) => Type).filter(type => type.endsWith('JobDefinition')) : [];

    expect(after).not.toEqual(before);
    expect(update.refusals).toEqual([]);
    expect(update.replacedTypes).toEqual([...REPLACED[revision], ...definitions].sort());
    expect(Object.keys(after.Resources)).toEqual(expect.arrayContaining(Object.keys(before.Resources).filter(id => before.Resources[id]!.Type === `${SAGEMAKER}Endpoint`)));
  });
});

describe('what would break an update is found', () => {
  /** Both templates with the same mistake. */
  function update(stack: string, revision: Revision, mistake: (template: Template) => void): Update {
    const [before, after] = [templateOf(stack), templateOf(stack, revision)];
    mistake(before);
    mistake(after);
    return new Update(before, after);
  }
  const named = (type: string, property: string) => (template: Template): void => {
    for (const resource of resourcesOf(template, type)) resource.Properties = { ...resource.Properties, [property]: 'mine' };
  };

  test.each<[mistake: string, stack: string, revision: Revision, type: string, property: string]>([
    ['a model that has a name', 'churn', 'a model changed', 'Model', 'ModelName'],
    ['an endpoint configuration that has a name', 'lending', 'an instance type changed', 'EndpointConfig', 'EndpointConfigName'],
    ['a job definition that has a name, once it is tagged', 'four monitors of Model Monitor', 'a tag added', 'DataQualityJobDefinition', 'JobDefinitionName'],
  ])('%s', (_, stack, revision, type, property) => {
    expect(update(stack, revision, named(type, property)).refusals)
      .toEqual([expect.stringMatching(`: a new ${SAGEMAKER}${type} would be called "mine" while \\w+ still is$`)]);
  });

  test('a name that goes from one resource to another', () => {
    const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'starts' } };
    expect(new Update({ Resources: { Old: queue } }, { Resources: { New: queue } }).refusals).toEqual(['New: a new AWS::SQS::Queue would be called "starts" while Old still is']);
  });

  test('an endpoint that is named anew', () => {
    const [before, after] = [templateOf('churn'), templateOf('churn')];
    named('Endpoint', 'EndpointName')(after);
    expect(new Update(before, after).replacedTypes).toContain(`${SAGEMAKER}Endpoint`);
  });

  test('what refers to a new resource where it may not change', () => {
    const template = (subject: string): Template => ({ Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: subject } },
      Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' } } },
    } });
    expect([...new Update(template('a'), template('b')).replaced].sort()).toEqual(['Subscription', 'Topic']);
  });

  test('a custom resource that another function makes', () => {
    const template = (ServiceToken: string): Template => ({ Resources: { Baseline: { Type: 'Custom::Baseline', Properties: { ServiceToken } } } });
    expect(new Update(template('a'), template('b')).refusals).toEqual(['Baseline: the ServiceToken of a custom resource cannot change']);
  });
});
