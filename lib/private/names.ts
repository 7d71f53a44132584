import { Names } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A lower-case name for what AWS demands a name of, from the construct's path. */
export function resourceName(construct: IConstruct, maxLength: number): string {
  return Names.uniqueResourceName(construct, { maxLength, separator: '-', allowedSpecialCharacters: '-' }).toLowerCase();
}

/** Ends a name in a hash of the construct's path, so that no other name with a hash begins with it. */
export function uniquePrefix(construct: IConstruct, name: string): string {
  return `${name}-${construct.node.addr.slice(-8)}`;
}

/** A construct's id holds no slash. */
export function childId(name: string): string {
  return name.replaceAll('/', '|');
}
