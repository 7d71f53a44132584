import { Deployment } from '../../assembly/deployment';
import { regionalArn } from '../../assembly/physical';
import { TemplateResource, where } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { Principal } from '../principal';
import { useKey } from './keys';
import { publish, receiveMessages, sendMessage } from './messages';
import { required, RequiredPermission, roleOf, trust } from './required-permission';

const RULES = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html';
const SCHEDULER = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html';
const EXECUTION_ROLE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html';
const LAMBDA_VPC = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html';
const LAMBDA_ENVIRONMENT = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html';
const INVOKE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';

/** An alarm tells a topic, in its own name; a customer-managed key has to admit CloudWatch too. */
export function alarmNotifies(alarm: TemplateResource, topic: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { account } = alarm.stack.environment;
  const source = { 'aws:SourceArn': deployment.physical(alarm).arn, 'aws:SourceAccount': account };
  const context = { ...source, 'aws:SourceOwner': account };
  return publish({ principal: { service: 'cloudwatch.amazonaws.com' }, to: topic, context, keyContext: source }, deployment);
}

/** A rule delivers to a function, a queue or a topic, its dead-letter queue too, in the name of EventBridge. */
export function ruleDelivers(rule: TemplateResource, target: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const context = { 'aws:SourceArn': deployment.physical(rule).arn, 'aws:SourceAccount': rule.stack.environment.account };
  return deliver({ principal: { service: 'events.amazonaws.com' }, to: target, context, documentation: RULES }, deployment);
}

/** A schedule delivers, to its target and its dead-letter queue, as the role that it was given. */
export function scheduleDelivers(schedule: TemplateResource, target: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { Target, GroupName: group = 'default' } = deployment.properties(schedule) as { Target: { RoleArn: string }; GroupName?: string };
  const role = roleOf(schedule, Target.RoleArn, deployment);
  return [
    ...trust(role, 'scheduler.amazonaws.com', regionalArn(schedule.stack.environment, 'scheduler', `schedule-group/${group}`), deployment, SCHEDULER),
    ...deliver({ principal: role, to: target, documentation: SCHEDULER }, deployment),
  ];
}

/** Lambda reads a queue for a function, as the function's role. */
export function functionPolls(lambda: TemplateResource, queue: TemplateResource, deployment: Deployment): RequiredPermission[] {
  return receiveMessages({ principal: functionRole(lambda, deployment), to: queue }, deployment);
}

/** One function calls another, or hands what it could not do to a queue, topic or function, as its role. */
export function functionDelivers(lambda: TemplateResource, target: TemplateResource, deployment: Deployment): RequiredPermission[] {
  return deliver({ principal: functionRole(lambda, deployment), to: target, documentation: INVOKE }, deployment);
}

/** What a function needs before its code does anything: to be its role, to log, its network, its environment. */
export function functionRuns(lambda: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { LoggingConfig, VpcConfig, KmsKeyArn: key } = deployment.properties(lambda) as FunctionProperties;
  const role = functionRole(lambda, deployment);
  const { name, arn } = deployment.physical(lambda);
  const { environment } = lambda.stack;
  const stream = regionalArn(environment, 'logs', `log-group:${LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`}:log-stream:latest`);
  const vpcActions = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface'];
  const inVpc = VpcConfig?.SubnetIds !== undefined && VpcConfig.SubnetIds.length > 0;
  return [
    ...trust(role, 'lambda.amazonaws.com', arn, deployment, EXECUTION_ROLE),
    ...required({ principal: role, actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resource: stream }, 'the function writes its log', EXECUTION_ROLE),
    ...(inVpc ? required({ principal: role, actions: vpcActions, resource: '*' }, 'the function stands in a VPC', LAMBDA_VPC) : []),
    ...useKey({
      principal: role, actions: ['kms:Decrypt'], key, via: 'lambda',
      because: 'its environment is encrypted', documentation: LAMBDA_ENVIRONMENT,
    }, environment, deployment),
  ];
}

/** The role that a function acts as. */
export function functionRole(lambda: TemplateResource, deployment: Deployment): TemplateResource {
  return roleOf(lambda, deployment.value(lambda, lambda.properties.Role), deployment);
}

interface FunctionProperties {
  readonly LoggingConfig?: { readonly LogGroup?: string };
  readonly VpcConfig?: { readonly SubnetIds?: readonly string[] };
  readonly KmsKeyArn?: string;
}

interface Delivery {
  readonly principal: Principal;
  readonly to: TemplateResource;
  readonly context?: Readonly<Record<string, string>>;
  readonly documentation: string;
}

function deliver({ documentation, ...delivery }: Delivery, deployment: Deployment): RequiredPermission[] {
  const { principal, to, context = {} } = delivery;
  switch (to.type) {
    case 'AWS::SQS::Queue': return sendMessage(delivery, deployment);
    case 'AWS::SNS::Topic': return publish(delivery, deployment);
    case 'AWS::Lambda::Function': {
      return required({ principal, actions: ['lambda:InvokeFunction'], resource: deployment.physical(to).arn, context }, 'it invokes the function', documentation);
    }
    default: throw new UnplayableError(`a delivery to a ${to.type}: the rehearsal knows queues, topics and functions`, where(to));
  }
}
