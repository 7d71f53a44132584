import { Deployment } from '../../../rehearsal/assembly/deployment';
import { policyDocuments, RawStatement, shown } from './policy-part';

/** A condition of a statement that allows something. */
export interface PolicyCondition {
  /** `<logical id>: <actions> if <key>`. */
  readonly name: string;
  readonly actions: readonly string[];
  /** Condition key, and a value that the condition is there to keep out. */
  readonly key: string;
  readonly foreign: string;
  /** Judges as if the condition were not there. */
  without<T>(judge: () => T): T;
}

/** Every condition under which a policy of the deployment allows something. */
export function policyConditions(deployment: Deployment): PolicyCondition[] {
  return deployment.resources().flatMap(resource => policyDocuments(resource).flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(statement => conditionsOf(resource.logicalId, statement)));
}

function conditionsOf(logicalId: string, { Action = [], Condition = {} }: RawStatement): PolicyCondition[] {
  const actions = [Action].flat();
  return Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => ({
    name: `${logicalId}: ${actions.join(', ')} if ${key} is ${shown(value)}`,
    actions,
    key,
    foreign: operator === 'Bool' ? 'false' : 'arn:aws:foreign:us-east-1:999999999999:somebody/else',
    without: (judge) => {
      Reflect.deleteProperty(keys, key);
      try {
        return judge();
      } finally {
        keys[key] = value;
      }
    },
  })));
}
