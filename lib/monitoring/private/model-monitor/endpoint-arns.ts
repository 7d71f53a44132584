import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';
import { IInvocableEndpoint } from '../../invocable-endpoint';

/** ARNs of an endpoint, which tells them only in what it grants. Nobody is granted anything: Clarify asks a copy. */
export function endpointArns(endpoint: IInvocableEndpoint): string[] {
  const nobody = new Nobody();
  endpoint.grantInvoke(nobody);
  return nobody.arns;
}

/** Notes what it would be allowed to use. */
class Nobody extends iam.PrincipalBase {
  public readonly arns: string[] = [];
  public readonly policyFragment = new iam.PrincipalPolicyFragment({});

  public override addToPrincipalPolicy({ resources }: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.arns.push(...resources);
    return { statementAdded: true, policyDependable: new DependencyGroup() };
  }

  public dedupeString(): undefined {
    return undefined;
  }
}
