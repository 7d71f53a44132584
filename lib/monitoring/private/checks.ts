import { Duration, Token } from 'aws-cdk-lib';
import { requireInstanceType } from '../../private/instance-type';
import { Problems } from '../../private/validation';
import { AnalysisJobOptions } from '../analysis-job-options';

/** Notes what is wrong with a job; `advice` is for one that takes too long. */
export function checkJob(
  { maxRuntime, volumeSize, vpc, subnets, securityGroups, instanceType }: AnalysisJobOptions & { readonly maxRuntime: Duration },
  longest: Duration,
  problems: Problems,
  advice = '',
): void {
  const seconds = maxRuntime.toSeconds();
  problems.require(seconds >= 60 && seconds <= longest.toSeconds(),
    `maxRuntime must be between 1 and ${longest.toMinutes()} minutes, got ${seconds} seconds${advice}`);
  const gibibytes = volumeSize?.toGibibytes() ?? 1;
  problems.require(gibibytes >= 1 && gibibytes <= 16_384, `volumeSize must be between 1 and 16384 GiB, got ${gibibytes}`);
  problems.require(vpc !== undefined || (subnets === undefined && securityGroups === undefined),
    'subnets and securityGroups belong to a VPC: give the vpc too');
  if (instanceType !== undefined) requireInstanceType(problems, instanceType, 'processing');
}

/** Notes what is wrong with a folder of a bucket. */
export function checkPrefix(prefix: string, problems: Problems): void {
  problems.require(Token.isUnresolved(prefix) || /^[^/].*[^/]$|^[^/]$/.test(prefix),
    `prefix must not be empty nor begin or end with a slash, got ${JSON.stringify(prefix)}`);
}
