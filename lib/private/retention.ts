import { Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** How long a bucket of this app keeps the objects below a prefix; `undefined` when for ever, or when nobody knows. */
export function retentionOf(bucket: s3.IBucket, prefix: string): Duration | undefined {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof s3.CfnBucket)) return undefined;
  const lifecycle = Stack.of(resource).resolve(resource.lifecycleConfiguration) as s3.CfnBucket.LifecycleConfigurationProperty | undefined;
  const rules = (lifecycle?.rules ?? []) as s3.CfnBucket.RuleProperty[];
  const days = rules.filter(rule => rule.status === 'Enabled' && rule.tagFilters === undefined && concerns(rule, prefix)).flatMap(rule => rule.expirationInDays ?? []);
  return days.length === 0 ? undefined : Duration.days(Math.min(...days));
}

/** A rule on a part of what lies below the prefix deletes some of it. */
function concerns({ prefix: start = '' }: s3.CfnBucket.RuleProperty, prefix: string): boolean {
  return prefix.startsWith(start) || start.startsWith(prefix);
}
