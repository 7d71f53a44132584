import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringSchedule } from './monitoring-schedule';

/** Properties of an alarm on a schedule's health. */
export interface ExecutionAlarmProps {
  /** The schedule that is watched. */
  readonly schedule: MonitoringSchedule;
  /**
   * What the alarm does, such as `new SnsAction(topic)`; at most 5.
   *
   * @default - nothing, which a warning says
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}
