import * as z from 'zod';
import { Access, Location, regionalArn } from './aws-call';
import { AwsError } from './aws-error';
import { Operation, epochSeconds, operation } from './operation';

/** How the managed service says that an execution ended. */
export interface MonitoringExecutionEnd {
  readonly status: 'Completed' | 'CompletedWithViolations' | 'Failed' | 'Stopped';
  readonly failureReason?: string;
}

/** An execution of a monitoring schedule; one without an end is under way. */
export interface MonitoringExecution {
  readonly scheduledTime: Date;
  readonly creationTime: Date;
  /** Of its newest job; absent where there was nothing to analyse. */
  processingJobArn?: string;
  end?: MonitoringExecutionEnd & { readonly time: Date };
}

interface ManagedSchedule {
  readonly config: Readonly<Record<string, unknown>>;
  readonly creationTime: Date;
  status: 'Scheduled' | 'Stopped';
  changed: Date;
  readonly executions: MonitoringExecution[];
}

/** What is asked of a schedule takes that long; until then it is pending. */
const CHANGE = 15_000;

const scheduleName = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'must match [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}');
const ByName = z.object({ MonitoringScheduleName: scheduleName });
const ListMonitoringExecutions = z.object({
  MonitoringScheduleName: scheduleName,
  MaxResults: z.number().int().min(1).max(100).default(10),
  SortBy: z.enum(['CreationTime', 'ScheduledTime', 'Status']).default('CreationTime'),
  SortOrder: z.enum(['Ascending', 'Descending']).default('Descending'),
  NextToken: z.string().optional(),
});

/** SageMaker's monitoring schedules and their executions. They are kept and described here; whoever plays the service begins and ends executions. */
export class MonitoringSchedules {
  private readonly byName = new Map<string, ManagedSchedule>();

  constructor(private readonly location: Location, private readonly clock: () => Date) {}

  /** Makes a schedule exist. */
  create(name: string, config: ManagedSchedule['config']): void {
    const now = this.clock();
    this.byName.set(name, { config, creationTime: now, status: 'Scheduled', changed: now, executions: [] });
  }

  /** ARNs are lower-case, whatever the name is. */
  arn(name: string): string {
    return regionalArn(this.location, 'sagemaker', `monitoring-schedule/${name.toLowerCase()}`);
  }

  /** Begins an execution; `undefined` while the schedule is stopped or pending, and while another is under way. */
  begin(name: string, scheduledTime: Date): MonitoringExecution | undefined {
    const schedule = this.find(name);
    if (this.isPending(schedule) || schedule.status === 'Stopped' || schedule.executions.some(({ end }) => end === undefined)) return undefined;
    const execution: MonitoringExecution = { scheduledTime, creationTime: this.clock() };
    schedule.executions.push(execution);
    return execution;
  }

  /** Ends an execution. */
  conclude(execution: MonitoringExecution, end: MonitoringExecutionEnd): void {
    execution.end = { ...end, time: this.clock() };
  }

  readonly operations: Record<string, Operation> = {
    DescribeMonitoringSchedule: operation(ByName,
      input => this.access('DescribeMonitoringSchedule', input.MonitoringScheduleName),
      input => this.describe(input.MonitoringScheduleName)),
    StartMonitoringSchedule: operation(ByName,
      input => this.access('StartMonitoringSchedule', input.MonitoringScheduleName),
      input => this.change(input.MonitoringScheduleName, 'Scheduled')),
    StopMonitoringSchedule: operation(ByName,
      input => this.access('StopMonitoringSchedule', input.MonitoringScheduleName),
      input => this.change(input.MonitoringScheduleName, 'Stopped')),
    ListMonitoringExecutions: operation(ListMonitoringExecutions,
      () => ({ action: 'sagemaker:ListMonitoringExecutions', resource: '*', conditions: {} }),
      input => this.list(input)),
  };

  private access(operationName: string, name: string): Access {
    return { action: `sagemaker:${operationName}`, resource: this.arn(name), conditions: {} };
  }

  private find(name: string): ManagedSchedule {
    const schedule = this.byName.get(name);
    if (schedule === undefined) throw new AwsError('ResourceNotFound', `Monitoring Schedule ${this.arn(name)} not found`);
    return schedule;
  }

  private isPending({ changed }: ManagedSchedule): boolean {
    return this.clock().getTime() - changed.getTime() < CHANGE;
  }

  private change(name: string, status: ManagedSchedule['status']): unknown {
    const schedule = this.find(name);
    if (this.isPending(schedule)) throw new AwsError('ValidationException', 'Monitoring schedule in status Pending');
    schedule.status = status;
    schedule.changed = this.clock();
    return {};
  }

  private describe(name: string): unknown {
    const schedule = this.find(name);
    const { config, creationTime, changed, executions, status } = schedule;
    const last = executions.at(-1);
    return {
      MonitoringScheduleArn: this.arn(name),
      MonitoringScheduleName: name,
      MonitoringScheduleStatus: this.isPending(schedule) ? 'Pending' : status,
      MonitoringScheduleConfig: config,
      MonitoringType: config.MonitoringType,
      CreationTime: epochSeconds(creationTime),
      LastModifiedTime: epochSeconds(changed),
      ...last && { LastMonitoringExecutionSummary: summary(name, last) },
    };
  }

  private list({ MonitoringScheduleName: name, MaxResults, NextToken = '0', SortOrder }: z.output<typeof ListMonitoringExecutions>): unknown {
    const oldestFirst = this.find(name).executions.map(execution => summary(name, execution));
    const sorted = SortOrder === 'Ascending' ? oldestFirst : oldestFirst.reverse();
    const end = Number(NextToken) + MaxResults;
    return { MonitoringExecutionSummaries: sorted.slice(Number(NextToken), end), ...end < sorted.length && { NextToken: String(end) } };
  }
}

function summary(name: string, { creationTime, end, processingJobArn, scheduledTime }: MonitoringExecution): unknown {
  return {
    MonitoringScheduleName: name,
    ScheduledTime: epochSeconds(scheduledTime),
    CreationTime: epochSeconds(creationTime),
    LastModifiedTime: epochSeconds(end?.time ?? creationTime),
    MonitoringExecutionStatus: end?.status ?? 'InProgress',
    ProcessingJobArn: processingJobArn,
    FailureReason: end?.failureReason,
  };
}
