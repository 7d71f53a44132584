import { Deployment } from '../assembly/deployment';
import { TemplateResource } from '../assembly/stack';
import { BusEvent } from '../aws';
import { matches } from '../events/pattern';

/** Where a rule sends what it matches. */
export interface RuleTarget {
  readonly arn: string;
  /** As the template has it: Input, InputPath or InputTransformer. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An enabled rule on the default bus that waits for events. */
export interface Rule {
  readonly resource: TemplateResource;
  readonly arn: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly RuleTarget[];
}

/** The rules of a deployment. */
export function readRules(deployment: Deployment): Rule[] {
  return deployment.resources('AWS::Events::Rule').flatMap((resource) => {
    const { EventPattern, State, Targets, EventBusName } = deployment.properties(resource);
    if (EventPattern === undefined || State === 'DISABLED' || (EventBusName !== undefined && EventBusName !== 'default')) return [];
    const targets = ((Targets ?? []) as Record<string, unknown>[]).map(properties => ({ arn: String(properties.Arn), properties }));
    return [{ resource, arn: deployment.physical(resource).arn, pattern: EventPattern as Record<string, unknown>, targets }];
  });
}

/** Those that match an event. */
export function matching(rules: readonly Rule[], event: BusEvent): Rule[] {
  return rules.filter(rule => matches(rule.pattern, event as unknown as Record<string, unknown>));
}

/** Those that wait for events of the same source, the nearest to what an unmatched event should have met. */
export function nearest(rules: readonly Rule[], event: BusEvent): Rule[] {
  return rules.filter(({ pattern }) => [pattern.source ?? []].flat().includes(event.source));
}
