import { Deployment } from '../../assembly/deployment';
import { TemplateResource, where } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { PermissionRequest } from '../permissions';

/** A permission that a call cannot do without, whether or not the caller's code shows it. */
export interface RequiredPermission extends PermissionRequest {
  /** Why the call needs it: half a sentence. */
  readonly because: string;
  /** Where AWS says so. */
  readonly documentation: string;
}

/** Several actions that one reason asks for. */
export function required(
  request: Omit<PermissionRequest, 'action'> & { readonly actions: readonly string[] }, because: string, documentation: string,
): RequiredPermission[] {
  const { actions, ...rest } = request;
  return actions.map(action => ({ ...rest, action, because, documentation }));
}

/**
 * The role of the templates behind a property that holds its ARN.
 *
 * @throws UnplayableError when the role is none of the templates', so that its policies are not known
 */
export function roleOf(resource: TemplateResource, roleArn: unknown, deployment: Deployment): TemplateResource {
  const role = typeof roleArn === 'string' ? deployment.byArn(roleArn) : undefined;
  if (role === undefined) throw new UnplayableError(`the role ${String(roleArn)}: it is in no template, so its policies are not known`, where(resource));
  return role;
}

/** What a service must find to act as a role: the role's trust. */
export function trust(
  role: TemplateResource, service: string, sourceArn: string, deployment: Deployment, documentation: string,
): RequiredPermission[] {
  return required({
    principal: { service },
    actions: ['sts:AssumeRole'],
    resource: deployment.physical(role).arn,
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': role.stack.environment.account },
  }, `${service} acts as the role`, documentation);
}
