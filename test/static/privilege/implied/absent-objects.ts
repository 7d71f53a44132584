import { listObjects, RequiredPermission } from '../../../../rehearsal/iam/implied';
import { RecordedPlay } from '../recorded-play';

const GET_OBJECT = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html';

/**
 * Who may not list what would be there is told "denied" of an object that is absent, instead of "not found".
 * A permission to list that ends at a prefix is enough, as others have tried.
 *
 * @see https://github.com/kopia/kopia/pull/3072
 */
export function absentObjects({ calls }: RecordedPlay): RequiredPermission[] {
  return calls.filter(({ call }) => call.operation === 'GetObject').flatMap(({ role, call: { input } }) => {
    const { Bucket: bucket, Key: key } = input as { readonly Bucket: string; readonly Key: string };
    return listObjects({ role, bucket, prefix: key }).map(permission => ({ ...permission, because: 'the object may be absent', documentation: GET_OBJECT }));
  });
}
