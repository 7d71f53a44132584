import { Context } from './context';

/**
 * Whether a value fits a pattern of IAM: `*`, `?` and policy variables such as `${aws:PrincipalAccount}`.
 * A variable that the request does not carry fits nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function matchesWildcard(pattern: string, value: string, context: Context, flags = 's'): boolean {
  const expression = wildcardExpression(pattern, context);
  return expression !== undefined && new RegExp(`^${expression}$`, flags).test(value);
}

/** Whether an ARN fits a pattern. A wildcard reaches over colons only in the last of the six parts. */
export function matchesArn(pattern: string, arn: string, context: Context): boolean {
  if (pattern === '*') return true;
  const patternParts = arnParts(pattern);
  const parts = arnParts(arn);
  return patternParts.length === parts.length
    && patternParts.every((part, index) => matchesWildcard(part, parts[index] ?? '', context));
}

/** The text of a policy, its variables replaced and its wildcards left as they are; `undefined` when a variable is missing. */
export function replaceVariables(text: string, context: Context): string | undefined {
  const parts = tokens(text).map(token => token.length > 1 ? variable(token.slice(2, -1), context) : token);
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** Characters, and variables whole. */
function tokens(text: string): string[] {
  return text.match(/\$\{[^}]+\}|[^]/g) ?? [];
}

function wildcardExpression(pattern: string, context: Context): string | undefined {
  const parts = tokens(pattern).map((token) => {
    if (token === '*') return '.*';
    if (token === '?') return '.';
    const text = token.length > 1 ? variable(token.slice(2, -1), context) : token;
    return text === undefined ? undefined : escape(text);
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** `${*}`, `${?}` and `${$}` stand for the character; `${key, 'default'}` for a key that may be missing. */
function variable(name: string, context: Context): string | undefined {
  if (['*', '?', '$'].includes(name)) return name;
  const [, key = name, fallback] = /^([^,]+?)(?:,\s*'(.*)')?$/.exec(name) ?? [];
  const values = context.get(key);
  return values?.length === 1 ? values[0] : fallback;
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
