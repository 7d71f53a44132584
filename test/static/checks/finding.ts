import { Deployment } from '../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../rehearsal/assembly/stack';

/** Finds what is wrong with a template: a sentence each, which begins with where it is. */
export type Check = (deployment: Deployment) => string[];

/** A value somewhere inside a resource's properties. */
export interface Place {
  /** `<logical id>.<path>`. */
  readonly at: string;
  /** Name of the property that holds it. */
  readonly property: string;
  readonly value: unknown;
}

/** Every value below a resource's properties, resolved, outermost first. */
export function places(resource: TemplateResource, deployment: Deployment): Place[] {
  return placesIn(deployment.properties(resource), resource.logicalId);
}

/** Every value below another, and itself. */
export function placesIn(value: unknown, at: string, property = ''): Place[] {
  const inside = typeof value !== 'object' || value === null ? [] : Object.entries(value);
  return [
    { at, property, value },
    ...inside.flatMap(([key, item]) => placesIn(item, `${at}.${key}`, Array.isArray(value) ? property : key)),
  ];
}
