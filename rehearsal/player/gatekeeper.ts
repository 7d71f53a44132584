import { Deployment } from '../assembly/deployment';
import { TemplateResource } from '../assembly/stack';
import { RequiredPermission } from '../iam/implied';
import { Decision, Permissions } from '../iam/permissions';
import { principalName } from '../iam/principal';
import { LoopBroken } from './loop-broken';
import { RehearsalEvent } from './outcome';

/** Lets a call pass when the template's policies allow it and everything that it implies. */
export class Gatekeeper {
  private readonly permissions: Permissions;
  private readonly decisions = new Map<string, Decision>();
  private made = 0;
  private allowed = 0;

  constructor(deployment: Deployment, private readonly observe: (event: RehearsalEvent) => void) {
    this.permissions = new Permissions(deployment);
  }

  /** How many permissions were asked for, and how many there were. */
  public get checks(): { readonly made: number; readonly allowed: number } {
    return { made: this.made, allowed: this.allowed };
  }

  /** Fails with LoopBroken at the first permission that is missing. */
  public require(arrow: string, required: readonly RequiredPermission[], resource?: TemplateResource): void {
    for (const permission of required) {
      this.made++;
      const decision = this.decide(permission);
      if (!decision.allowed) throw new LoopBroken(arrow, `${decision.reason} (${permission.because}: ${permission.documentation})`, resource);
      this.allowed++;
    }
  }

  /** The template does not change while it is played, so the same question has the same answer. */
  private decide(permission: RequiredPermission): Decision {
    const { principal, action, resource, context } = permission;
    const question = JSON.stringify([principalName(principal), action, resource, context]);
    const known = this.decisions.get(question);
    if (known !== undefined) return known;
    const decision = this.permissions.check({ principal, action, resource, context });
    this.decisions.set(question, decision);
    this.observe({ type: 'permission', permission, decision });
    return decision;
  }
}
