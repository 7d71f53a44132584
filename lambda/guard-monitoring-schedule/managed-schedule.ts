import {
  DescribeMonitoringScheduleCommand, DescribeMonitoringScheduleCommandOutput, ListMonitoringExecutionsCommand, ResourceNotFound, SageMakerClient,
  ScheduleStatus, StartMonitoringScheduleCommand, StopMonitoringScheduleCommand,
} from '@aws-sdk/client-sagemaker';

/** What is known of a schedule; nothing when there is none of that name. */
export interface ScheduleState {
  readonly name: string;
  readonly status?: ScheduleStatus;
  readonly failureReason?: string;
  readonly isExecuting: boolean;
}

/** While one of its executions is in one of these, a schedule is neither updated nor deleted. */
const EXECUTING: readonly (string | undefined)[] = ['Pending', 'InProgress', 'Stopping'];
/** The newest executions: those before have ended long ago. */
const NEWEST = 20;

/** A monitoring schedule of the managed service. */
export class ManagedSchedule {
  constructor(private readonly sageMaker: SageMakerClient, private readonly name: string) {}

  /** Its state now. */
  async state(): Promise<ScheduleState> {
    const described = await this.describe();
    if (described === undefined) return { name: this.name, isExecuting: false };
    const { MonitoringScheduleStatus: status, FailureReason: failureReason } = described;
    return { name: this.name, status, ...failureReason !== undefined && { failureReason }, isExecuting: await this.isExecuting() };
  }

  /** Has it begin executions again. */
  async start(): Promise<void> {
    await this.sageMaker.send(new StartMonitoringScheduleCommand({ MonitoringScheduleName: this.name }));
  }

  /** Has it begin no other execution; those that run go on. */
  async stop(): Promise<void> {
    await this.sageMaker.send(new StopMonitoringScheduleCommand({ MonitoringScheduleName: this.name }));
  }

  private async describe(): Promise<DescribeMonitoringScheduleCommandOutput | undefined> {
    try {
      return await this.sageMaker.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: this.name }));
    } catch (error) {
      if (error instanceof ResourceNotFound) return undefined;
      throw error;
    }
  }

  private async isExecuting(): Promise<boolean> {
    const { MonitoringExecutionSummaries = [] } = await this.sageMaker.send(new ListMonitoringExecutionsCommand({
      MonitoringScheduleName: this.name, SortBy: 'ScheduledTime', SortOrder: 'Descending', MaxResults: NEWEST,
    }));
    return MonitoringExecutionSummaries.some(({ MonitoringExecutionStatus }) => EXECUTING.includes(MonitoringExecutionStatus));
  }
}
