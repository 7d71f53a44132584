import { createHash } from 'node:crypto';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { groundTruthHourUri, parseS3Uri } from '../../lib/contract';
import { findSchedule } from './deployed-schedule';

/** Folder of the labels of a deployed schedule, which holds the years. */
export async function groundTruthOf(schedule: string): Promise<string> {
  const { config: { groundTruth } } = await findSchedule(schedule);
  if (groundTruth === undefined) throw new AnalyzerError(`the schedule ${schedule} has no ground truth, since its monitors need no labels: give --to s3://bucket/folder`);
  return groundTruth.uri;
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
