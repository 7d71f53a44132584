import { RequiredPermission } from '../../../rehearsal/iam/implied';
import { Context } from '../../../rehearsal/iam/context';
import { PermissionRequest, Permissions } from '../../../rehearsal/iam/permissions';
import { principalName } from '../../../rehearsal/iam/principal';
import { matchesWildcard } from '../../../rehearsal/iam/wildcard';
import { PolicyCondition } from './policy-condition';
import { PolicyPart } from './policy-part';

const NOTHING = new Context({});

/** Judges parts of policies by what would go wrong without them. */
export class LeastPrivilege {
  private readonly required: readonly RequiredPermission[];

  /** @param refused what a statement has to forbid */
  constructor(
    private readonly permissions: Permissions, required: readonly RequiredPermission[], private readonly refused: readonly PermissionRequest[],
  ) {
    this.required = [...new Map(required.map(permission => [kind(permission), permission])).values()];
  }

  /** Whether something is denied, or no longer forbidden, without it. */
  public isNeeded(part: PolicyPart): boolean {
    if (part.effect === 'Deny') return part.without(() => this.refused.some(request => this.permissions.check(request).explicitDeny !== true));
    const concerned = this.concernedBy(part);
    return part.without(() => concerned.some(permission => !this.permissions.check(permission).allowed));
  }

  /** Whether it keeps out what is needed by nobody: the same request with a foreign value. */
  public keepsOut(condition: PolicyCondition): boolean {
    const { key, foreign } = condition;
    const kept = this.concernedBy(condition)
      .map(permission => ({ ...permission, context: { ...permission.context, [key]: foreign } }))
      .filter(permission => !this.permissions.check(permission).allowed);
    return condition.without(() => kept.some(permission => this.permissions.check(permission).allowed));
  }

  private concernedBy({ actions }: { readonly actions: readonly string[] }): RequiredPermission[] {
    return this.required.filter(({ action }) => actions.some(pattern => matchesWildcard(pattern, action, NOTHING, 'is')));
  }
}

/** Objects and jobs that differ in their numbers only, which are times and counts, are permitted by the same statements. */
function kind({ principal, action, resource, context }: RequiredPermission): string {
  return [principalName(principal), action, ...[resource, JSON.stringify(context ?? {})].map(text => text.replaceAll(/\d+/g, '0'))].join(' ');
}
