import { createHash } from 'node:crypto';
import { Environment } from './stack';

/** What a deployed resource is known by. */
export interface Physical {
  /** Physical name, or generated id. */
  readonly name: string;
  readonly arn: string;
}

/** A physical resource of which a type's rules make attributes. */
export interface Deployed extends Physical {
  readonly environment: Environment;
  /** The literal value of a property. */
  readonly property: (name: string) => unknown;
}

/** `arn:<partition>:<service>:<region>:<account>:<resource>` of a regional resource. */
export function regionalArn({ partition, region, account }: Environment, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** ARN of a resource that lies in no region, such as a role. */
export function globalArn({ partition, account }: Environment, service: string, resource: string): string {
  return `arn:${partition}:${service}::${account}:${resource}`;
}

/** The name that CloudFormation would generate, except that its random end is a hash: the same in every rehearsal. */
export function generatedName(stackName: string, logicalId: string, maxLength: number, separator = '-'): string {
  const suffix = digest(stackName, logicalId).slice(0, 12).toUpperCase();
  const readable = [stackName, logicalId].join(separator).slice(0, maxLength - suffix.length - separator.length);
  return `${readable}${separator}${suffix}`;
}

/** An id such as `vpc-0f3a…`, the same in every rehearsal. */
export function generatedId(prefix: string, stackName: string, logicalId: string): string {
  return `${prefix}-0${digest(stackName, logicalId).slice(0, 16)}`;
}

/** An id in the form of a UUID, as keys and event source mappings have; the same in every rehearsal. */
export function generatedUuid(stackName: string, logicalId: string): string {
  return digest(stackName, logicalId).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
