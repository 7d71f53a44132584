import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Problems } from '../private/validation';
import { BaselineJob } from './baseline-job';
import { addActions, checkActions } from './private/alarm-actions';

/** Properties of a BaselineFailedAlarm. */
export interface BaselineFailedAlarmProps {
  /** The baseline: of a watched dataset, or one that the deployment does not wait for. */
  readonly baseline: BaselineJob;
  /**
   * What the alarm does, such as `new SnsAction(topic)`; at most 5.
   *
   * @default - nothing, which a warning says
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

/** The end of a job is told within minutes, and tried again for two hours where it cannot be. */
const TOLD_WITHIN = Duration.hours(3);

/**
 * An alarm that is raised when a job failed that was to make a baseline: executions compare with the one before it, or have none. It stays as it is
 * until the next job says otherwise.
 *
 * @throws ValidationError when the deployment waits for the job, and fails with it.
 */
export class BaselineFailedAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, { baseline, actions = [] }: BaselineFailedAlarmProps) {
    const period = Duration.hours(1);
    super(scope, id, {
      metric: baseline.metricFailed({ period }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: TOLD_WITHIN.toHours() / period.toHours(),
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      alarmDescription: `No baseline was made of the newest dataset of ${baseline.node.path}`,
    });
    const problems = new Problems(this);
    checkActions(actions, problems);
    problems.throwIfAny();
    addActions(this, actions);
  }
}
