import { UnplayableError } from '../assembly/unplayable-error';

type Json = Readonly<Record<string, unknown>>;

/** How a rule's target changes what it is sent; at most one of the three. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Readonly<Record<string, string>>; readonly InputTemplate: string };
}

/**
 * What a rule sends to a target, as a JSON value: the event, unless the target says otherwise.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @throws UnplayableError for a path or a template that the rehearsal does not understand
 */
export function targetInput(target: TargetInput, event: object, ruleArn: string): unknown {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) return parse(Input, 'Input');
  if (InputPath !== undefined) return valueAt(InputPath, event);
  if (InputTransformer === undefined) return event;
  const { InputPathsMap: paths = {}, InputTemplate: template } = InputTransformer;
  const given = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, valueAt(path, event)]));
  return parse(fill(template, { ...given, ...predefined(event, ruleArn) }), `InputTemplate ${template}`);
}

/** Variables that need no path. */
function predefined(event: object, ruleArn: string): Json {
  return {
    'aws.events.rule-arn': ruleArn,
    'aws.events.rule-name': ruleArn.slice(ruleArn.lastIndexOf('/') + 1),
    'aws.events.event.ingestion-time': (event as Json).time,
    'aws.events.event': Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'detail')),
    'aws.events.event.json': event,
  };
}

/**
 * Puts the variables into a template. Inside quotes a variable becomes text, outside it becomes a JSON value;
 * one whose path leads nowhere leaves nothing behind inside quotes, and makes the template unplayable outside.
 */
function fill(template: string, variables: Json): string {
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') quoted = !quoted;
    if (name === undefined) return token;
    if (!(name in variables)) throw new UnplayableError(`the variable <${name}> of the InputTemplate ${template}: InputPathsMap has no such name`);
    const value = variables[name];
    if (quoted) return insideQuotes(value);
    if (value === undefined) throw new UnplayableError(`the variable <${name}> of the InputTemplate ${template}: the event has nothing at its path`);
    return JSON.stringify(value);
  });
}

function insideQuotes(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** `undefined` when the event has nothing there. */
function valueAt(path: string, event: object): unknown {
  const steps = path.slice(1).match(/\.[\w/-]+|\[\d+\]|\[\*\]|\['[^']+'\]/g) ?? [];
  if (!path.startsWith('$') || steps.join('') !== path.slice(1)) {
    throw new UnplayableError(`the JSON path ${path}: the rehearsal knows $.name, $['name'], $.list[0] and $.list[*]`);
  }
  return steps.reduce<unknown>(follow, event);
}

function follow(value: unknown, step: string): unknown {
  if (step === '[*]') return Array.isArray(value) ? value : undefined;
  const key = step.startsWith('.') ? step.slice(1) : step.slice(1, -1).replace(/^'|'$/g, '');
  return typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnplayableError(`${what}: it gives ${text}, which is no JSON`);
  }
}
