import { CustomResource, Duration, Stack, Token } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { grant } from '../../../private/grants';
import { WaitingProvider } from '../waiting-provider';

/** A schedule of the service, and who guards it. */
export interface GuardedScheduleProps {
  readonly provider: WaitingProvider;
  readonly scheduleName: string;
  readonly monitoringType: string;
  /** Name of the job definition, by reference. */
  readonly jobDefinition: string;
  readonly expression: string;
}

/**
 * A schedule of the service between two guards. The service refuses to update and to delete a schedule while an execution runs, and CloudFormation
 * does not wait. What a resource refers to is updated before it and deleted after it, so that one guard stands before an update, and another before
 * a deletion.
 */
export class GuardedSchedule extends Construct {
  constructor(scope: Construct, id: string, private readonly props: GuardedScheduleProps) {
    super(scope, id);
    this.permit();
    const { expression, jobDefinition, monitoringType, scheduleName } = props;
    const before = this.guard('before');
    const schedule = new sagemaker.CfnMonitoringSchedule(this, 'Resource', {
      monitoringScheduleName: scheduleName,
      monitoringScheduleConfig: {
        monitoringType,
        monitoringJobDefinitionName: jobDefinition,
        scheduleConfig: { scheduleExpression: expression },
      },
    });
    schedule.node.addDependency(before);
    this.guard('after').node.addDependency(schedule);
  }

  /** It has what the schedule has, so that CloudFormation changes it whenever it changes the schedule. */
  private guard(moment: 'before' | 'after'): CustomResource {
    const { expression, jobDefinition, provider, scheduleName } = this.props;
    const guard = new CustomResource(this, moment, {
      resourceType: 'Custom::ModelMonitorScheduleGuard',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.hours(1),
      properties: { scheduleName, moment, jobDefinition, expression },
    });
    guard.node.addDependency(provider);
    return guard;
  }

  private permit(): void {
    const { provider: { isComplete }, scheduleName } = this.props;
    // ARNs are lower-case whatever the name is; that of a token is known to nobody here.
    const resourceName = Token.isUnresolved(scheduleName) ? scheduleName : scheduleName.toLowerCase();
    grant(isComplete, {
      actions: ['sagemaker:DescribeMonitoringSchedule', 'sagemaker:StartMonitoringSchedule', 'sagemaker:StopMonitoringSchedule'],
      resourceArns: [Stack.of(this).formatArn({ service: 'sagemaker', resource: 'monitoring-schedule', resourceName })],
    });
    grant(isComplete, {
      actions: ['sagemaker:ListMonitoringExecutions'], resourceArns: ['*'], reason: 'ListMonitoringExecutions knows no resource.',
    });
  }
}
