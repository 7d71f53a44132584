import { parsePolicy, Policy } from './policy';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const NETWORK_INTERFACES = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
];

/**
 * Actions of the AWS-managed policies that CDK attaches by itself; each allows them on every resource.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': LOGS,
  'service-role/AWSLambdaVPCAccessExecutionRole': [...LOGS, ...NETWORK_INTERFACES],
  'service-role/AWSLambdaSQSQueueExecutionRole': ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS],
};

/** Names of the AWS-managed policies that the rehearsal knows. */
export const KNOWN_MANAGED_POLICIES = Object.keys(ACTIONS);

/** The policy behind `arn:aws:iam::aws:policy/…`; `undefined` when the rehearsal does not know it. */
export function managedPolicy(arn: string): Policy | undefined {
  const name = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const actions = name === undefined ? undefined : ACTIONS[name];
  return actions === undefined ? undefined : parsePolicy({ Statement: { Effect: 'Allow', Action: actions, Resource: '*' } }, `the AWS-managed policy ${name ?? ''}`);
}
