import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ExecutionMetric } from '../contract';
import { Problems } from '../private/validation';
import { ExecutionAlarmProps } from './execution-alarm-props';
import { endpointMetric } from './private/endpoint-metric';
import { periodsBetweenEnds } from './private/metric-delay';
import { watch } from './private/schedule-alarm';

/** Properties of a CaptureStoppedAlarm. */
export interface CaptureStoppedAlarmProps extends ExecutionAlarmProps {
  /**
   * So many invocations within a cadence, and nothing captured of them, are suspicious. Raise it where only a sample of the traffic is captured.
   *
   * @default 1
   */
  readonly minimumInvocations?: number;
}

/**
 * An alarm that is raised when the endpoint is invoked but nothing is captured: data capture is off, may not write, or writes elsewhere.
 * It has to be so for four cadences when hourly, else three, since what the first requests after a silence were is known when they are analysed.
 *
 * @throws ValidationError when a property is out of its bounds, the schedule watches no endpoint, or all of its monitors wait for labels.
 */
export class CaptureStoppedAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: CaptureStoppedAlarmProps) {
    const { schedule, minimumInvocations = 1 } = props;
    super(scope, id, {
      metric: new cloudwatch.MathExpression({
        expression: `IF(invocations >= ${minimumInvocations} AND captured < 1, 1, 0)`,
        usingMetrics: {
          invocations: endpointMetric(schedule, 'Invocations', { statistic: cloudwatch.Stats.SUM }),
          captured: schedule._metric(schedule._promptType ?? 'data-quality', ExecutionMetric.RECORDS_CAPTURED),
        },
        label: 'invoked, and not captured',
        period: schedule.cadence.period,
      }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // What was asked before a period is analysed in it, or as much later as the next.
      evaluationPeriods: 1 + periodsBetweenEnds(schedule.cadence),
      // Without invocations there is no datapoint, and nothing to capture.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: `Endpoint ${schedule.endpointName} is invoked, but its traffic is not captured`,
    });
    const problems = new Problems(this);
    problems.require(Number.isInteger(minimumInvocations) && minimumInvocations > 0, `minimumInvocations must be a whole number above 0, got ${minimumInvocations}`);
    problems.require(schedule._promptType !== undefined,
      'every monitor of the schedule waits for labels, and looks at captures when these have come: watch a schedule whose first monitor waits for none, such as Monitor.dataQuality(…)');
    watch(this, props, problems);
  }
}
