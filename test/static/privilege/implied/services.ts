import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { regionalArn } from '../../../../rehearsal/assembly/physical';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { functionRole, functionRuns, RequiredPermission, roleOf, trust } from '../../../../rehearsal/iam/implied';
import { useKey } from '../../../../rehearsal/iam/implied/keys';
import { required } from '../../../../rehearsal/iam/implied/required-permission';

const FLOW_LOGS = 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html';
const LOG_GROUPS = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html';
const ACCESS_LOGS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html';
const DEFAULT_GROUP = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Vpc.html#restrictdefaultsecuritygroup';

/** What services do in their own name, or in that of a role that only they use. */
export function serviceAccess(deployment: Deployment): RequiredPermission[] {
  return [
    ...deployment.resources('AWS::EC2::FlowLog').flatMap(flowLog => flowLogs(flowLog, deployment)),
    ...deployment.resources('AWS::Logs::LogGroup').flatMap(group => encryptedLogs(group, deployment)),
    ...deployment.resources('AWS::S3::Bucket').flatMap(bucket => accessLogs(bucket, deployment)),
    ...deployment.resources('Custom::VpcRestrictDefaultSG').flatMap(resource => defaultSecurityGroup(resource, deployment)),
  ];
}

function flowLogs(flowLog: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { DeliverLogsPermissionArn, LogGroupName } = deployment.properties(flowLog) as { DeliverLogsPermissionArn: string; LogGroupName: string };
  const role = roleOf(flowLog, DeliverLogsPermissionArn, deployment);
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'];
  const stream = regionalArn(flowLog.stack.environment, 'logs', `log-group:${LogGroupName}:log-stream:eni-all`);
  return [
    ...trust(role, 'vpc-flow-logs.amazonaws.com', deployment.physical(flowLog).arn, deployment, FLOW_LOGS),
    ...required({ principal: role, actions, resource: stream }, 'the network writes its flow log', FLOW_LOGS),
  ];
}

function encryptedLogs(group: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { environment } = group.stack;
  const context = { 'kms:EncryptionContext:aws:logs:arn': deployment.physical(group).arn.replace(/:\*$/, '') };
  return useKey({
    principal: { service: `logs.${environment.region}.amazonaws.com` },
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    key: deployment.value(group, group.properties.KmsKeyId) as string | undefined,
    via: 'logs', context, because: 'the log group is encrypted', documentation: LOG_GROUPS,
  }, environment, deployment);
}

interface LoggingConfiguration {
  readonly DestinationBucketName: string;
  readonly LogFilePrefix?: string;
}

function accessLogs(bucket: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { LoggingConfiguration: logging } = deployment.properties(bucket) as { LoggingConfiguration?: LoggingConfiguration };
  if (logging === undefined) return [];
  const { partition, account } = bucket.stack.environment;
  return required({
    principal: { service: 'logging.s3.amazonaws.com' },
    actions: ['s3:PutObject'],
    resource: `arn:${partition}:s3:::${logging.DestinationBucketName}/${logging.LogFilePrefix ?? ''}2026-01-05-09-00-00-0123456789ABCDEF`,
    context: { 'aws:SourceArn': deployment.physical(bucket).arn, 'aws:SourceAccount': account },
  }, 'the bucket has its access logged', ACCESS_LOGS);
}

function defaultSecurityGroup(resource: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { ServiceToken, DefaultSecurityGroupId } = deployment.properties(resource) as { ServiceToken: string; DefaultSecurityGroupId: string };
  const lambda = deployment.byArn(ServiceToken);
  if (lambda === undefined) throw new Error(`${resource.logicalId} has no function in the template`);
  const actions = ['Authorize', 'Revoke'].flatMap(verb => ['Ingress', 'Egress'].map(direction => `ec2:${verb}SecurityGroup${direction}`));
  const group = regionalArn(resource.stack.environment, 'ec2', `security-group/${DefaultSecurityGroupId}`);
  return [
    ...functionRuns(lambda, deployment),
    ...required({ principal: functionRole(lambda, deployment), actions, resource: group }, 'the default security group is closed, and opened again on deletion', DEFAULT_GROUP),
  ];
}
