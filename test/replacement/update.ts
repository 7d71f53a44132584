import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { Property } from '@aws-cdk/service-spec-types';

/** A template as CloudFormation gets it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what each type has
  Properties?: Record<string, any>;
}

const specification = loadAwsServiceSpecSync();

/** What CloudFormation does from one template to the next: it makes what is new, and only then deletes what is not wanted any more. */
export class Update {
  /** Resources that are made anew, by their logical ids. */
  public readonly replaced: ReadonlySet<string>;

  constructor(private readonly before: Template, private readonly after: Template) {
    const replaced = new Set(this.kept.filter(id => this.isReplaced(id, new Set())));
    // What refers to a new resource where nothing may change is made anew as well, and so on.
    for (let size = -1; size !== replaced.size;) {
      size = replaced.size;
      for (const id of this.kept) if (this.isReplaced(id, replaced)) replaced.add(id);
    }
    this.replaced = replaced;
  }

  /** Types of what is made anew, each once. */
  public get replacedTypes(): string[] {
    return [...new Set([...this.replaced].map(id => this.after.Resources[id]!.Type))].sort();
  }

  /** Names that two resources would have at once, and what else CloudFormation would refuse. */
  public get refusals(): string[] {
    return [...this.collisions(), ...this.kept.filter(id => this.hasAnotherProvider(id)).map(id => `${id}: the ServiceToken of a custom resource cannot change`)];
  }

  private get kept(): string[] {
    return Object.keys(this.after.Resources).filter(id => id in this.before.Resources);
  }

  private collisions(): string[] {
    const made = Object.keys(this.after.Resources).filter(id => !(id in this.before.Resources) || this.replaced.has(id));
    return made.flatMap((id) => {
      const resource = this.after.Resources[id]!;
      const name = nameOf(resource);
      if (name === undefined || referencesOf(name).some(other => made.includes(other))) return [];
      const [old] = Object.entries(this.before.Resources).find(([, other]) => other.Type === resource.Type && isSame(nameOf(other), name)) ?? [];
      return old === undefined ? [] : [`${id}: a new ${resource.Type} would be called ${JSON.stringify(name)} while ${old} still is`];
    });
  }

  private isReplaced(id: string, replaced: ReadonlySet<string>): boolean {
    const [before, after] = [this.before.Resources[id]!, this.after.Resources[id]!];
    if (before.Type !== after.Type) return true;
    return createOnly(after.Type).some((name) => {
      const value: unknown = after.Properties?.[name];
      return !isSame(before.Properties?.[name], value) || referencesOf(value).some(other => replaced.has(other));
    });
  }

  private hasAnotherProvider(id: string): boolean {
    const { Type, Properties = {} } = this.after.Resources[id]!;
    return Type.startsWith('Custom::') && !isSame(this.before.Resources[id]!.Properties?.ServiceToken, Properties.ServiceToken);
  }
}

/** Properties of a type that are given when a resource is made and never again. */
function createOnly(type: string): string[] {
  return Object.entries(propertiesOf(type)).filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no').map(([name]) => name);
}

function propertiesOf(type: string): Record<string, Property> {
  if (type.startsWith('Custom::')) return {};
  const [resource] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  if (resource === undefined) throw new Error(`the specification does not know ${type}`);
  return resource.properties;
}

/** The name that a resource was given: ModelName of a Model, JobDefinitionName of a DataQualityJobDefinition, Name of a Rule. */
function nameOf({ Type, Properties = {} }: Resource): unknown {
  const property = createOnly(Type).find(name => name.endsWith('Name') && Type.endsWith(name.slice(0, -'Name'.length)));
  return property === undefined ? undefined : Properties[property];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Logical ids that a value refers to. */
function referencesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, child]) => {
    if (key === 'Ref') return [child as string];
    if (key === 'Fn::GetAtt') return [(child as string[])[0] ?? ''];
    if (key === 'Fn::Sub') return [...String(child).matchAll(/\$\{([^.}]+)/g)].map(([, name = '']) => name);
    return referencesOf(child);
  });
}
