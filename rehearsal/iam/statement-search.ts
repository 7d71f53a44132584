import { Deployment } from '../assembly/deployment';
import { conditionsHold } from './condition';
import { Action, Policy, Statement } from './policy';
import { namedBy, Principal } from './principal';
import { matchesArn, matchesWildcard } from './wildcard';

/** Looks for a statement of one effect that bears on an action; remembers one that fails by its condition alone. */
export class StatementSearch {
  private failedByCondition: Statement | undefined;

  constructor(private readonly action: Action, private readonly effect: Statement['effect'], private readonly deployment: Deployment) {}

  /** The first statement of a role's own policies that bears on the action. */
  public inIdentity(policies: readonly Policy[]): Statement | undefined {
    return policies.flatMap(policy => policy.statements).find(statement => this.bears(statement));
  }

  /** Every such statement of policies on the resource, and how it names the principal. */
  public onResource(policies: readonly Policy[], principal: Principal): { statement: Statement; how: 'itself' | 'account' }[] {
    return policies.flatMap(policy => policy.statements).flatMap((statement) => {
      const how = namedBy(statement, principal, this.deployment);
      return how !== undefined && this.bears(statement) ? [{ statement, how }] : [];
    });
  }

  /** A half sentence for the reason. */
  public get nearMiss(): string {
    return this.failedByCondition === undefined ? '' : `; ${this.failedByCondition.source} would, but for its condition ${JSON.stringify(this.failedByCondition.conditions)}`;
  }

  private bears(statement: Statement): boolean {
    if (statement.effect !== this.effect || !coversAction(statement, this.action) || !coversResource(statement, this.action)) return false;
    if (conditionsHold(statement, this.action.context)) return true;
    this.failedByCondition ??= statement;
    return false;
  }
}

function coversAction({ actions, notActions }: Statement, { action, context }: Action): boolean {
  const covers = (pattern: string): boolean => matchesWildcard(pattern, action, context, 'is');
  return notActions === undefined ? actions?.some(covers) === true : !notActions.some(covers);
}

function coversResource({ resources, notResources }: Statement, { resource, context }: Action): boolean {
  const covers = (pattern: string): boolean => matchesArn(pattern, resource, context);
  if (notResources !== undefined) return !notResources.some(covers);
  return resources === undefined || resources.some(covers);
}
