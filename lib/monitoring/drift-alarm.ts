import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Problems } from '../private/validation';
import { DriftMetric } from './drift-metric';
import { ExecutionAlarmProps } from './execution-alarm-props';
import { LatestResult } from './private/latest-result';
import { periodsToSee } from './private/metric-delay';
import { watch } from './private/schedule-alarm';

/** Properties of a DriftAlarm. */
export interface DriftAlarmProps extends ExecutionAlarmProps {
  /** What is watched. */
  readonly metric: DriftMetric;
  /**
   * The alarm is raised above it: from 0 to below 1 for a distance, above 0 for a mean's shift, a whole number for a count. Where lower is
   * worse, as of accuracy, disparate impact and nDCG, it is raised below.
   */
  readonly threshold: number;
  /**
   * Statistic of the metric over the cadence.
   *
   * @default - the worst: the maximum, or the minimum where lower is worse
   */
  readonly statistic?: string;
}

/**
 * An alarm on one measure of drift. One execution beyond the threshold raises it; it stays as it is until the next execution says otherwise.
 *
 * It looks back as far as the engine's metrics can be late: an engine that stamps them with the start of the window has the alarm look
 * at several cadences, and as many executions without drift end it.
 *
 * @throws ValidationError when the threshold is out of the metric's bounds.
 */
export class DriftAlarm extends cloudwatch.Alarm {
  /**
   * The newest result of the monitor that found the drift.
   *
   * @internal
   */
  public readonly _evidence: LatestResult;

  constructor(scope: Construct, id: string, props: DriftAlarmProps) {
    const { schedule, threshold } = props;
    const { description, feature, isWorseBelow = false, metric, monitor, problem } = props.metric._measure;
    const statistic = props.statistic ?? (isWorseBelow ? cloudwatch.Stats.MINIMUM : cloudwatch.Stats.MAXIMUM);
    const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;
    super(scope, id, {
      metric: metric(schedule, { statistic }),
      threshold,
      comparisonOperator: isWorseBelow ? LESS_THAN_THRESHOLD : GREATER_THAN_THRESHOLD,
      evaluationPeriods: periodsToSee(schedule.cadence, schedule._metricDelay),
      datapointsToAlarm: 1,
      // Missing data judged otherwise turns a late execution into OK, and the next one into a second alarm.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      alarmDescription: `${description} ${isWorseBelow ? 'below' : 'above'} ${threshold} ${schedule._place}`,
    });
    const problems = new Problems(this);
    const wrong = Token.isUnresolved(threshold) ? undefined : problem(threshold);
    if (wrong !== undefined) problems.add(wrong);
    watch(this, props, problems);
    if (feature !== undefined) schedule._watch(feature);
    this._evidence = schedule._latest(monitor);
  }
}
