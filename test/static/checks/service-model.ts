import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A shape of botocore's service model, as far as it constrains a value. */
interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Constraints of a service's API, which SDKs and botocore's own validator do not enforce: patterns, enums, minima and maxima. */
export class ServiceModel {
  /** Reads a `service-2.json.gz` of botocore. */
  public static read(file: string): ServiceModel {
    return new ServiceModel(JSON.parse(gunzipSync(readFileSync(file)).toString()) as Model);
  }

  private constructor(private readonly model: Model) {}

  /** What is wrong with a request; sentences that begin with where it is. */
  public findings(operation: string, request: unknown, at: string): string[] {
    const { input } = this.model.operations[operation] ?? {};
    if (input === undefined) throw new Error(`the service has no operation ${operation}`);
    return this.walk(input.shape, request, at);
  }

  private walk(shapeName: string, value: unknown, at: string): string[] {
    const shape = this.model.shapes[shapeName];
    if (shape === undefined) throw new Error(`the service model has no shape ${shapeName}`);
    switch (shape.type) {
      case 'structure': return this.structure(shape, value, at);
      case 'list': return this.list(shape, value as unknown[], at);
      case 'map': return this.map(shape, value as Record<string, unknown>, at);
      case 'string': return text(shape, value, at);
      case 'integer': case 'long': case 'float': case 'double': return number(shape, value, at);
      case 'boolean': return /^(true|false)$/.test(String(value)) ? [] : [`${at}: ${String(value)} is neither true nor false`];
      default: return [];
    }
  }

  private structure({ members = {}, required = [] }: Shape, value: unknown, at: string): string[] {
    if (typeof value !== 'object' || value === null) return [`${at}: ${String(value)} is no structure`];
    const missing = required.filter(name => !(name in value)).map(name => `${at}: ${name} is required`);
    return [...missing, ...Object.entries(value).flatMap(([name, item]) => {
      const member = members[name];
      return member === undefined ? [`${at}: there is no ${name}`] : this.walk(member.shape, item, `${at}.${name}`);
    })];
  }

  private list({ member, ...size }: Shape, items: readonly unknown[], at: string): string[] {
    return [...within(size, items.length, 'items', at), ...items.flatMap((item, index) => this.walk(member?.shape ?? '', item, `${at}.${index}`))];
  }

  private map({ key, value: valueShape, ...size }: Shape, value: Readonly<Record<string, unknown>>, at: string): string[] {
    const inside = Object.entries(value).flatMap(([name, item]) => [
      ...this.walk(key?.shape ?? '', name, `${at}.${name}`), ...this.walk(valueShape?.shape ?? '', item, `${at}.${name}`),
    ]);
    return [...within(size, Object.keys(value).length, 'entries', at), ...inside];
  }
}

function text(shape: Shape, value: unknown, at: string): string[] {
  if (typeof value !== 'string') return [`${at}: ${JSON.stringify(value)} is no text`];
  if (shape.enum !== undefined) return shape.enum.includes(value) ? [] : [`${at}: ${value} is none of ${shape.enum.slice(0, 5).join(', ')} …`];
  const fits = shape.pattern === undefined || expression(shape.pattern).test(value);
  return [...within(shape, value.length, 'characters', at), ...(fits ? [] : [`${at}: ${value} must match ${shape.pattern ?? ''}`])];
}

function number(shape: Pick<Shape, 'min' | 'max'>, value: unknown, at: string): string[] {
  return Number.isFinite(Number(value)) ? within(shape, Number(value), '', at) : [`${at}: ${String(value)} is no number`];
}

function within({ min = -Infinity, max = Infinity }: Pick<Shape, 'min' | 'max'>, size: number, unit: string, at: string): string[] {
  return size >= min && size <= max ? [] : [`${at}: ${[size, unit].join(' ').trim()}, allowed are ${min} to ${max}`];
}

/** Patterns hold for the whole text. They are Java's: most need the flag for Unicode, which some do not bear, and a few repeat the end. */
function expression(pattern: string): RegExp {
  const once = `^(?:${pattern.replace(/\$\{\d+,\d+\}$/, '')})$`;
  try {
    return new RegExp(once, 'su');
  } catch {
    return new RegExp(once, 's');
  }
}
