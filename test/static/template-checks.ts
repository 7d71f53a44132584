import { CloudFormationValidate } from './checks/cloudformation-validate';
import { exactlyOneOf } from './checks/exactly-one-of';
import { iamActions } from './checks/iam-actions';
import { localPaths } from './checks/local-paths';
import { resourceNames } from './checks/resource-names';
import { scheduleExpressions } from './checks/schedule-expressions';
import { CheckName, Mutation, MUTATIONS } from './mutations';
import { SynthesizedStack } from './synthesized-stack';

/** What a check finds wrong with a stack. */
export type StackCheck = (stack: SynthesizedStack) => readonly string[] | Promise<readonly string[]>;

/** The checks that need nothing but Node. */
export function checksWithoutPython(): Partial<Record<CheckName, StackCheck>> {
  const validator = new CloudFormationValidate();
  return {
    'schedule expressions': ({ deployment }) => scheduleExpressions(deployment),
    'exactly one of': ({ deployment }) => exactlyOneOf(deployment),
    'resource names': ({ deployment }) => resourceNames(deployment),
    'local paths': ({ deployment }) => localPaths(deployment),
    'IAM actions': ({ deployment }) => iamActions(deployment),
    'CloudFormation validation': ({ templateFile }) => validator.findings(templateFile),
  };
}

/** A mutation and one check that has to catch it. */
export interface Catch extends Omit<Mutation, 'caughtBy'> {
  readonly check: CheckName;
  readonly says: RegExp;
}

/** The mutations that some of the given checks have to catch, a row for each check. */
export function catches(checks: readonly CheckName[]): Catch[] {
  return MUTATIONS.flatMap(({ caughtBy, ...mutation }) => checks.flatMap((check) => {
    const says = caughtBy[check];
    return says === undefined ? [] : [{ ...mutation, check, says }];
  }));
}
