import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { UnplayableError } from '../assembly/unplayable-error';
import { KNOWN_MANAGED_POLICIES, managedPolicy } from './managed-policies';
import { parsePolicy, Policy } from './policy';

/**
 * Every policy that speaks for a role: inline, attached from beside it, managed.
 *
 * @throws UnplayableError for a managed policy whose text is not in the templates
 */
export function identityPolicies(role: TemplateResource, deployment: Deployment): Policy[] {
  const { Policies: inline = [], ManagedPolicyArns: managed = [] } = deployment.properties(role) as RoleProperties;
  const name = deployment.physical(role).name;
  return [
    ...inline.map(({ PolicyName, PolicyDocument }) => parsePolicy(PolicyDocument, `${PolicyName} of ${where(role)}`)),
    ...managed.map(arn => managedPolicyByArn(arn, role, deployment)),
    ...['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'].flatMap(type => deployment.resources(type))
      .filter(policy => policy.stack.environment.account === role.stack.environment.account && isAttached(policy, name, deployment))
      .map(policy => attachedPolicy(policy, deployment)),
  ];
}

/** The most that a role may be allowed, by its permissions boundary; `undefined` when it has none. */
export function permissionsBoundary(role: TemplateResource, deployment: Deployment): Policy | undefined {
  const arn = deployment.value(role, role.properties.PermissionsBoundary);
  return typeof arn === 'string' ? managedPolicyByArn(arn, role, deployment) : undefined;
}

interface RoleProperties {
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
  readonly ManagedPolicyArns?: readonly string[];
}

function managedPolicyByArn(arn: string, role: TemplateResource, deployment: Deployment): Policy {
  const ours = deployment.byArn(arn);
  const policy = ours === undefined ? managedPolicy(arn) : attachedPolicy(ours, deployment);
  if (policy === undefined) throw new UnplayableError(`the managed policy ${arn}: of AWS' own, the rehearsal knows ${KNOWN_MANAGED_POLICIES.join(', ')}`, where(role));
  return policy;
}

function isAttached(policy: TemplateResource, roleName: string, deployment: Deployment): boolean {
  const { Roles: roles = [], RoleName: single } = policy.properties;
  return [...deployment.value(policy, roles) as unknown[], deployment.value(policy, single)].includes(roleName);
}

function attachedPolicy(policy: TemplateResource, deployment: Deployment): Policy {
  return parsePolicy(deployment.value(policy, policy.properties.PolicyDocument), where(policy));
}
