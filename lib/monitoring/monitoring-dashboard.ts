import { Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Problems } from '../private/validation';
import { MonitoringSchedule } from './monitoring-schedule';
import { overLimits } from './private/dashboard/limits';
import { alarmRows, scheduleRows } from './private/dashboard/schedule-widgets';

/** Properties of a MonitoringDashboard. */
export interface MonitoringDashboardProps {
  /** What is shown, one below the other. */
  readonly schedules: MonitoringSchedule[];
  /**
   * Alarms that are shown before all else, such as a ModelHealthAlarm.
   *
   * @default - those that watch the schedules, each with its schedule
   */
  readonly alarms?: cloudwatch.IAlarm[];
}

/**
 * A CloudWatch dashboard of models: the alarms that watch their schedules, records, executions and traffic, and what each monitor measures,
 * with the alarms' thresholds as lines.
 *
 * @throws ValidationError without schedules, and at synthesis when it would hold more than a dashboard can.
 */
export class MonitoringDashboard extends Construct {
  /** Name of the dashboard. */
  public readonly dashboardName: string;

  constructor(scope: Construct, id: string, private readonly props: MonitoringDashboardProps) {
    super(scope, id);
    const problems = new Problems(this);
    problems.require(props.schedules.length > 0, 'schedules is empty: give at least one MonitoringSchedule');
    problems.throwIfAny();
    // Alarms may be made after the dashboard: what it shows is put together at synthesis.
    const dashboard = new cloudwatch.CfnDashboard(this, 'Resource', { dashboardBody: Lazy.string({ produce: () => this.body() }) });
    this.dashboardName = dashboard.ref;
    this.node.addValidation({ validate: () => overLimits(this.rows().flat()) });
  }

  private body(): string {
    const column = new cloudwatch.Column(...this.rows().map(row => new cloudwatch.Row(...row)));
    column.position(0, 0);
    return Stack.of(this).toJsonString({ start: '-P7D', periodOverride: 'inherit', widgets: column.toJson() });
  }

  private rows(): cloudwatch.IWidget[][] {
    return [...alarmRows('Health', this.props.alarms ?? []), ...this.props.schedules.flatMap(scheduleRows)];
  }
}
