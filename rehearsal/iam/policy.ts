import { Context } from './context';

/** One statement of any policy, its one-or-many fields made lists. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** Neither this nor `notResources`: the policy's own resource, as in a trust policy. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** Only in resource policies. */
  readonly principal?: PrincipalElement;
  readonly notPrincipal?: PrincipalElement;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Names the statement so that a user finds it. */
  readonly source: string;
}

/** Who a statement is about. */
type PrincipalElement = '*' | Readonly<Record<string, readonly string[]>>;

/** A policy, and the resource that it is written in. */
export interface Policy {
  /** Template, logical id and construct path. */
  readonly source: string;
  readonly statements: readonly Statement[];
}

/** A question that policies answer, without who asks. */
export interface Action {
  readonly action: string;
  /** ARN; `*` for actions that know no resource. */
  readonly resource: string;
  readonly context: Context;
}

/** A policy document whose intrinsic functions are resolved. */
export function parsePolicy(document: unknown, source: string): Policy {
  const statements = oneOrMany((document as { Statement?: unknown } | undefined)?.Statement ?? []);
  return { source, statements: statements.map((statement, index) => parseStatement(statement as RawStatement, source, index)) };
}

interface RawStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function parseStatement(raw: RawStatement, source: string, index: number): Statement {
  return {
    effect: raw.Effect,
    ...listed('actions', raw.Action),
    ...listed('notActions', raw.NotAction),
    ...listed('resources', raw.Resource),
    ...listed('notResources', raw.NotResource),
    ...principalField('principal', raw.Principal),
    ...principalField('notPrincipal', raw.NotPrincipal),
    conditions: mapValues(raw.Condition ?? {}, keys => mapValues(keys, values => oneOrMany(values).map(String))),
    source: `statement ${raw.Sid ?? index + 1} of ${source}`,
  };
}

function listed<K extends string>(key: K, value: unknown): Partial<Record<K, string[]>> {
  return value === undefined ? {} : { [key]: oneOrMany(value).map(String) } as Record<K, string[]>;
}

function principalField<K extends string>(key: K, value: unknown): Partial<Record<K, PrincipalElement>> {
  if (value === undefined) return {};
  const element = value === '*' ? value : mapValues(value as Record<string, unknown>, names => oneOrMany(names).map(String));
  return { [key]: element } as Record<K, PrincipalElement>;
}

function oneOrMany(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
