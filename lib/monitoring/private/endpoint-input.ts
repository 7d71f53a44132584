import { IConstruct } from 'constructs';
import { captureFolderUri } from '../../contract';
import { S3Location } from '../../private/s3-location';
import { IEndpointCapture } from '../endpoint-capture';
import { bucketOwner, ScheduleInput } from './schedule-input';

/** The traffic of an endpoint. */
export function endpointInput(endpoint: IEndpointCapture): ScheduleInput {
  const { captureUri: uri, endpointName, variantName } = endpoint;
  const folder = captureFolderUri({ uri, endpointName, variantName });
  const captures = (scope: IConstruct): S3Location => S3Location.folder(scope, folder, endpoint.captureKey);
  return {
    retention: endpoint.captureRetention,
    check: (problems) => {
      problems.require(/^s3:\/\/.*[^/]$/.test(uri), `captureUri begins with s3:// and has no slash at its end, got ${JSON.stringify(uri)}`);
    },
    source: scope => ({ uri, endpointName, variantName, ...bucketOwner(scope, endpoint.captureBucketOwner) }),
    captures,
    data: scope => [captures(scope)],
  };
}
