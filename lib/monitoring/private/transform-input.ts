import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TransformSource, TypedAnalysis } from '../../contract';
import { retentionOf } from '../../private/retention';
import { S3Location } from '../../private/s3-location';
import { Problems } from '../../private/validation';
import { BatchTransformOptions, TransformFormat } from '../batch-transform-options';
import { BucketFolder } from '../bucket-folder';
import { checkPrefix } from './checks';
import { bucketOwner, ScheduleInput } from './schedule-input';

const LONGEST_TRANSFORM = Duration.hours(1);

/** What batch transform jobs have captured. */
export function transformInput(options: BatchTransformOptions): ScheduleInput {
  const { captures, transformInput, transformOutput } = options;
  const transform: TransformSource = {
    ...transformInput && { inputUri: uriOf(transformInput) },
    ...transformOutput && { outputUri: uriOf(transformOutput) },
    encoding: options.format ?? TransformFormat.CSV,
    joinsInput: options.joinsInput ?? false,
    longestHours: (options.longestTransform ?? LONGEST_TRANSFORM).toHours({ integral: false }),
  };
  const data = [...transformInput ? [transformInput] : [], ...transformOutput ? [transformOutput] : []];
  const folders = [captures, ...data];
  return {
    retention: shortest(folders),
    completeAfter: options.longestTransform ?? LONGEST_TRANSFORM,
    check: (problems, analyses) => {
      checkTransform(transform, problems);
      for (const { prefix } of folders) if (prefix !== undefined) checkPrefix(prefix, problems);
      for (const analysis of analyses) checkSides(analysis, transform, problems);
    },
    source: scope => ({ uri: uriOf(captures), ...bucketOwner(scope, captures.bucket.env.account), transform }),
    captures: scope => locationOf(scope, captures),
    data: scope => data.map(folder => locationOf(scope, folder)),
  };
}

function checkTransform({ encoding, inputUri, joinsInput, longestHours }: TransformSource, problems: Problems): void {
  problems.require(Number.isInteger(longestHours) && longestHours >= 0 && longestHours <= 24 * 28,
    `longestTransform must be whole hours from 0 to 28 days, which SageMaker lets no job exceed, got ${Duration.minutes(longestHours * 60).toHumanString()}`);
  problems.require(!joinsInput || encoding === 'CSV', 'joinsInput is told of CSV alone: in JSON lines what is joined has a name, so leave it out');
  problems.require(!joinsInput || inputUri !== undefined, 'joinsInput needs transformInput: what a line begins with is taken from there');
}

function checkSides({ type, analysis }: TypedAnalysis, { inputUri, outputUri }: TransformSource, problems: Problems): void {
  if (type === 'model-explainability') {
    problems.add('the model-explainability monitor asks an endpoint, and a batch transform has none: watch an endpoint with it, or leave it out');
    return;
  }
  const sides = 'captureIndexNames' in analysis ? analysis.captureIndexNames : type === 'model-quality' ? ['endpointOutput'] : ['endpointInput', 'endpointOutput'];
  problems.require(inputUri !== undefined || !sides.includes('endpointInput'), `the ${type} monitor looks at what the jobs read: give transformInput`);
  problems.require(outputUri !== undefined || !sides.includes('endpointOutput'), `the ${type} monitor looks at what the jobs write: give transformOutput`);
}

function shortest(folders: readonly BucketFolder[]): Duration | undefined {
  const days = folders.flatMap(({ bucket, prefix }) => retentionOf(bucket, prefix ?? '')?.toDays() ?? []);
  return days.length === 0 ? undefined : Duration.days(Math.min(...days));
}

function uriOf({ bucket, prefix }: BucketFolder): string {
  return bucket.s3UrlForObject(prefix);
}

function locationOf(scope: IConstruct, folder: BucketFolder): S3Location {
  return S3Location.folder(scope, uriOf(folder), folder.bucket.encryptionKey);
}
