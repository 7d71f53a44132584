import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ExecutionMetric } from '../contract';
import { Problems } from '../private/validation';
import { Cadence } from './cadence';
import { ExecutionAlarmProps } from './execution-alarm-props';
import { periodsBetweenEnds } from './private/metric-delay';
import { watch } from './private/schedule-alarm';
import { ScheduleDeployment } from './private/schedule-deployment';

/** Properties of an ExecutionOverdueAlarm. */
export interface ExecutionOverdueAlarmProps extends ExecutionAlarmProps {
  /**
   * So many cadences may pass without an execution that ended: at least 3 when hourly, else 2, since jobs do not all take equally long, and more
   * where they start with much jitter; at most 7 days.
   *
   * @default - as few as may be
   */
  readonly cadences?: number;
}

/** CloudWatch evaluates no more. */
const LONGEST = Duration.days(7);

/**
 * A dead man's switch: it is raised when no execution ended for some cadences, neither with a result, nor without data, nor failed.
 * It waits from its own deployment on: a new schedule is not taken for a silent one, and one that never begins is found all the same.
 *
 * CloudWatch looks back a few periods further before it takes silence for silence, so that it can be two cadences later.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class ExecutionOverdueAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: ExecutionOverdueAlarmProps) {
    const { schedule, cadences = periodsBetweenEnds(props.schedule.cadence) } = props;
    super(scope, id, {
      metric: new cloudwatch.MathExpression({
        // Where one of them is missing it counts as 0; where both are, so is the sum.
        expression: 'ended + deployed',
        usingMetrics: {
          ended: schedule.metricFailed({ statistic: cloudwatch.Stats.SAMPLE_COUNT }),
          deployed: schedule._executionMetric(ExecutionMetric.DEPLOYED, { statistic: cloudwatch.Stats.SAMPLE_COUNT }),
        },
        label: 'executions that ended',
        period: schedule.cadence.period,
      }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: cadences,
      datapointsToAlarm: cadences,
      // A period without an execution has no datapoint: that it is missing is what the alarm is about.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription: `No monitoring execution ended for ${cadences} × ${schedule.cadence.hours} h ${schedule._place}`,
    });
    const problems = new Problems(this);
    checkCadences(cadences, schedule.cadence, problems);
    watch(this, props, problems);
    this.node.defaultChild?.node.addDependency(new ScheduleDeployment(this, 'Deployment', schedule));
  }
}

function checkCadences(cadences: number, cadence: Cadence, problems: Problems): void {
  const most = Math.floor(LONGEST.toHours() / cadence.hours);
  problems.require(Number.isInteger(cadences) && cadences >= periodsBetweenEnds(cadence) && cadences <= most,
    `cadences must be a whole number from ${periodsBetweenEnds(cadence)} to ${most} where each is ${cadence.hours} h, since CloudWatch looks at 7 days, got ${cadences}`);
}
