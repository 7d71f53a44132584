import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ExecutionMetric } from '../contract';
import { Problems } from '../private/validation';
import { ExecutionAlarmProps } from './execution-alarm-props';
import { watch } from './private/schedule-alarm';

/** Properties of a TooFewRowsAlarm. */
export interface TooFewRowsAlarmProps extends ExecutionAlarmProps {
  /**
   * The alarm is raised when a window held fewer rows.
   *
   * @default 200, below which distances from the baseline are not measured
   */
  readonly minimumRows?: number;
}

/**
 * An alarm that is raised when a window held traffic, but too little to judge the model by. A window without any is for NoDataAlarm.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class TooFewRowsAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: TooFewRowsAlarmProps) {
    const { schedule, minimumRows = 200 } = props;
    super(scope, id, {
      metric: schedule._executionMetric(ExecutionMetric.RECORDS_ANALYSED, { statistic: cloudwatch.Stats.MINIMUM }),
      threshold: minimumRows,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      alarmDescription: `Fewer than ${minimumRows} rows analysed ${schedule._place}`,
    });
    const problems = new Problems(this);
    problems.require(Number.isInteger(minimumRows) && minimumRows > 0, `minimumRows must be a whole number above 0, got ${minimumRows}`);
    watch(this, props, problems);
  }
}
