import { IConstruct } from 'constructs';
import { retentionOf } from '../../private/retention';
import { S3Location } from '../../private/s3-location';
import { BucketFolder } from '../bucket-folder';
import { checkPrefix } from './checks';
import { bucketOwner, ScheduleInput } from './schedule-input';

/** Records that lie in a folder, by the hour. */
export function capturesInput({ bucket, prefix }: BucketFolder): ScheduleInput {
  const uri = bucket.s3UrlForObject(prefix);
  const captures = (scope: IConstruct): S3Location => S3Location.folder(scope, uri, bucket.encryptionKey);
  return {
    retention: retentionOf(bucket, prefix ?? ''),
    check: (problems) => { if (prefix !== undefined) checkPrefix(prefix, problems); },
    source: scope => ({ uri, ...bucketOwner(scope, bucket.env.account) }),
    captures,
    data: scope => [captures(scope)],
  };
}
