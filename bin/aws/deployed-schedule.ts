import { GetScheduleCommand, paginateListSchedules, SchedulerClient, Target } from '@aws-sdk/client-scheduler';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { startRequestSchema } from '../../lambda/shared/schemas';
import { MONITOR_TYPES, ScheduleConfig } from '../../lib/contract';
import { ManagedMonitor, managedMonitor, managedSchedules } from './managed-schedule';

/** A schedule as it is deployed. */
export interface DeployedSchedule {
  readonly config: ScheduleConfig;
  /** Queue that takes requests to start an execution. */
  readonly queueArn: string;
  /** What the Scheduler puts into the queue at a time. */
  readonly requestAt: (scheduledTime: string) => string;
}

/** A schedule whose executions SageMaker Model Monitor begins. */
export interface ManagedSchedule {
  readonly managed: readonly ManagedMonitor[];
}

/** The deployed schedule of a name: the Scheduler's own input to its queue tells all about it, or the managed service does. */
export async function findSchedule(name: string): Promise<DeployedSchedule | ManagedSchedule> {
  const scheduler = new SchedulerClient({});
  const others: string[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client: scheduler }, {})) {
    for (const { Name, GroupName, Target: target } of Schedules) {
      if (target?.Arn?.includes(':sqs:') !== true) continue;
      const schedule = deployedSchedule((await scheduler.send(new GetScheduleCommand({ Name, GroupName }))).Target);
      if (schedule?.config.name === name) return schedule;
      if (schedule !== undefined) others.push(schedule.config.name);
    }
  }
  const managed = await managedSchedules();
  const types = MONITOR_TYPES.filter(type => managed.get(name)?.has(type));
  if (types.length > 0) return { managed: await Promise.all(types.map(type => managedMonitor(name, type))) };
  const known = [...others, ...managed.keys()].sort();
  const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  throw new AnalyzerError(`no schedule ${name} is deployed in ${await scheduler.config.region()}: ${there}`);
}

/** The deployed schedule of a name, which can be asked for an execution. */
export async function findOwnSchedule(name: string): Promise<DeployedSchedule> {
  const schedule = await findSchedule(name);
  if ('config' in schedule) return schedule;
  throw new AnalyzerError(`the schedule ${name} is one of SageMaker Model Monitor, which begins its executions by itself: see them with model-monitor executions ${name}`);
}

/** `undefined` where the Scheduler calls something else. */
function deployedSchedule(target: Target | undefined): DeployedSchedule | undefined {
  if (target?.Arn === undefined || target.Input === undefined) return undefined;
  const requestAt = (scheduledTime: string): string => JSON.stringify({ ...JSON.parse(target.Input ?? '') as object, scheduledTime });
  try {
    const { schedule: config } = startRequestSchema.parse(JSON.parse(requestAt(new Date().toISOString())));
    return { config, queueArn: target.Arn, requestAt };
  } catch {
    return undefined;
  }
}
