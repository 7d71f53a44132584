import { UnplayableError } from '../assembly/unplayable-error';
import { Context } from './context';
import { Statement } from './policy';
import { matchesArn, matchesWildcard, replaceVariables } from './wildcard';

type Test = (expected: string, actual: string, context: Context) => boolean;

const equals: Test = (expected, actual, context) => replaceVariables(expected, context) === actual;
const equalsIgnoreCase: Test = (expected, actual, context) => replaceVariables(expected, context)?.toLowerCase() === actual.toLowerCase();
const numeric = (compare: (actual: number, expected: number) => boolean): Test => (expected, actual) => compare(Number(actual), Number(expected));

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoreCase,
  StringLike: matchesWildcard,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: equalsIgnoreCase,
  NumericEquals: numeric((actual, expected) => actual === expected),
  NumericLessThan: numeric((actual, expected) => actual < expected),
  NumericLessThanEquals: numeric((actual, expected) => actual <= expected),
  NumericGreaterThan: numeric((actual, expected) => actual > expected),
  NumericGreaterThanEquals: numeric((actual, expected) => actual >= expected),
};

/** A negated operator holds when its opposite does not. */
const OPPOSITES: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
};

/**
 * Whether all conditions of a statement hold.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @throws UnplayableError for an operator that the rehearsal does not know
 */
export function conditionsHold({ conditions, source }: Statement, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => conditionHolds({ operator, key, expected, source }, context)));
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  readonly source: string;
}

function conditionHolds({ operator, key, expected, source }: Condition, context: Context): boolean {
  const actual = context.get(key);
  if (operator === 'Null') return expected.some(value => (value === 'true') === (actual === undefined));
  const { quantifier, name, ifExists } = parseOperator(operator);
  const negated = name in OPPOSITES;
  const test = TESTS[OPPOSITES[name] ?? name];
  if (test === undefined) throw new UnplayableError(`the condition operator ${operator}`, source);
  if (actual === undefined) return ifExists || (quantifier === undefined ? negated : quantifier === 'ForAllValues');
  const holds = (value: string): boolean => expected.some(candidate => test(candidate, value, context)) !== negated;
  return quantifier === 'ForAllValues' || (quantifier === undefined && negated) ? actual.every(holds) : actual.some(holds);
}

function parseOperator(operator: string): { quantifier: string | undefined; name: string; ifExists: boolean } {
  const [, quantifier, name = operator, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  return { quantifier, name, ifExists: ifExists !== undefined };
}
