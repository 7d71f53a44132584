import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { Context } from './context';
import { identityPolicies, permissionsBoundary } from './identity-policies';
import { Action, Policy, Statement } from './policy';
import { isRole, Principal, principalName } from './principal';
import { owner, resourcePolicies } from './resource-policies';
import { StatementSearch } from './statement-search';

/** May this principal do this? */
export interface PermissionRequest {
  readonly principal: Principal;
  /** Such as `s3:PutObject`. */
  readonly action: string;
  /** ARN; `*` for actions that know no resource. */
  readonly resource: string;
  /** Condition keys that this call carries, beside those that every call does. */
  readonly context?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The answer, and why. */
export interface Decision {
  readonly allowed: boolean;
  /** A statement forbids it; no other can allow it. */
  readonly explicitDeny?: true;
  /** The statement that decided. */
  readonly statement?: string;
  /** A sentence: who, what, on what, and which statement decides or is missing where. */
  readonly reason: string;
  /** What the answer takes for granted, since it lies outside of the templates. */
  readonly unproven?: string;
}

/**
 * Judges calls by the policies of a deployment as AWS does: a role's own, and those on the resource.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Permissions {
  constructor(private readonly deployment: Deployment) {}

  /** @throws UnplayableError when a policy that bears on the request cannot be judged */
  public check(request: PermissionRequest): Decision {
    const { principal } = request;
    const action = { action: request.action, resource: request.resource, context: this.context(request) };
    const onResource = resourcePolicies(request.resource, this.deployment);
    const ofRole = isRole(principal) ? identityPolicies(principal, this.deployment) : [];
    const denies = new StatementSearch(action, 'Deny', this.deployment);
    const deny = denies.inIdentity(ofRole) ?? denies.onResource(onResource, principal)[0]?.statement;
    const asked = `${principalName(principal)} ${request.action} on ${request.resource}`;
    if (deny !== undefined) return { allowed: false, explicitDeny: true, statement: deny.source, reason: `${asked}: forbidden by ${deny.source}` };
    return isRole(principal) ? this.judgeRole(principal, action, ofRole, onResource, asked) : this.judgeService(principal, action, onResource, asked);
  }

  private judgeService(principal: Principal, action: Action, onResource: readonly Policy[], asked: string): Decision {
    const allows = new StatementSearch(action, 'Allow', this.deployment);
    const allow = allows.onResource(onResource, principal)[0];
    if (allow !== undefined) return allowed(allow.statement, asked);
    if (isAwsManagedKey(action.resource)) return denied(asked, 'the key is managed by AWS, and its policy admits no service; use a customer-managed key');
    if (owner(action.resource, this.deployment) === undefined) return unproven(asked, `the policy of ${action.resource} lies outside of the templates`);
    return denied(asked, missing(onResource, action.resource, this.deployment) + allows.nearMiss);
  }

  private judgeRole(role: TemplateResource, action: Action, ofRole: readonly Policy[], onResource: readonly Policy[], asked: string): Decision {
    const allows = new StatementSearch(action, 'Allow', this.deployment);
    const boundary = permissionsBoundary(role, this.deployment);
    if (boundary !== undefined && allows.inIdentity([boundary]) === undefined) return denied(asked, `the permissions boundary ${boundary.source} does not allow it`);
    if (isAwsManagedKey(action.resource)) return { allowed: true, reason: `${asked}: every principal of the account may use the AWS-managed key through its service` };
    const identity = allows.inIdentity(ofRole);
    const named = allows.onResource(onResource, role);
    const itself = named.find(({ how }) => how === 'itself')?.statement;
    const ownerOf = owner(action.resource, this.deployment);
    const onOthers = ownerOf !== undefined && ownerOf.stack.environment.account !== role.stack.environment.account;
    const resourceMissing = (): string => missing(onResource, action.resource, this.deployment);
    const identityMissing = `no statement of ${sources(ofRole, role)} allows it`;

    if (itself !== undefined && !onOthers) return allowed(itself, asked);
    if (identity === undefined) return denied(asked, identityMissing + allows.nearMiss);
    if (ownerOf === undefined && isKey(action.resource)) return unproven(asked, `the policy of the key ${action.resource} lies outside of the templates`);
    if ((onOthers || needsResourcePolicy(action)) && named.length === 0) return denied(asked, resourceMissing() + allows.nearMiss);
    return allowed(identity, asked);
  }

  /** What every call carries; everything is sent over TLS, as the SDKs do. */
  private context({ principal, context }: PermissionRequest): Context {
    if (!isRole(principal)) {
      return new Context({ 'aws:SecureTransport': 'true', 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal.service, ...context });
    }
    const { account, region } = principal.stack.environment;
    return new Context({
      'aws:SecureTransport': 'true',
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalArn': this.deployment.physical(principal).arn,
      'aws:PrincipalAccount': account,
      'aws:SourceOwner': account,
      'aws:RequestedRegion': region,
      'kms:CallerAccount': account,
      ...context,
    });
  }
}

function isKey(arn: string): boolean {
  return arn.split(':')[2] === 'kms';
}

function isAwsManagedKey(arn: string): boolean {
  return isKey(arn) && arn.includes(':alias/aws/');
}

/** A key's policy and a role's trust policy must name the caller, or its account; the caller's own policies are not enough. */
function needsResourcePolicy({ action, resource }: Action): boolean {
  return isKey(resource) || action === 'sts:AssumeRole';
}

function allowed(statement: Statement, asked: string): Decision {
  return { allowed: true, statement: statement.source, reason: `${asked}: allowed by ${statement.source}` };
}

function denied(asked: string, why: string): Decision {
  return { allowed: false, reason: `${asked}: ${why}` };
}

function unproven(asked: string, what: string): Decision {
  return { allowed: true, unproven: what, reason: `${asked}: taken for granted, since ${what}` };
}

function sources(policies: readonly Policy[], role: TemplateResource): string {
  return policies.length === 0 ? `${where(role)}, which has no policy,` : policies.map(policy => policy.source).join(', ');
}

function missing(policies: readonly Policy[], arn: string, deployment: Deployment): string {
  const resource = owner(arn, deployment);
  const of = resource === undefined ? arn : where(resource);
  return policies.length === 0 ? `${of} has no policy of its own that could allow it` : `no statement of ${policies.map(policy => policy.source).join(', ')} allows it`;
}
