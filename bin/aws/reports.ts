import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { parseJson } from '../../analyzer/json-file';
import { S3Files } from '../../lambda/shared/s3-files';
import { executionResultSchema } from '../../lambda/shared/schemas';
import { ExecutionResult, latestUri, ReportFile } from '../../lib/contract';
import { VIOLATIONS, ViolationsFile } from '../analysis/violations-file';
import { findSchedule } from './deployed-schedule';
import { ManagedMonitor } from './managed-schedule';

/** The newest result of one monitor. */
export interface NewestResult {
  readonly monitor: string;
  /** Absent where no execution has ended yet. */
  readonly result?: ExecutionResult;
  readonly violations: ViolationsFile['violations'];
}

/** Files in buckets of any region. */
function s3Files(): S3Files {
  return new S3Files(new S3Client({ followRegionRedirects: true }));
}

/** The violations in a folder of S3; or in the file, where one is named. */
export async function violationsAt(place: string): Promise<ViolationsFile> {
  const uri = place.endsWith('.json') ? place : `${place.replace(/\/+$/, '')}/${ReportFile.VIOLATIONS}`;
  const violations = await findJson(uri, VIOLATIONS, 'violations');
  if (violations === undefined) throw new AnalyzerError(`${uri} does not exist: give the folder of a report, or --schedule NAME for the newest`);
  return violations;
}

/** The newest result of each monitor of a deployed schedule. */
export async function newestResults(name: string): Promise<NewestResult[]> {
  const schedule = await findSchedule(name);
  if ('managed' in schedule) return Promise.all(schedule.managed.map(newestResult));
  const { output: { uri: outputUri }, capture: { endpointName }, monitors } = schedule.config;
  return Promise.all(monitors.map(monitor => newestResult({ outputUri, endpointName, name: monitor.name })));
}

async function newestResult({ outputUri, endpointName, name: monitor }: Pick<ManagedMonitor, 'outputUri' | 'endpointName' | 'name'>): Promise<NewestResult> {
  const result = await findJson(latestUri(outputUri, endpointName, monitor), executionResultSchema, 'results');
  const violations = result?.status === 'CompletedWithViolations' ? (await violationsAt(result.reportUri)).violations : [];
  return { monitor, ...(result !== undefined && { result }), violations };
}

/** What a file of S3 holds; `undefined` where there is none. */
export async function findJson<T>(uri: string, schema: z.ZodType<T>, what: string): Promise<T | undefined> {
  const file = await s3Files().find(uri);
  return file === undefined ? undefined : parseJson(file.text, uri, schema, what);
}
