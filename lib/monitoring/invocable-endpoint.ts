import * as iam from 'aws-cdk-lib/aws-iam';

/** An endpoint that can be asked for predictions, such as a MonitoredEndpoint. */
export interface IInvocableEndpoint {
  /** Name of the endpoint, in its own case. */
  readonly endpointName: string;
  /** Permits asking the model for predictions. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
}
