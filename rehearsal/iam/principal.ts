import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { UnplayableError } from '../assembly/unplayable-error';
import { Statement } from './policy';

/** Who asks: a role of the templates, or a service of AWS in its own name. */
export type Principal = TemplateResource | { readonly service: string };

/** Whether it is a role of the templates. */
export function isRole(principal: Principal): principal is TemplateResource {
  return 'logicalId' in principal;
}

/** How a message names it. */
export function principalName(principal: Principal): string {
  return isRole(principal) ? where(principal) : principal.service;
}

/**
 * How a resource policy's statement names a principal: itself, the account it belongs to, or not at all.
 * To name the account is to leave the word to the account's own policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namedBy(statement: Statement, principal: Principal, deployment: Deployment): 'itself' | 'account' | undefined {
  const { principal: element, notPrincipal, source } = statement;
  if (notPrincipal !== undefined) throw new UnplayableError('NotPrincipal', source);
  if (element === undefined) return undefined;
  if (element === '*' || element.AWS?.includes('*') === true) return 'itself';
  if (!isRole(principal)) return element.Service?.includes(principal.service) === true ? 'itself' : undefined;
  const { account, partition } = principal.stack.environment;
  if (element.AWS?.includes(deployment.physical(principal).arn) === true) return 'itself';
  return element.AWS?.some(name => name === account || name === `arn:${partition}:iam::${account}:root`) === true ? 'account' : undefined;
}
