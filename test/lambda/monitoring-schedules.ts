import * as z from 'zod';
import { AwsError } from '../../rehearsal/aws/aws-error';
import { Operation, operation } from '../../rehearsal/aws/operation';

const ByName = z.object({ MonitoringScheduleName: z.string() });
type Status = 'Pending' | 'Failed' | 'Scheduled' | 'Stopped';

/** One monitoring schedule of SageMaker, which takes its time: a change is pending until it is looked at. */
export class MonitoringSchedules {
  status: Status = 'Scheduled';
  failureReason: string | undefined;
  /** Statuses of its executions, newest first. */
  executions: string[] = [];
  private next: Status | undefined;

  constructor(private readonly name: string) {}

  readonly operations: Record<string, Operation> = {
    DescribeMonitoringSchedule: operation(ByName, access('DescribeMonitoringSchedule'), input => this.describe(input.MonitoringScheduleName)),
    StartMonitoringSchedule: operation(ByName, access('StartMonitoringSchedule'), () => this.change('Scheduled')),
    StopMonitoringSchedule: operation(ByName, access('StopMonitoringSchedule'), () => this.change('Stopped')),
    ListMonitoringExecutions: operation(ByName, () => ({ action: 'sagemaker:ListMonitoringExecutions', resource: '*', conditions: {} }), () => this.list()),
  };

  private list(): unknown {
    return { MonitoringExecutionSummaries: this.executions.map(MonitoringExecutionStatus => ({ MonitoringExecutionStatus })) };
  }

  private describe(name: string): unknown {
    if (name !== this.name) throw new AwsError('ResourceNotFound', `Monitoring schedule ${name} not found.`);
    const { status } = this;
    this.status = this.next ?? this.status;
    this.next = undefined;
    return { MonitoringScheduleName: name, MonitoringScheduleStatus: status, FailureReason: this.failureReason };
  }

  private change(next: Status): unknown {
    if (this.status === 'Pending') throw new AwsError('ValidationException', 'Monitoring schedule in status Pending');
    this.status = 'Pending';
    this.next = next;
    return {};
  }
}

function access(operationName: string) {
  return ({ MonitoringScheduleName }: z.output<typeof ByName>) => ({
    action: `sagemaker:${operationName}`,
    resource: `arn:aws:sagemaker:eu-west-1:111122223333:monitoring-schedule/${MonitoringScheduleName}`,
    conditions: {},
  });
}
