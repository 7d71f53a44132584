import { Annotations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Problems } from '../../private/validation';

/** CloudWatch takes no more for one state. */
const MOST_ACTIONS = 5;

/** Notes more actions than an alarm can have. */
export function checkActions(actions: readonly cloudwatch.IAlarmAction[], problems: Problems): void {
  problems.require(actions.length <= MOST_ACTIONS,
    `an alarm takes at most ${MOST_ACTIONS} actions, got ${actions.length}: let one action, such as new SnsAction(topic), reach the others`);
}

/** Has an alarm do what it is given to do; one that nobody hears of is warned about. */
export function addActions(alarm: cloudwatch.AlarmBase, actions: readonly cloudwatch.IAlarmAction[]): void {
  alarm.addAlarmAction(...actions);
  if (actions.length > 0) return;
  Annotations.of(alarm).addWarningV2('cdk-model-monitor:alarmWithoutAction', 'nobody hears of this alarm: give it actions, such as new SnsAction(topic)');
}
