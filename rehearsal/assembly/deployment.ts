import { Assembly } from './assembly';
import { Deployed, generatedId, generatedName, generatedUuid, Physical, regionalArn } from './physical';
import { NO_VALUE, resolve } from './resolve';
import { RESOURCE_TYPES } from './resource-type';
import { isCustomResource, Stack, TemplateResource, where } from './stack';
import { StackScope } from './stack-scope';
import { UnplayableError } from './unplayable-error';

/** What a custom resource's function answered. */
export interface CustomResourceAnswer {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * An assembly as if it were deployed: every name, ARN and attribute is known, and every property has a literal value.
 * Names that CloudFormation would make up are the same in every rehearsal.
 */
export class Deployment {
  /** Answers of custom resources; the player notes each when its function has run. */
  public readonly attributes = new Map<TemplateResource, CustomResourceAnswer>();
  private readonly physicals = new Map<TemplateResource, Physical>();
  private exports: Map<unknown, { readonly stack: Stack; readonly value: unknown }> | undefined;

  constructor(public readonly assembly: Assembly) {}

  /** The resources that would exist, of one type or of all: those whose condition holds, in stacks whose condition holds. */
  public resources(type?: string): TemplateResource[] {
    return this.assembly.resources(type).filter(resource => this.exists(resource));
  }

  /**
   * A resource's properties as literal values.
   *
   * @throws UnplayableError when one has no value offline
   */
  public properties(resource: TemplateResource): Record<string, unknown> {
    return this.value(resource, resource.properties) as Record<string, unknown>;
  }

  /**
   * An expression out of a resource's properties, or a stack's outputs, as a literal value; `undefined` for `AWS::NoValue`.
   *
   * @throws UnplayableError when it has no value offline
   */
  public value(at: TemplateResource | Stack, expression: unknown): unknown {
    const scope = 'stack' in at ? new StackScope(this, at.stack, where(at)) : new StackScope(this, at);
    const value = resolve(expression, scope);
    return value === NO_VALUE ? undefined : value;
  }

  /** Whether CloudFormation would make the resource: its condition holds, and that of the stack around it. */
  public exists({ stack, condition }: TemplateResource): boolean {
    const holds = condition === undefined || new StackScope(this, stack).condition(condition);
    return holds && (stack.nestedIn === undefined || this.exists(stack.nestedIn));
  }

  /** What the resource is called once deployed. */
  public physical(resource: TemplateResource): Physical {
    const known = this.physicals.get(resource);
    if (known !== undefined) return known;
    const name = this.name(resource);
    const type = RESOURCE_TYPES[resource.type];
    const environment = resource.stack.environment;
    const arn = type === undefined ? plausibleArn(resource, name) : type.arn(name, environment, this.arnProperties(resource));
    const physical = { name, arn };
    this.physicals.set(resource, physical);
    return physical;
  }

  /** The resource that has the ARN; `undefined` when no stack of the assembly has one. */
  public byArn(arn: string): TemplateResource | undefined {
    return this.resources().find(resource => this.nameIsKnown(resource) && this.physical(resource).arn === arn);
  }

  /** The resource of this type that has the physical name or id. */
  public byName(type: string, name: string): TemplateResource | undefined {
    return this.resources(type).find(resource => this.nameIsKnown(resource) && this.physical(resource).name === name);
  }

  /** The output that a stack of the assembly exports under a name. */
  public exported(name: string): { readonly stack: Stack; readonly value: unknown } | undefined {
    this.exports ??= new Map(this.assembly.stacks.flatMap(stack => Object.values(stack.template.Outputs ?? {}).map((output) => {
      const exportName = output.Export === undefined ? undefined : this.value(stack, output.Export.Name);
      return [exportName, { stack, value: output.Value }] as const;
    })));
    return this.exports.get(name);
  }

  /** What `Ref` to the resource returns. */
  public ref(resource: TemplateResource): string {
    if (isCustomResource(resource)) return this.answer(resource, 'Ref').physicalId;
    if (resource.type === 'AWS::CloudFormation::Stack') return this.physical(resource).arn;
    return RESOURCE_TYPES[resource.type]?.ref(this.deployed(resource)) ?? this.physical(resource).name;
  }

  /**
   * What `Fn::GetAtt` returns.
   *
   * @throws UnplayableError when the type has no such attribute that the rehearsal knows, or the custom resource has not answered yet
   */
  public getAtt(resource: TemplateResource, attribute: string): unknown {
    if (isCustomResource(resource)) return this.customAttribute(resource, attribute);
    if (resource.type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
      return this.nestedOutput(resource, attribute.slice('Outputs.'.length));
    }
    const type = RESOURCE_TYPES[resource.type];
    const known = type?.attributes[attribute];
    if (known !== undefined) return known(this.deployed(resource));
    if (type === undefined && attribute.endsWith('Arn')) return this.physical(resource).arn;
    throw new UnplayableError(`Fn::GetAtt of ${attribute} of a ${resource.type}`, where(resource));
  }

  /** Not before the custom resources have run whose answers are part of it. */
  private nameIsKnown(resource: TemplateResource): boolean {
    try {
      this.physical(resource);
      return true;
    } catch (error) {
      if (error instanceof UnplayableError) return false;
      throw error;
    }
  }

  private deployed(resource: TemplateResource): Deployed {
    const { environment } = resource.stack;
    return { ...this.physical(resource), environment, property: name => this.value(resource, resource.properties[name]) };
  }

  private name(resource: TemplateResource): string {
    const { stack, logicalId } = resource;
    if (isCustomResource(resource)) return this.answer(resource, 'the name').physicalId;
    const { nameProperty, generated = { maxLength: 255 } } = RESOURCE_TYPES[resource.type] ?? {};
    const given = nameProperty === undefined ? undefined : this.value(resource, resource.properties[nameProperty]);
    if (typeof given === 'string') return given;
    if (generated === 'uuid') return generatedUuid(stack.name, logicalId);
    if ('id' in generated) return generatedId(generated.id, stack.name, logicalId);
    const name = generatedName(stack.name, logicalId, generated.maxLength);
    if (resource.type === 'AWS::SQS::Queue' && resource.properties.FifoQueue === true) return `${name.slice(0, 75)}.fifo`;
    return 'lowerCase' in generated ? name.toLowerCase() : name;
  }

  /** Only what an ARN is made of: resolving more could lead in a circle. */
  private arnProperties(resource: TemplateResource): Record<string, unknown> {
    const { Path, GroupName, EventBusName } = resource.properties;
    return this.value(resource, { Path, GroupName, EventBusName }) as Record<string, unknown>;
  }

  private answer(resource: TemplateResource, what: string): CustomResourceAnswer {
    const answer = this.attributes.get(resource);
    if (answer === undefined) throw new UnplayableError(`${what} of a custom resource that has not run yet`, where(resource));
    return answer;
  }

  private customAttribute(resource: TemplateResource, attribute: string): unknown {
    const { attributes } = this.answer(resource, `Fn::GetAtt of ${attribute}`);
    if (attribute in attributes) return attributes[attribute];
    const known = Object.keys(attributes).join(', ') || 'none';
    throw new UnplayableError(`Fn::GetAtt of ${attribute}: the custom resource answered with ${known}`, where(resource));
  }

  private nestedOutput(resource: TemplateResource, output: string): unknown {
    const nested = this.assembly.stacks.find(stack => stack.nestedIn === resource);
    const definition = nested?.template.Outputs?.[output];
    if (nested === undefined || definition === undefined) throw new UnplayableError(`Fn::GetAtt of Outputs.${output}: the nested stack has no such output`, where(resource));
    return this.value(nested, definition.Value);
  }
}

/** For a type that has no rules of its own: `arn:…:<service>:…:<type>/<name>`. */
function plausibleArn({ stack, type }: TemplateResource, name: string): string {
  const [, service = 'custom', kind = 'resource'] = type.split('::');
  return regionalArn(stack.environment, service.toLowerCase(), `${kind.toLowerCase()}/${name}`);
}
