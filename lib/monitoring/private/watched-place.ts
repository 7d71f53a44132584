import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { grantListObjects, grantReadObjects } from '../../private/grants';
import { Problems } from '../../private/validation';

/** Where a dataset lies, or where datasets arrive. */
export interface DatasetPlace {
  readonly bucket: s3.IBucket;
  /** An object, or a folder with its trailing slash. */
  readonly key: string;
}

/** Allows to read what is there. */
export function grantReadPlace(place: DatasetPlace, reader: iam.IGrantable): void {
  grantReadObjects(place.bucket, reader, keyPattern(place));
  grantListPlace(place, reader);
}

/** Allows to see what is there. */
export function grantListPlace(place: DatasetPlace, reader: iam.IGrantable): void {
  grantListObjects(place.bucket, reader, keyPattern(place));
}

/** Where baselines go. */
interface Output {
  readonly bucket: s3.IBucket;
  readonly prefix: string;
}

/** Notes a place that cannot be watched: baselines that are written into it would be taken for datasets, for ever. */
export function checkWatched({ bucket, key }: DatasetPlace, output: Output, problems: Problems): void {
  problems.require(key !== '' && !key.startsWith('/'),
    `a watched dataset is an object, or a folder with its trailing slash, got ${JSON.stringify(key)}`);
  const isInside = bucket.bucketName === output.bucket.bucketName && key.endsWith('/') && `${output.prefix}/`.startsWith(key);
  problems.require(Token.isUnresolved(key) || !isInside,
    `baselines go to ${JSON.stringify(output.prefix)}, inside of the watched folder ${JSON.stringify(key)}, and would be taken for datasets: give another prefix`);
}

function keyPattern({ key }: DatasetPlace): string {
  return key.endsWith('/') ? `${key}*` : key;
}
