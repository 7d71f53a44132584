import { createHash } from 'node:crypto';
import { BaselineAttempt, BaselineFiles, MonitorType, ReportFile } from '../../lib/contract';
import { ListedObject } from '../shared/s3-files';
import { ReadBaselineRequest } from './request';

const HASH_LENGTH = 16;

/** Where a baseline lies, and the files of which it is made. */
export interface BaselinePlace {
  /** Tells one configuration and dataset from another: 16 hexadecimal digits. */
  readonly hash: string;
  readonly folderUri: string;
  readonly files: BaselineFiles;
  readonly configUri: string;
  /** What is analysed. */
  readonly datasetUri: string;
  /** What the end of its job means for current.json; absent where nobody reads that. */
  readonly attempt?: BaselineAttempt;
}

/** Folder of a configuration: the same for the same dataset, analysis and analyzer, so that a rollback points back to what is there. */
export function configurationUri({ datasetUri, config, job, outputUri }: ReadBaselineRequest): string {
  return `${outputUri}/${hashOf({ datasetUri, config, imageUri: job.imageUri })}`;
}

/** Where current.json lies, beside the baselines of its configuration; absent where the deployment itself tells the files. */
export function currentUriOf(request: ReadBaselineRequest): string | undefined {
  const changes = request.continues === true || request.watchUri !== undefined;
  return changes ? `${configurationUri(request)}/${ReportFile.CURRENT}` : undefined;
}

/** The place of a baseline; each object that is watched has a folder of its own in that of the configuration. */
export function baselinePlace(request: ReadBaselineRequest, watched?: ListedObject): BaselinePlace {
  const configuration = configurationUri(request);
  const hash = watched === undefined ? configuration.slice(-HASH_LENGTH) : hashOf({ configuration, uri: watched.uri, etag: watched.etag });
  const folderUri = watched === undefined ? configuration : `${configuration}/${hash}`;
  const files = baselineFiles(folderUri, request.config.type);
  const currentUri = currentUriOf(request);
  const dated = watched && { datasetTime: watched.lastModified.toISOString() };
  return {
    hash,
    folderUri,
    files,
    configUri: `${folderUri}/input/config.json`,
    datasetUri: watched?.uri ?? request.datasetUri,
    ...currentUri !== undefined && { attempt: { namePrefix: request.job.namePrefix, currentUri, files, ...dated } },
  };
}

/** Where it is noted what the end of a job means that wrote into a folder. */
export function attemptUri(folderUri: string): string {
  return `${folderUri}/input/attempt.json`;
}

/** The baseline of bias and of explainability is analysis.json alone. */
export function baselineFiles(folderUri: string, type: MonitorType): BaselineFiles {
  const uri = (name: string): string => `${folderUri}/${name}`;
  return type === 'model-bias' || type === 'model-explainability'
    ? { constraintsUri: uri(ReportFile.ANALYSIS) }
    : { statisticsUri: uri(ReportFile.STATISTICS), constraintsUri: uri(ReportFile.CONSTRAINTS) };
}

/** Of JSON with sorted keys: CloudFormation keeps no order. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, HASH_LENGTH);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part);
}
