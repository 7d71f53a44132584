import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Problems } from '../../private/validation';
import { ExecutionAlarmProps } from '../execution-alarm-props';
import { addActions, checkActions } from './alarm-actions';

/** Ties an alarm to the schedule that it watches, unless something is wrong with its properties; then all of it is told. */
export function watch(alarm: cloudwatch.Alarm, { schedule, actions = [] }: ExecutionAlarmProps, problems = new Problems(alarm)): void {
  checkActions(actions, problems);
  problems.throwIfAny();
  schedule._alarms.push(alarm);
  addActions(alarm, actions);
}
