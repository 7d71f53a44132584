import { Duration, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CaptureSource, TypedAnalysis } from '../../contract';
import { S3Location } from '../../private/s3-location';
import { Problems } from '../../private/validation';

/** What a schedule watches, as its constructs see it. */
export interface ScheduleInput {
  /** How long it is kept; absent when for ever, or when nobody knows. */
  readonly retention: Duration | undefined;
  /** So much later than a window it is complete; absent when at once. */
  readonly completeAfter?: Duration;
  /** Notes what is wrong with it, or with monitors that analyse it so. */
  check(problems: Problems, analyses: readonly TypedAnalysis[]): void;
  /** Where handlers look for what was captured. */
  source(scope: IConstruct): CaptureSource;
  /** The folder that they read it from. */
  captures(scope: IConstruct): S3Location;
  /** What jobs read. */
  data(scope: IConstruct): S3Location[];
}

/** The account that must own a bucket, where it is known to be another than that of the stack. */
export function bucketOwner(scope: IConstruct, account: string | undefined): { readonly bucketOwner?: string } {
  return account === undefined || Token.isUnresolved(account) || account === Stack.of(scope).account ? {} : { bucketOwner: account };
}
