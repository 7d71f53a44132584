import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ExecutionMetric, MonitorType } from '../contract';
import { Problems } from '../private/validation';
import { ExecutionAlarmProps } from './execution-alarm-props';
import { watch } from './private/schedule-alarm';

/** Properties of a GroundTruthLateAlarm. */
export interface GroundTruthLateAlarmProps extends ExecutionAlarmProps {
  /**
   * The alarm is raised when a smaller share (0–1) of the predictions has a label by the time they are analysed.
   *
   * @default 0.5
   */
  readonly minimumShare?: number;
}

/** Monitors that compare predictions with labels. */
const LABELLED: readonly MonitorType[] = ['model-quality', 'model-bias'];

/**
 * An alarm that is raised when labels do not come in time: what is known of the model's quality and bias rests on few predictions, or on none.
 *
 * @throws ValidationError when a property is out of its bounds, or when no monitor of the schedule needs labels.
 */
export class GroundTruthLateAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: GroundTruthLateAlarmProps) {
    const { schedule, minimumShare = 0.5 } = props;
    const monitor = LABELLED.find(type => schedule.monitorTypes.includes(type));
    super(scope, id, {
      metric: schedule._metric(monitor ?? 'model-quality', ExecutionMetric.LABELLED_SHARE, { statistic: cloudwatch.Stats.MINIMUM }),
      threshold: minimumShare,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      alarmDescription: `Fewer than ${minimumShare * 100} % of the predictions have a label ${schedule._place}`,
    });
    const problems = new Problems(this);
    problems.require(monitor !== undefined, `no monitor of the schedule needs labels: it has ${schedule.monitorTypes.join(', ')}; `
    + 'add Monitor.modelQuality(…) or Monitor.modelBias(…), or leave the alarm out');
    problems.require(minimumShare > 0 && minimumShare <= 1, `minimumShare must be above 0 and at most 1, got ${minimumShare}; 0.5 is half of the predictions`);
    watch(this, props, problems);
  }
}
