import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { aws_sagemaker as interfaces } from 'aws-cdk-lib/interfaces';

/** What others may be permitted to do with an endpoint. */
export class EndpointGrants {
  /**
   * Grants on an endpoint.
   *
   * @param endpoint the endpoint.
   */
  public static fromEndpoint(endpoint: interfaces.IEndpointRef): EndpointGrants {
    return new EndpointGrants(endpoint);
  }

  private constructor(private readonly endpoint: interfaces.IEndpointRef) {}

  /**
   * Permits asking the model for predictions.
   *
   * @param grantee who may.
   */
  public invoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sagemaker:InvokeEndpoint'], resourceArns: [this.endpoint.endpointRef.endpointArn] });
  }
}
