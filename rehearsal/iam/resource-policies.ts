import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { parsePolicy, Policy } from './policy';

/** The resource of the templates that an ARN lies in: the bucket of an object, the function of an alias; `undefined` when it is none of ours. */
export function owner(arn: string, deployment: Deployment): TemplateResource | undefined {
  const [prefix = '', partition = '', service = ''] = arn.split(':');
  if (service === 's3') return deployment.byArn(arn.split('/')[0] ?? arn);
  if (service === 'lambda') return deployment.byArn(arn.split(':').slice(0, 7).join(':'));
  if (service === 'logs') return deployment.byArn(arn.replace(/(:log-stream:.*|:\*)?$/, ':*'));
  return [prefix, partition].includes('') ? undefined : deployment.byArn(arn);
}

/** Every policy that is written on the resource of an ARN. */
export function resourcePolicies(arn: string, deployment: Deployment): Policy[] {
  const resource = owner(arn, deployment);
  if (resource === undefined) return [];
  switch (resource.type) {
    case 'AWS::S3::Bucket': return policiesOf('AWS::S3::BucketPolicy', 'Bucket', deployment.ref(resource), deployment);
    case 'AWS::SQS::Queue': return policiesOf('AWS::SQS::QueuePolicy', 'Queues', deployment.ref(resource), deployment);
    case 'AWS::SNS::Topic': return topicPolicies(resource, deployment);
    case 'AWS::KMS::Key': return [keyPolicy(resource, deployment)];
    case 'AWS::IAM::Role': return [document(resource, 'AssumeRolePolicyDocument', deployment)];
    case 'AWS::Lambda::Function': return functionPermissions(arn, resource, deployment);
    default: return [];
  }
}

function policiesOf(type: string, targets: string, target: string, deployment: Deployment): Policy[] {
  return deployment.resources(type)
    .filter(policy => [deployment.value(policy, policy.properties[targets])].flat().includes(target))
    .map(policy => document(policy, 'PolicyDocument', deployment));
}

function document(resource: TemplateResource, property: string, deployment: Deployment): Policy {
  return parsePolicy(deployment.value(resource, resource.properties[property]), where(resource));
}

/** A topic that was given no policy lets its own account publish, alarms too; any policy replaces that. */
function topicPolicies(topic: TemplateResource, deployment: Deployment): Policy[] {
  const given = policiesOf('AWS::SNS::TopicPolicy', 'Topics', deployment.ref(topic), deployment);
  if (given.length > 0) return given;
  const statement = {
    Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
    Resource: deployment.physical(topic).arn, Condition: { StringEquals: { 'aws:SourceOwner': topic.stack.environment.account } },
  };
  return [parsePolicy({ Statement: statement }, `the default policy of ${where(topic)}`)];
}

/** A key that was given no policy leaves the word to the account's own policies. */
function keyPolicy(key: TemplateResource, deployment: Deployment): Policy {
  if (key.properties.KeyPolicy !== undefined) return document(key, 'KeyPolicy', deployment);
  const statement = { Effect: 'Allow', Principal: { AWS: key.stack.environment.account }, Action: 'kms:*', Resource: '*' };
  return parsePolicy({ Statement: statement }, `the default policy of ${where(key)}`);
}

/** A permission holds for the function, version or alias that it names, and for no other. */
function functionPermissions(arn: string, lambda: TemplateResource, deployment: Deployment): Policy[] {
  const { name, arn: functionArn } = deployment.physical(lambda);
  return deployment.resources('AWS::Lambda::Permission').flatMap((permission) => {
    const properties = deployment.properties(permission) as unknown as PermissionProperties;
    const target = properties.FunctionName === name ? functionArn : properties.FunctionName;
    return target === arn ? [parsePolicy({ Statement: permissionStatement(properties) }, where(permission))] : [];
  });
}

interface PermissionProperties {
  readonly FunctionName: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly PrincipalOrgID?: string;
}

function permissionStatement({ Action, Principal: principal, SourceArn, SourceAccount, PrincipalOrgID }: PermissionProperties): object {
  return {
    Effect: 'Allow',
    Action,
    Principal: principal === '*' ? principal : { [principal.endsWith('.amazonaws.com') ? 'Service' : 'AWS']: principal },
    Condition: {
      ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
      StringEquals: {
        ...(SourceAccount === undefined ? {} : { 'aws:SourceAccount': SourceAccount }),
        ...(PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': PrincipalOrgID }),
      },
    },
  };
}
