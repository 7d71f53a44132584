import { Deployment } from '../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../rehearsal/assembly/stack';

/** Something of a policy that could be superfluous: a statement, or one of its actions, resources or principals. */
export interface PolicyPart {
  /** `<logical id>: <what>`, such as `JobRoleDefaultPolicyD0CE93D4: s3:GetObject`. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns of the actions that cannot be judged without it. */
  readonly actions: readonly string[];
  /** Judges as if it were not there. */
  without<T>(judge: () => T): T;
}

/** A statement, as the template writes it. */
export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
  readonly Principal?: '*' | Readonly<Record<string, unknown>>;
}

const DOCUMENTS = ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'];

/** Every part of every policy of a deployment. */
export function policyParts(deployment: Deployment): PolicyPart[] {
  return deployment.resources().flatMap((resource) => {
    if (resource.type === 'AWS::Lambda::Permission') return [permission(resource)];
    return [...policyDocuments(resource).flatMap(statements => statementParts(resource.logicalId, statements)), ...managedPolicies(resource)];
  });
}

/** The statements of every policy that is written in a resource, one list a policy. */
export function policyDocuments(resource: TemplateResource): RawStatement[][] {
  const documents = [...DOCUMENTS.map(name => resource.properties[name]), ...inlineDocuments(resource)];
  return documents.flatMap(document => document === undefined ? [] : [(document as { Statement: RawStatement[] }).Statement]);
}

function inlineDocuments({ type, properties }: TemplateResource): unknown[] {
  return type === 'AWS::IAM::Role' ? ((properties.Policies ?? []) as { PolicyDocument: unknown }[]).map(policy => policy.PolicyDocument) : [];
}

function statementParts(logicalId: string, statements: RawStatement[]): PolicyPart[] {
  return statements.flatMap((statement) => {
    const { Effect: effect, Action = [], Resource, Principal } = statement;
    const actions = [Action].flat();
    const part = (what: string, list: unknown[], element: unknown, of: readonly string[]): PolicyPart =>
      ({ name: `${logicalId}: ${effect === 'Deny' ? 'Deny ' : ''}${what}`, effect, actions: of, without: judge => withoutElement(list, element, judge) });
    const inList = (list: unknown, prefix: string): PolicyPart[] =>
      severalOf(list).map(element => part(`${actions.join(', ')} ${prefix} ${shown(element)}`, list as unknown[], element, actions));
    const principals = typeof Principal === 'object' ? Object.values(Principal) : [];
    return [
      part(`${actions.join(', ')}${resourceOf(statement)}`, statements, statement, actions),
      ...severalOf(Action).map(action => part(`${String(action)}${resourceOf(statement)}`, Action as unknown[], action, [String(action)])),
      ...inList(Resource, 'on'),
      ...principals.flatMap(list => inList(list, 'for')),
    ];
  });
}

/** A permission of a function is a statement of the policy on it. */
function permission(resource: TemplateResource): PolicyPart {
  const resources = resource.stack.resources as Map<string, TemplateResource>;
  return {
    name: `${resource.logicalId}: ${String(resource.properties.Action)}`,
    effect: 'Allow',
    actions: [String(resource.properties.Action)],
    without: (judge) => {
      resources.delete(resource.logicalId);
      try {
        return judge();
      } finally {
        resources.set(resource.logicalId, resource);
      }
    },
  };
}

function managedPolicies({ logicalId, properties }: TemplateResource): PolicyPart[] {
  const arns = (properties.ManagedPolicyArns ?? []) as unknown[];
  return arns.map(arn => ({ name: `${logicalId}: ${shown(arn)}`, effect: 'Allow', actions: ['*'], without: judge => withoutElement(arns, arn, judge) }));
}

/** The template in memory is changed in place: whoever asks next resolves it anew. */
function withoutElement<T>(list: unknown[], element: unknown, judge: () => T): T {
  const index = list.indexOf(element);
  list.splice(index, 1);
  try {
    return judge();
  } finally {
    list.splice(index, 0, element);
  }
}

function severalOf(value: unknown): unknown[] {
  return Array.isArray(value) && value.length > 1 ? value : [];
}

function resourceOf({ Resource }: RawStatement): string {
  const resources = [Resource ?? []].flat().filter(resource => resource !== '*');
  return resources.length === 0 ? '' : ` on ${resources.map(shown).join(' and ')}`;
}

/** An expression as a person writes it: `${Bucket}/capture/*`. */
export function shown(expression: unknown): string {
  if (typeof expression !== 'object' || expression === null) return String(expression);
  const [[intrinsic, value] = ['', '']] = Object.entries(expression) as [string, unknown][];
  switch (intrinsic) {
    case 'Ref': return `\${${String(value)}}`;
    case 'Fn::GetAtt': return `\${${(value as string[]).join('.')}}`;
    case 'Fn::Join': return (value as [string, unknown[]])[1].map(shown).join('').replace('arn:${AWS::Partition}:', '').replace('${AWS::Region}:${AWS::AccountId}', '');
    default: return typeof value === 'string' ? value : JSON.stringify(expression);
  }
}
