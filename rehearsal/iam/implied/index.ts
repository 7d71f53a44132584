import { Deployment } from '../../assembly/deployment';
import { TemplateResource } from '../../assembly/stack';
import { startJob } from './jobs';
import { RequiredPermission } from './required-permission';
import { readKey, writeKey } from './storage';

export * from './delivery';
export * from './jobs';
export * from './messages';
export { roleOf, trust, type RequiredPermission } from './required-permission';
export * from './storage';

/** A call to AWS, as its caller's code makes it. */
export interface ApiCall {
  readonly action: string;
  readonly resource: string;
  readonly conditions: Readonly<Record<string, string>>;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a call needs: the action itself, and what it implies. */
export function callApi(caller: TemplateResource, call: ApiCall, deployment: Deployment): RequiredPermission[] {
  const { action, resource, conditions: context } = call;
  const documentation = 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html';
  return [
    { principal: caller, action, resource, context, because: 'its code makes the call', documentation },
    ...IMPLIED[action]?.(caller, call, deployment) ?? [],
  ];
}

type Implication = (caller: TemplateResource, call: ApiCall, deployment: Deployment) => RequiredPermission[];

const IMPLIED: Readonly<Record<string, Implication>> = {
  's3:GetObject': (role, { resource }, deployment) => readKey({ role, ...objectOf(resource) }, deployment),
  's3:PutObject': (role, { resource, conditions }, deployment) => {
    const kmsKeyId = conditions['s3:x-amz-server-side-encryption-aws-kms-key-id'];
    return writeKey({ role, ...objectOf(resource), ...(kmsKeyId === undefined ? {} : { kmsKeyId }) }, deployment);
  },
  'sagemaker:CreateProcessingJob': (caller, { input }) => startJob({ caller, roleArn: String(input.RoleArn) }),
};

function objectOf(arn: string): { bucket: string; key: string } {
  const [bucket = '', ...key] = arn.slice(arn.indexOf(':::') + 3).split('/');
  return { bucket, key: key.join('/') };
}
