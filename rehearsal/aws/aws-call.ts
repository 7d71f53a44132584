/** What a call is allowed or refused by. */
export interface Access {
  /** As policies spell it: `s3:PutObject`. */
  readonly action: string;
  /** ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  /** Condition keys of the request, such as `cloudwatch:namespace`. */
  readonly conditions: Record<string, string>;
}

/** One call that reached the endpoint. A PutEvents of several sources counts as one call a source. */
export interface AwsCall extends Access {
  /** Access key id that signed the request: who is calling. */
  readonly principal: string;
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Services spoken, by the prefix of their actions. */
export type ServiceName = 's3' | 'sagemaker' | 'cloudwatch' | 'events';

/** Where the endpoint is, for ARNs. */
export interface Location {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** ARN of something regional. */
export function regionalArn(location: Location, service: string, resource: string): string {
  return `arn:${location.partition}:${service}:${location.region}:${location.account}:${resource}`;
}
