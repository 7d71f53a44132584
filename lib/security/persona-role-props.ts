import { IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';

/** Who has a person's role, and which roles that person may hand to SageMaker. */
export interface PersonaRoleProps {
  /**
   * Who may assume the role. Ask for a second factor with
   * `principal.withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })`.
   */
  readonly assumedBy: IPrincipal;

  /** Roles that the person may start jobs or create models with; no other role can be passed. At least one. */
  readonly executionRoles: IRole[];
}
