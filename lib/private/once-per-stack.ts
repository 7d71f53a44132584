import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';

/** What all constructs of a stack share that use one key: made for the first that asks, found by the others. */
export function oncePerStack<T extends IConstruct>(
  user: IConstruct, id: string, encryptionKey: kms.IKey | undefined, make: (scope: Stack, id: string) => T,
): T {
  const stack = Stack.of(user);
  const name = encryptionKey === undefined ? id : `${id}-${encryptionKey.node.addr.slice(-8)}`;
  return stack.node.tryFindChild(name) as T | undefined ?? make(stack, name);
}
