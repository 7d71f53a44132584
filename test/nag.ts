import { AwsSolutionsChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

/** What cdk-nag's AwsSolutions pack finds below a construct and nobody acknowledged, one line a finding. */
export function nagFindings(scope: IConstruct): string[] {
  return new AwsSolutionsChecks().validateScope(scope).violations
    .flatMap(violation => violation.violatingResources.map(resource => `${violation.ruleName} ${resource.constructPath ?? ''}`));
}
