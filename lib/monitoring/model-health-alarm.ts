import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { longestAlarmName } from '../private/alarm-name';
import { Problems } from '../private/validation';
import { checkActions } from './private/alarm-actions';

/** Properties of a ModelHealthAlarm. */
export interface ModelHealthAlarmProps {
  /** Alarms of the model, at most 100; other ModelHealthAlarms, too. */
  readonly alarms: cloudwatch.IAlarm[];
  /**
   * What the alarm does, such as `new SnsAction(topic)`; at most 5.
   *
   * @default - nothing: each of its alarms tells of itself
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

/** What CloudWatch takes. */
const MOST_ALARMS = 100;
const LONGEST_RULE = 10_240;

/**
 * One alarm for the health of a model: it is raised while any of the given alarms is.
 *
 * @throws ValidationError when there are more alarms than one can be made of.
 */
export class ModelHealthAlarm extends cloudwatch.CompositeAlarm {
  constructor(scope: Construct, id: string, { alarms, actions = [] }: ModelHealthAlarmProps) {
    super(scope, id, {
      alarmRule: cloudwatch.AlarmRule.fromString(alarms.map(rule).join(' OR ')),
      alarmDescription: 'An alarm of the model is raised',
    });
    const problems = new Problems(this);
    checkAlarms(alarms, problems);
    checkActions(actions, problems);
    problems.throwIfAny();
    this.addAlarmAction(...actions);
  }
}

/** Names are shorter than ARNs, and the rule is short. */
function rule({ alarmName }: cloudwatch.IAlarm): string {
  return `ALARM("${alarmName}")`;
}

function checkAlarms(alarms: readonly cloudwatch.IAlarm[], problems: Problems): void {
  const nest = 'give some to a ModelHealthAlarm of their own, and that one to this';
  problems.require(alarms.length > 0, 'alarms is empty: give at least one, such as a DriftAlarm');
  problems.require(new Set(alarms).size === alarms.length, 'alarms holds one of them twice');
  problems.require(alarms.length <= MOST_ALARMS, `alarms takes at most ${MOST_ALARMS}, got ${alarms.length}: ${nest}`);
  const length = alarms.map(alarm => rule(alarm).replace(alarm.alarmName, longestAlarmName(alarm))).join(' OR ').length;
  problems.require(length <= LONGEST_RULE,
    `the names of ${alarms.length} alarms make a rule of up to ${length} characters, at most ${LONGEST_RULE} are allowed: ${nest}`);
}
