import { GetScheduleCommand, paginateListSchedules, SchedulerClient, Target } from '@aws-sdk/client-scheduler';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { startRequestSchema } from '../../lambda/shared/schemas';
import { ScheduleConfig } from '../../lib/contract';

/** A schedule as it is deployed. */
export interface DeployedSchedule {
  readonly config: ScheduleConfig;
  /** Queue that takes requests to start an execution. */
  readonly queueArn: string;
  /** What the Scheduler puts into the queue at a time. */
  readonly requestAt: (scheduledTime: string) => string;
}

/** The deployed schedule of a name: the Scheduler's own input to its queue tells all about it. */
export async function findSchedule(name: string): Promise<DeployedSchedule> {
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
  const there = others.length === 0 ? 'there is none' : `there are ${others.sort().join(', ')}`;
  throw new AnalyzerError(`no schedule ${name} is deployed in ${await scheduler.config.region()}: ${there}`);
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
