import path from 'node:path';
import { DescribeProcessingJobCommandOutput } from '@aws-sdk/client-sagemaker';
import * as z from 'zod';
import { ContainerEnvironment, MONITOR_TYPES, MonitorConfig, reportUri } from '../../lib/contract';
import { instant } from '../shared/schemas';
import { PublishedExecution } from './execution-result';

/** An execution of the managed service, as its job tells it. */
export interface ManagedExecution {
  readonly config: PublishedExecution;
  readonly monitor: Pick<MonitorConfig, 'name' | 'type'>;
  /** Folder of the reports, no trailing slash. */
  readonly folderUri: string;
  /** S3 URI of the baseline's file: statistics where there are any, else constraints. */
  readonly baselineUri?: string;
}

/** Of transform jobs no document tells the environment: there is no endpoint to name, so that its name is not waited for. */
const environmentSchema = z.object({
  [ContainerEnvironment.ENDPOINT_NAME]: z.string().min(1).optional(),
  [ContainerEnvironment.SCHEDULE_NAME]: z.string().min(1),
  [ContainerEnvironment.START_TIME]: instant,
  [ContainerEnvironment.END_TIME]: instant,
  [ContainerEnvironment.BASELINE_CONSTRAINTS]: z.string().optional(),
  [ContainerEnvironment.BASELINE_STATISTICS]: z.string().optional(),
}).transform(environment => ({
  endpointName: environment[ContainerEnvironment.ENDPOINT_NAME],
  monitorName: environment[ContainerEnvironment.SCHEDULE_NAME],
  baselinePlace: environment[ContainerEnvironment.BASELINE_STATISTICS] ?? environment[ContainerEnvironment.BASELINE_CONSTRAINTS],
  window: { start: iso(environment[ContainerEnvironment.START_TIME]), end: iso(environment[ContainerEnvironment.END_TIME]) },
}));

/**
 * What a job tells of its execution; `undefined` of one that no schedule of ours began. The job that merges labels ends an execution only when
 * it fails; then it has written no report.
 */
export function managedExecution(job: DescribeProcessingJobCommandOutput): ManagedExecution | undefined {
  const environment = environmentSchema.safeParse(job.Environment);
  const outputUri = job.ProcessingOutputConfig?.Outputs?.[0]?.S3Output?.S3Uri?.replace(/\/$/, '');
  if (job.MonitoringScheduleArn === undefined || !environment.success || outputUri === undefined) return undefined;
  const { endpointName, monitorName, baselinePlace, window } = environment.data;
  const type = MONITOR_TYPES.find(each => monitorName.endsWith(`-${each}`));
  const folder = [endpointName, monitorName].filter(part => part !== undefined).map(escaped).join('/');
  const [uri, kind] = outputUri.split(new RegExp(`/(${folder}|merge)(?:/|$)`));
  const isMerge = kind === 'merge';
  if (type === undefined || uri === undefined || kind === undefined || (isMerge && job.ProcessingJobStatus === 'Completed')) return undefined;
  const kmsKeyId = job.ProcessingOutputConfig?.KmsKeyId;
  const schedule = {
    name: monitorName.slice(0, -`-${type}`.length),
    capture: { ...endpointName !== undefined && { endpointName } },
    output: { uri, ...kmsKeyId !== undefined && kmsKeyId !== '' && { kmsKeyId } },
  };
  const folderUri = isMerge ? reportUri(uri, endpointName, monitorName, window) : outputUri;
  return { config: { schedule, window }, monitor: { name: monitorName, type }, folderUri, baselineUri: baselineUri(job, baselinePlace) };
}

/** What the job's platform has brought to a place in the container. */
function baselineUri({ ProcessingInputs = [] }: DescribeProcessingJobCommandOutput, place: string | undefined): string | undefined {
  const input = ProcessingInputs.find(({ S3Input }) => S3Input?.LocalPath !== undefined && place?.startsWith(`${S3Input.LocalPath}/`));
  const uri = input?.S3Input?.S3Uri;
  return uri === undefined || place === undefined || path.posix.basename(uri) === path.posix.basename(place) ? uri : `${uri.replace(/\/$/, '')}/${path.posix.basename(place)}`;
}

function iso(time: string): string {
  return new Date(time).toISOString();
}

function escaped(text: string): string {
  return text.replace(/[^\w-]/g, '\\$&');
}
