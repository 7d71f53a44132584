import { DescribeMonitoringScheduleCommand, paginateListMonitoringSchedules, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { MONITOR_TYPES, MONITORING_TYPES, MonitorType } from '../../lib/contract';
import { cadenceHours } from '../../rehearsal/player/model-monitor/offsets';
import { describeJobDefinition } from './job-definition';

/** A monitor that SageMaker Model Monitor executes, by a schedule of its own. */
export interface ManagedMonitor {
  readonly name: string;
  readonly type: MonitorType;
  readonly cadenceHours: number;
  /** Absent where transform jobs are watched. */
  readonly endpointName?: string;
  /** Folder that reports go below, no trailing slash. */
  readonly outputUri: string;
  /** Folder of the labels, no trailing slash. */
  readonly groundTruthUri?: string;
}

interface JobInput {
  readonly EndpointInput?: { readonly EndpointName?: string };
  readonly GroundTruthS3Input?: { readonly S3Uri?: string };
}

interface OutputConfig {
  readonly MonitoringOutputs?: readonly { readonly S3Output?: { readonly S3Uri?: string } }[];
}

/** Schedules of the managed service, by the name that their monitors have in common: it is followed by each monitor's kind. */
export async function managedSchedules(): Promise<ReadonlyMap<string, ReadonlySet<MonitorType>>> {
  const client = new SageMakerClient({});
  const found = new Map<string, Set<MonitorType>>();
  for await (const { MonitoringScheduleSummaries = [] } of paginateListMonitoringSchedules({ client }, { MaxResults: 100 })) {
    for (const { MonitoringScheduleName: name = '' } of MonitoringScheduleSummaries) {
      const type = MONITOR_TYPES.find(each => name.endsWith(`-${each}`));
      const schedule = name.slice(0, -`-${type ?? ''}`.length);
      if (type !== undefined) found.set(schedule, (found.get(schedule) ?? new Set()).add(type));
    }
  }
  return found;
}

/** Looks up one of them. */
export async function managedMonitor(schedule: string, type: MonitorType): Promise<ManagedMonitor> {
  const client = new SageMakerClient({});
  const name = `${schedule}-${type}`;
  const { MonitoringScheduleConfig: config } = await client.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: name }));
  const definition = await describeJobDefinition(client, type, config?.MonitoringJobDefinitionName ?? '') as Readonly<Record<string, unknown>>;
  const { EndpointInput, GroundTruthS3Input } = definition[`${MONITORING_TYPES[type]}JobInput`] as JobInput;
  const { MonitoringOutputs } = definition[`${MONITORING_TYPES[type]}JobOutputConfig`] as OutputConfig;
  return {
    name, type,
    cadenceHours: cadenceHours(config?.ScheduleConfig?.ScheduleExpression ?? ''),
    endpointName: EndpointInput?.EndpointName,
    outputUri: folder(MonitoringOutputs?.[0]?.S3Output?.S3Uri) ?? '',
    groundTruthUri: folder(GroundTruthS3Input?.S3Uri),
  };
}

function folder(uri: string | undefined): string | undefined {
  return uri?.replace(/\/$/, '');
}
