import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ContainerPath, MetricRecord, parseS3Uri } from '../../lib/contract';
import { ProcessingJob, ProcessingJobEnd, ProcessingJobRequest } from '../aws';
import { inTemporaryFolder } from '../runtime/temporary-folder';
import { local, runContainer } from './container';

/** Reads and writes the objects of a job. */
export interface JobStorage {
  /** Keys below a prefix, in S3's order. */
  list(bucket: string, prefix: string): readonly string[];
  read(bucket: string, key: string): Buffer;
  write(bucket: string, key: string, body: Buffer): void;
}

/** The end of a job, as far as the container decides it. */
export interface ContainerEnd {
  readonly end: Pick<ProcessingJobEnd, 'status' | 'exitMessage' | 'failureReason'>;
  /** What the container left for the service to publish, which it does for jobs of its own schedules. */
  readonly metrics: readonly MetricRecord[];
}

/**
 * Plays a Processing job: downloads its inputs, runs the container's program, uploads its outputs.
 *
 * @param environment what SageMaker adds to the job's own
 */
export async function runJob(
  job: ProcessingJob, storage: JobStorage, environment: Readonly<Record<string, string>>,
): Promise<ContainerEnd> {
  return inTemporaryFolder('processing-job-', async (root) => {
    const empty = download(job.request, storage, root);
    if (empty !== undefined) return { end: { status: 'Failed', failureReason: noObjects(empty, job.request.RoleArn) }, metrics: [] };
    const { code, stderr } = await runContainer(job.request, root, environment);
    upload(job.request, storage, root);
    const exitMessage = readOptional(local(root, ContainerPath.MESSAGE))?.slice(0, 1024);
    if (code === 0) return { end: { status: 'Completed', exitMessage }, metrics: metricsBelow(root) };
    return { end: { status: 'Failed', exitMessage, failureReason: `AlgorithmError: ${stderr.trim().split('\n').at(-1) ?? ''}, exit code: ${code}` }, metrics: [] };
  });
}

/** Returns the URI of an input that holds nothing, with which a job fails before its container is run. */
function download(request: ProcessingJobRequest, storage: JobStorage, root: string): string | undefined {
  write(path.join(root, 'config', 'processingjobconfig.json'), JSON.stringify(request));
  for (const { S3Input: { S3DataType, S3Uri, LocalPath } } of request.ProcessingInputs) {
    const { bucket, key } = parseS3Uri(S3Uri);
    const folder = local(root, LocalPath ?? ContainerPath.DATASET);
    mkdirSync(folder, { recursive: true });
    const objects = S3DataType === 'ManifestFile' ? manifestObjects(storage.read(bucket, key)) : prefixObjects(storage, bucket, key);
    if (objects.length === 0 && S3DataType === 'S3Prefix') return S3Uri;
    for (const object of objects) write(path.join(folder, object.relative), storage.read(object.bucket, object.key));
  }
  return undefined;
}

/** As the service words it. */
function noObjects(uri: string, roleArn: string): string {
  return `ClientError: No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region, `
    + `that objects exist under that S3 prefix, and that the role "${roleArn}" has "s3:ListBucket" permissions on the bucket.`;
}

interface InputObject {
  readonly bucket: string;
  readonly key: string;
  readonly relative: string;
}

/** A manifest names a prefix and then what lies below it. */
function manifestObjects(manifest: Buffer): InputObject[] {
  const [head, ...names] = JSON.parse(manifest.toString()) as [{ readonly prefix: string }, ...string[]];
  const { bucket, key } = parseS3Uri(head.prefix);
  return names.map(relative => ({ bucket, key: `${key}${relative}`, relative }));
}

/** An object lies in the folder under its own name, what is below a prefix under the rest of its key. */
function prefixObjects(storage: JobStorage, bucket: string, prefix: string): InputObject[] {
  return storage.list(bucket, prefix).map(key => ({ bucket, key, relative: key === prefix ? path.basename(key) : key.slice(prefix.length).replace(/^\//, '') }));
}

function upload(request: ProcessingJobRequest, storage: JobStorage, root: string): void {
  for (const { S3Output: { S3Uri, LocalPath } } of request.ProcessingOutputConfig?.Outputs ?? []) {
    const { bucket, key } = parseS3Uri(S3Uri);
    const folder = local(root, LocalPath ?? ContainerPath.OUTPUT);
    for (const file of filesBelow(folder)) storage.write(bucket, `${key}/${path.relative(folder, file)}`, readFileSync(file));
  }
}

function metricsBelow(root: string): MetricRecord[] {
  return filesBelow(local(root, ContainerPath.CLOUDWATCH_METRICS)).flatMap(file => readFileSync(file, 'utf8').split('\n'))
    .filter(line => line !== '').map(line => JSON.parse(line) as MetricRecord);
}

function filesBelow(folder: string): string[] {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder, { withFileTypes: true, recursive: true }) : [];
  return entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
}

function write(file: string, body: Buffer | string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, body);
}

function readOptional(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}
