import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ExecutionAlarmProps } from './execution-alarm-props';
import { periodsToSee } from './private/metric-delay';
import { watch } from './private/schedule-alarm';

/** An alarm that is raised when a window held no traffic: nothing was analysed, so nothing is known of the model. */
export class NoDataAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: ExecutionAlarmProps) {
    const { schedule } = props;
    super(scope, id, {
      ...raisedByOne(schedule.metricNoData(), `No traffic captured ${schedule._place}`),
      evaluationPeriods: periodsToSee(schedule.cadence, schedule._metricDelay),
    });
    watch(this, props);
  }
}

/** An alarm that is raised when the job of an execution failed or was stopped. */
export class ExecutionFailedAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: ExecutionAlarmProps) {
    super(scope, id, raisedByOne(props.schedule.metricFailed(), `Monitoring execution failed ${props.schedule._place}`));
    watch(this, props);
  }
}

function raisedByOne(metric: cloudwatch.Metric, alarmDescription: string): cloudwatch.AlarmProps {
  return {
    metric,
    alarmDescription,
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  };
}
