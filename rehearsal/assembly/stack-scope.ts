import type { Deployment } from './deployment';
import { generatedUuid, regionalArn } from './physical';
import { NO_VALUE, resolveCondition, Scope } from './resolve';
import { Stack, TemplateResource } from './stack';
import { UnplayableError } from './unplayable-error';

/** What an expression of one stack may refer to. */
export class StackScope implements Scope {
  /** @param at what errors name; the template, unless a resource is known */
  constructor(private readonly deployment: Deployment, private readonly stack: Stack, private readonly at: string = stack.templateFile) {}

  public unplayable(what: string): UnplayableError {
    return new UnplayableError(what, this.at);
  }

  public ref(name: string): unknown {
    if (name.startsWith('AWS::')) return this.pseudoParameter(name);
    return this.stack.template.Parameters?.[name] === undefined ? this.deployment.ref(this.resource(name)) : this.parameter(name);
  }

  public getAtt(logicalId: string, attribute: string): unknown {
    return this.deployment.getAtt(this.resource(logicalId), attribute);
  }

  public importValue(name: string): unknown {
    const exported = this.deployment.exported(name);
    if (exported === undefined) throw this.unplayable(`Fn::ImportValue of ${name}: no stack of the assembly exports it`);
    return this.deployment.value(exported.stack, exported.value);
  }

  public condition(name: string): boolean {
    const expression = this.stack.template.Conditions?.[name];
    if (expression === undefined) throw this.unplayable(`the condition ${name}: the template has none of that name`);
    return resolveCondition(expression, this);
  }

  public mapping(map: string, topKey: string, secondKey: string): unknown {
    return this.stack.template.Mappings?.[map]?.[topKey]?.[secondKey];
  }

  /** A region's real zones lie outside of the template; three of the usual names stand for them. */
  public availabilityZones(region: string): readonly string[] {
    return ['a', 'b', 'c'].map(zone => `${region || this.stack.environment.region}${zone}`);
  }

  private resource(logicalId: string): TemplateResource {
    const found = this.stack.resources.get(logicalId);
    if (found === undefined) throw this.unplayable(`the reference to ${logicalId}: the template has no such resource or parameter`);
    if (!this.deployment.exists(found)) throw this.unplayable(`the reference to ${logicalId}: its condition ${found.condition ?? ''} does not hold`);
    return found;
  }

  private pseudoParameter(name: string): unknown {
    const { account, region, partition, urlSuffix } = this.stack.environment;
    switch (name) {
      case 'AWS::AccountId': return account;
      case 'AWS::Region': return region;
      case 'AWS::Partition': return partition;
      case 'AWS::URLSuffix': return urlSuffix;
      case 'AWS::StackName': return this.stack.name;
      case 'AWS::StackId': return stackId(this.stack);
      case 'AWS::NotificationARNs': return [];
      case 'AWS::NoValue': return NO_VALUE;
      default: throw this.unplayable(`the pseudo parameter ${name}`);
    }
  }

  private parameter(name: string): unknown {
    const { nestedIn, template } = this.stack;
    const { Type: type, Default: fallback } = template.Parameters?.[name] ?? { Type: 'String' };
    const given = (nestedIn?.properties.Parameters as Record<string, unknown> | undefined)?.[name];
    if (nestedIn !== undefined && given !== undefined) return this.deployment.value(nestedIn, given);
    if (type.startsWith('AWS::SSM::')) throw this.unplayable(`the parameter ${name}: its value lies in SSM, outside of the template`);
    if (fallback === undefined) throw this.unplayable(`the parameter ${name}: it has no default`);
    return /^List<|^CommaDelimitedList$/.test(type) && typeof fallback === 'string' ? fallback.split(',') : fallback;
  }
}

function stackId(stack: Stack): string {
  return regionalArn(stack.environment, 'cloudformation', `stack/${stack.name}/${generatedUuid(stack.name, '')}`);
}
