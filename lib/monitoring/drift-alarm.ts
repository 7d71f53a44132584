import { Annotations, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Problems } from '../private/validation';
import { DriftMetric } from './drift-metric';
import { MonitoringSchedule } from './monitoring-schedule';

/** Properties of a DriftAlarm. */
export interface DriftAlarmProps {
  /** The schedule that publishes the metric. */
  readonly schedule: MonitoringSchedule;
  /** What is watched. */
  readonly metric: DriftMetric;
  /** The alarm is raised above it: from 0 to below 1 for a distance, above 0 for a mean's shift, a whole number for a count. */
  readonly threshold: number;
  /**
   * Statistic of the metric over the cadence.
   *
   * @default cloudwatch.Stats.MAXIMUM
   */
  readonly statistic?: string;
  /**
   * What the alarm does, such as `new SnsAction(topic)`.
   *
   * @default - nothing, which a warning says
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

/**
 * An alarm on one measure of drift. One execution above the threshold raises it; it stays as it is until the next execution says otherwise.
 *
 * @throws ValidationError when the threshold is out of the metric's bounds.
 */
export class DriftAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: DriftAlarmProps) {
    const { schedule, threshold, statistic = cloudwatch.Stats.MAXIMUM } = props;
    const { description, feature, metric, problem } = props.metric._measure;
    super(scope, id, {
      metric: metric(schedule, { statistic }),
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      // Missing data judged otherwise turns a late execution into OK, and the next one into a second alarm.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      alarmDescription: `${description} above ${threshold} at endpoint ${schedule.endpointName}`,
    });
    this.check(Token.isUnresolved(threshold) ? undefined : problem(threshold));
    if (feature !== undefined) schedule._watch(feature);
    this.addAlarmAction(...props.actions ?? []);
    this.warnWithoutActions(props.actions ?? []);
  }

  private check(problem: string | undefined): void {
    const problems = new Problems(this);
    if (problem !== undefined) problems.add(problem);
    problems.throwIfAny();
  }

  private warnWithoutActions(actions: cloudwatch.IAlarmAction[]): void {
    if (actions.length > 0) return;
    Annotations.of(this).addWarningV2('cdk-model-monitor:alarmWithoutAction', 'nobody hears of this alarm: give it actions, such as new SnsAction(topic)');
  }
}
