import { UnplayableError } from '../assembly/unplayable-error';

type Json = Readonly<Record<string, unknown>>;

/**
 * Whether an event pattern lets an event through.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html
 * @throws UnplayableError for an operator that the rehearsal does not know
 */
export function matches(pattern: object, event: object): boolean {
  const fields = event as Json;
  return Object.entries(pattern as Json).every(([key, expected]) => {
    if (key === '$or' && isListOfPatterns(expected)) return expected.some(alternative => matches(alternative, event));
    return Array.isArray(expected) ? fieldMatches(expected, fields[key], key) : nestedMatches(expected, fields[key], key);
  });
}

function isListOfPatterns(value: unknown): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** A list of objects lets an event through when one of them does by itself. */
function nestedMatches(pattern: unknown, value: unknown, key: string): boolean {
  if (!isObject(pattern)) throw new UnplayableError(`the event pattern's value ${JSON.stringify(pattern)} of ${key}: it wants a list or an object`);
  const candidates = Array.isArray(value) ? value : [value];
  return candidates.some(candidate => matches(pattern, isObject(candidate) ? candidate : {}));
}

/** One of the listed filters must fit; of a field that holds a list, one item. */
function fieldMatches(filters: readonly unknown[], value: unknown, key: string): boolean {
  const values = Array.isArray(value) ? value as unknown[] : [value];
  return filters.some(filter => isObject(filter) ? operatorMatches(filter, value, values, key) : values.some(item => item === filter));
}

function operatorMatches(filter: Json, value: unknown, values: readonly unknown[], key: string): boolean {
  const [name, operand] = soleEntry(filter, key);
  if (name === 'exists') return (value !== undefined && !isObject(value)) === operand;
  return values.some(item => item !== undefined && operator(name, key)(operand, item, key));
}

type Operator = (operand: unknown, value: unknown, key: string) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  'prefix': onText((operand, value) => value.startsWith(operand)),
  'suffix': onText((operand, value) => value.endsWith(operand)),
  'wildcard': onText((operand, value) => wildcard(operand).test(value)),
  'equals-ignore-case': (operand, value) => typeof operand === 'string' && typeof value === 'string' && operand.toLowerCase() === value.toLowerCase(),
  'anything-but': anythingBut,
  'numeric': numeric,
};

function operator(name: string, key: string): Operator {
  const known = OPERATORS[name];
  if (known === undefined) {
    throw new UnplayableError(`the event pattern's operator "${name}" of ${key}: the rehearsal knows exists, $or, ${Object.keys(OPERATORS).join(', ')}`);
  }
  return known;
}

/** For texts; the operand may be `{"equals-ignore-case": "…"}`, and then case does not count. */
function onText(test: (operand: string, value: string) => boolean): Operator {
  return (operand, value, key) => {
    if (typeof value !== 'string') return false;
    if (typeof operand === 'string') return test(operand, value);
    const [name, text] = soleEntry(operand, key);
    if (name !== 'equals-ignore-case' || typeof text !== 'string') throw new UnplayableError(`the event pattern's ${JSON.stringify(operand)} of ${key}`);
    return test(text.toLowerCase(), value.toLowerCase());
  };
}

/** A value, a list of values, or another operator, whose operand may be a list. */
function anythingBut(operand: unknown, value: unknown, key: string): boolean {
  if (!isObject(operand)) return !oneOrMany(operand).includes(value);
  const [name, excluded] = soleEntry(operand, key);
  return !oneOrMany(excluded).some(item => operator(name, key)(item, value, key));
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** The operand is `[">", 0, "<=", 5]`. */
function numeric(operand: unknown, value: unknown, key: string): boolean {
  const terms = oneOrMany(operand);
  return typeof value === 'number' && terms.every((sign, index) => {
    if (index % 2 === 1) return true;
    const compare = COMPARISONS[String(sign)];
    const bound = terms[index + 1];
    if (compare === undefined || typeof bound !== 'number') throw new UnplayableError(`the event pattern's numeric filter ${JSON.stringify(operand)} of ${key}`);
    return compare(value, bound);
  });
}

/** `*` stands for any text; a backslash takes its meaning away. */
function wildcard(pattern: string): RegExp {
  const parts = pattern.match(/\\.|[^]/g) ?? [];
  const expression = parts.map(part => part === '*' ? '.*' : (part.length > 1 ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${expression.join('')}$`, 's');
}

function soleEntry(filter: unknown, key: string): [string, unknown] {
  const entries = Object.entries(isObject(filter) ? filter : {});
  const [only] = entries;
  if (only === undefined || entries.length > 1) throw new UnplayableError(`the event pattern's filter ${JSON.stringify(filter)} of ${key}: it wants one operator`);
  return only;
}

function oneOrMany(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
