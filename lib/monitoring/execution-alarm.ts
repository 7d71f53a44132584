import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MonitoringSchedule } from './monitoring-schedule';

/** Properties of an alarm on a schedule's health. */
export interface ExecutionAlarmProps {
  /** The schedule that is watched. */
  readonly schedule: MonitoringSchedule;
  /** What the alarm does, such as `new SnsAction(topic)`. */
  readonly actions: cloudwatch.IAlarmAction[];
}

/** An alarm that is raised when a window held no traffic: nothing was analysed, so nothing is known of the model. */
export class NoDataAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, { schedule, actions }: ExecutionAlarmProps) {
    super(scope, id, raisedByOne(schedule.metricNoData(), `No traffic captured at endpoint ${schedule.endpointName}`));
    this.addAlarmAction(...actions);
  }
}

/** An alarm that is raised when the job of an execution failed or was stopped. */
export class ExecutionFailedAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, { schedule, actions }: ExecutionAlarmProps) {
    super(scope, id, raisedByOne(schedule.metricFailed(), `Monitoring execution failed at endpoint ${schedule.endpointName}`));
    this.addAlarmAction(...actions);
  }
}

function raisedByOne(metric: cloudwatch.Metric, alarmDescription: string): cloudwatch.AlarmProps {
  return {
    metric,
    alarmDescription,
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  };
}
