import { createHash } from 'node:crypto';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { groundTruthHourUri, parseS3Uri } from '../../lib/contract';
import { findSchedule } from './deployed-schedule';

/** Where the labels of a deployed schedule belong. */
export interface GroundTruthPlace {
  /** Folder that holds the years. */
  readonly uri: string;
  /** Which hour's folder a label belongs into: that in which it was collected, or with the managed service that of the request. */
  readonly hourOf: 'label' | 'request';
}

/** Looks it up. */
export async function groundTruthOf(name: string): Promise<GroundTruthPlace> {
  const schedule = await findSchedule(name);
  const uri = 'config' in schedule ? schedule.config.groundTruth?.uri : schedule.managed.find(({ groundTruthUri }) => groundTruthUri !== undefined)?.groundTruthUri;
  if (uri === undefined) throw new AnalyzerError(`the schedule ${name} has no ground truth, since its monitors need no labels: give --to s3://bucket/folder`);
  return { uri, hourOf: 'config' in schedule ? 'label' : 'request' };
}

/** Writes labels into the folder of the hour in which they were collected; the same labels twice in an hour are one file. */
export async function putLabels(lines: readonly string[], folder: string, collected: Date, file: string): Promise<string> {
  const body = `${lines.join('\n')}\n`;
  const name = `${path.basename(file).replace(/\.[^/]*$/, '')}-${createHash('sha256').update(body).digest('hex').slice(0, 12)}.jsonl`;
  const uri = `${groundTruthHourUri(folder.replace(/\/+$/, ''), collected)}${name}`;
  const { bucket: Bucket, key: Key } = parseS3Uri(uri);
  await new S3Client({ followRegionRedirects: true }).send(new PutObjectCommand({ Bucket, Key, Body: body, ContentType: 'application/jsonlines' }));
  return uri;
}
