import { CfnElement, Stack, Token } from 'aws-cdk-lib';
import { CfnAlarm, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';

/** CloudWatch takes no longer name. */
const LONGEST_NAME = 255;
/** CloudFormation ends a name that it makes up with a hyphen and so many characters. */
const SUFFIX_LENGTH = 14;

/** The name of an alarm, or one as long as what CloudFormation makes up for it: limits count characters that nobody knows yet. */
export function longestAlarmName(alarm: IAlarm): string {
  const { stackName } = Stack.of(alarm);
  const resource = alarm.node.defaultChild;
  if (!Token.isUnresolved(alarm.alarmName)) return alarm.alarmName;
  const { alarmName: given } = resource as Partial<CfnAlarm> | undefined ?? {};
  if (given !== undefined && !Token.isUnresolved(given)) return given;
  if (!CfnElement.isCfnElement(resource) || Token.isUnresolved(stackName)) return 'x'.repeat(LONGEST_NAME);
  const logicalId = String(Stack.of(alarm).resolve(resource.logicalId));
  return 'x'.repeat(Math.min(LONGEST_NAME, stackName.length + 1 + logicalId.length + SUFFIX_LENGTH));
}
