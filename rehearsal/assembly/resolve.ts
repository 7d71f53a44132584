/** What an expression may refer to; each throws UnplayableError for what it does not know. */
export interface Scope {
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, topKey: string, secondKey: string): unknown;
  availabilityZones(region: string): readonly string[];
  unplayable(what: string): Error;
}

/** What `AWS::NoValue` leaves; its property or list item goes. */
export const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Replaces every intrinsic function by the literal value that CloudFormation would put there.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolve(expression: unknown, scope: Scope): unknown {
  if (typeof expression === 'string') return literal(expression, scope);
  if (typeof expression !== 'object' || expression === null) return expression;
  if (Array.isArray(expression)) return expression.map(item => resolve(item, scope)).filter(item => item !== NO_VALUE);
  const entries = Object.entries(expression);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) return callIntrinsic(only[0], only[1], scope);
  return Object.fromEntries(entries.map(([key, value]) => [key, resolve(value, scope)]).filter(([, value]) => value !== NO_VALUE));
}

/** Whether a condition of the template holds. */
export function resolveCondition(expression: unknown, scope: Scope): boolean {
  const [only, ...others] = Object.entries(expression ?? {});
  if (only === undefined || others.length > 0) throw scope.unplayable(`the condition ${JSON.stringify(expression)}`);
  const [name, argument] = only as [string, unknown];
  if (name === 'Condition') return scope.condition(text(argument, name, scope));
  const all = list(argument, name, scope);
  switch (name) {
    case 'Fn::Equals': return JSON.stringify(comparable(all[0], scope)) === JSON.stringify(comparable(all[1], scope));
    case 'Fn::And': return all.every(item => resolveCondition(item, scope));
    case 'Fn::Or': return all.some(item => resolveCondition(item, scope));
    case 'Fn::Not': return !resolveCondition(all[0], scope);
    default: throw scope.unplayable(`${name} in a condition`);
  }
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Ref': (argument, scope) => scope.ref(text(argument, 'Ref', scope)),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (argument, scope) => Buffer.from(text(argument, 'Fn::Base64', scope)).toString('base64'),
  'Fn::ImportValue': (argument, scope) => scope.importValue(text(argument, 'Fn::ImportValue', scope)),
  'Fn::GetAZs': (argument, scope) => scope.availabilityZones(text(argument, 'Fn::GetAZs', scope)),
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
  'Fn::Length': (argument, scope) => list(resolve(argument, scope), 'Fn::Length', scope).length,
};

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function callIntrinsic(name: string, argument: unknown, scope: Scope): unknown {
  const intrinsic = INTRINSICS[name];
  if (intrinsic === undefined) throw scope.unplayable(`${name}: the rehearsal knows ${Object.keys(INTRINSICS).join(', ')}`);
  return intrinsic(argument, scope);
}

/** A string of the template; what CloudFormation would look up in SSM or Secrets Manager is not there offline. */
function literal(value: string, scope: Scope): string {
  const dynamic = /\{\{resolve:[^}]*\}\}/.exec(value);
  if (dynamic !== null) throw scope.unplayable(`the dynamic reference ${dynamic[0]}: its value lies outside of the template`);
  return value;
}

function getAtt(argument: unknown, scope: Scope): unknown {
  const [logicalId, attribute] = typeof argument === 'string' ? splitOnce(argument, '.') : list(argument, 'Fn::GetAtt', scope);
  return scope.getAtt(text(logicalId, 'Fn::GetAtt', scope), text(attribute, 'Fn::GetAtt', scope));
}

function join(argument: unknown, scope: Scope): string {
  const [delimiter, parts] = list(argument, 'Fn::Join', scope);
  const values = list(resolve(parts, scope), 'Fn::Join', scope);
  return values.map(value => text(value, 'Fn::Join', scope)).join(text(delimiter, 'Fn::Join', scope));
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, 'Fn::Sub', scope);
  const given = (resolve(variables, scope) ?? {}) as Record<string, unknown>;
  return text(template, 'Fn::Sub', scope).replace(/\$\{(!?)([^}]+)\}/g, (_, literally: string, name: string) => {
    if (literally === '!') return `\${${name}}`;
    if (name in given) return text(given[name], 'Fn::Sub', scope);
    const value = name.includes('.') ? scope.getAtt(...splitOnce(name, '.')) : scope.ref(name);
    return text(value, `Fn::Sub of \${${name}}`, scope);
  });
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, items] = list(resolve(argument, scope), 'Fn::Select', scope);
  const values = list(items, 'Fn::Select', scope);
  const value = values[Number(index)];
  if (value === undefined) throw scope.unplayable(`Fn::Select of item ${String(index)} from a list of ${values.length}`);
  return value;
}

function split(argument: unknown, scope: Scope): string[] {
  const [delimiter, value] = list(resolve(argument, scope), 'Fn::Split', scope);
  return text(value, 'Fn::Split', scope).split(text(delimiter, 'Fn::Split', scope));
}

function choose(argument: unknown, scope: Scope): unknown {
  const [condition, whenTrue, whenFalse] = list(argument, 'Fn::If', scope);
  return resolve(scope.condition(text(condition, 'Fn::If', scope)) ? whenTrue : whenFalse, scope);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map, topKey, secondKey, fallback] = list(resolve(argument, scope), 'Fn::FindInMap', scope);
  const keys = [map, topKey, secondKey].map(key => text(key, 'Fn::FindInMap', scope)) as [string, string, string];
  const found = scope.mapping(...keys);
  if (found !== undefined) return resolve(found, scope);
  if (isRecord(fallback) && 'DefaultValue' in fallback) return fallback.DefaultValue;
  throw scope.unplayable(`Fn::FindInMap: the mapping ${keys.join(' / ')} is not in the template`);
}

/** Operands are compared as strings, as CloudFormation does. */
function comparable(operand: unknown, scope: Scope): unknown {
  const value = resolve(operand, scope);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function list(value: unknown, intrinsic: string, scope: Scope): unknown[] {
  if (!Array.isArray(value)) throw scope.unplayable(`${intrinsic}: it wants a list and was given ${JSON.stringify(value)}`);
  return value;
}

function text(value: unknown, intrinsic: string, scope: Scope): string {
  const resolved = resolve(value, scope);
  if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
  if (typeof resolved !== 'string') throw scope.unplayable(`${intrinsic}: it wants a string and was given ${describe(resolved)}`);
  return resolved;
}

function describe(value: unknown): string {
  return value === NO_VALUE ? 'AWS::NoValue' : JSON.stringify(value);
}

function splitOnce(value: string, separator: string): [string, string] {
  const at = value.indexOf(separator);
  return at === -1 ? [value, ''] : [value.slice(0, at), value.slice(at + separator.length)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
