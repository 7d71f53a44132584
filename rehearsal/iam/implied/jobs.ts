import { Deployment } from '../../assembly/deployment';
import { regionalArn } from '../../assembly/physical';
import { Environment, TemplateResource } from '../../assembly/stack';
import { useKey } from './keys';
import { required, RequiredPermission, trust } from './required-permission';

const SAGEMAKER = 'sagemaker.amazonaws.com';
const ROLES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html';
const API_PERMISSIONS = 'https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html';
const PASS_ROLE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html';

/** What of a CreateProcessingJob request bears on permissions. */
export interface ProcessingJob {
  readonly ProcessingJobName: string;
  readonly RoleArn: string;
  readonly AppSpecification: { readonly ImageUri: string };
  readonly ProcessingResources: { readonly ClusterConfig: { readonly VolumeKmsKeyId?: string } };
  readonly NetworkConfig?: { readonly VpcConfig?: unknown };
}

/** Who starts a job hands it a role. */
export function startJob({ caller, roleArn }: { readonly caller: TemplateResource; readonly roleArn: string }): RequiredPermission[] {
  return required(
    { principal: caller, actions: ['iam:PassRole'], resource: roleArn, context: { 'iam:PassedToService': SAGEMAKER } },
    'it hands its job the role', PASS_ROLE,
  );
}

/** What a processing job needs before it touches any data: to be its role, to log, its image, its network, its volume. */
export function runJob(job: ProcessingJob, role: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { environment } = role.stack;
  const arn = regionalArn(environment, 'sagemaker', `processing-job/${job.ProcessingJobName}`);
  const stream = regionalArn(environment, 'logs', `log-group:/aws/sagemaker/ProcessingJobs:log-stream:${job.ProcessingJobName}/algo-1`);
  const volumeKey = job.ProcessingResources.ClusterConfig.VolumeKmsKeyId;
  return [
    ...trust(role, SAGEMAKER, arn, deployment, ROLES),
    ...required({ principal: role, actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resource: stream }, 'the job writes its log', ROLES),
    ...pullImage(role, job.AppSpecification.ImageUri),
    ...(job.NetworkConfig?.VpcConfig === undefined ? [] : joinVpc(role)),
    ...useKey({
      principal: role, actions: ['kms:CreateGrant'], key: volumeKey, via: 'sagemaker', context: { 'kms:GrantIsForAWSResource': 'true' },
      because: 'its volume is encrypted', documentation: API_PERMISSIONS,
    }, environment, deployment),
  ];
}

/** A job asks an endpoint for predictions. */
export function invokeEndpoint(role: TemplateResource, endpointArn: string): RequiredPermission[] {
  return required({ principal: role, actions: ['sagemaker:InvokeEndpoint'], resource: endpointArn }, 'it asks the model', API_PERMISSIONS);
}

/** What Clarify's copy of an endpoint is made of. */
export interface CopiedEndpoint {
  readonly resource: TemplateResource;
  readonly config: TemplateResource;
  readonly model: TemplateResource;
}

/** Clarify looks at an endpoint, its configuration and its model, makes an endpoint like it, and deletes that again. */
export function copyEndpoint(
  role: TemplateResource, { resource, config, model }: CopiedEndpoint, copyName: string, deployment: Deployment,
): RequiredPermission[] {
  const { environment } = role.stack;
  const copy = regionalArn(environment, 'sagemaker', `endpoint/${copyName}`);
  const copyOfConfig = regionalArn(environment, 'sagemaker', `endpoint-config/${copyName}`);
  const because = 'Clarify asks a copy of the endpoint, which it makes and deletes';
  const on = (arn: string, ...actions: string[]): RequiredPermission[] =>
    required({ principal: role, actions: actions.map(action => `sagemaker:${action}`), resource: arn }, because, ROLES);
  return [
    ...on(deployment.physical(resource).arn, 'DescribeEndpoint'),
    ...on(deployment.physical(config).arn, 'DescribeEndpointConfig'),
    ...on(deployment.physical(model).arn, 'DescribeModel'),
    ...on(copyOfConfig, 'CreateEndpointConfig', 'CreateEndpoint', 'DescribeEndpointConfig', 'DeleteEndpointConfig'),
    ...on(copy, 'CreateEndpoint', 'DescribeEndpoint', 'DeleteEndpoint'),
  ];
}

/** To pull an image out of a private registry, AWS' own included; none for other images. */
export function pullImage(role: TemplateResource, imageUri: string): RequiredPermission[] {
  const repository = repositoryArn(imageUri, role.stack.environment);
  if (repository === undefined) return [];
  const because = 'SageMaker pulls the image in the name of the role';
  return [
    ...required({ principal: role, actions: ['ecr:GetAuthorizationToken'], resource: '*' }, because, ROLES),
    ...required({ principal: role, actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resource: repository }, because, ROLES),
  ];
}

/** To stand in a VPC, a job or a model needs network interfaces. */
export function joinVpc(role: TemplateResource): RequiredPermission[] {
  const actions = [
    'ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission',
    'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs', 'ec2:DescribeDhcpOptions', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups',
  ];
  return required({ principal: role, actions, resource: '*' }, 'it stands in a VPC', ROLES);
}

function repositoryArn(imageUri: string, { partition }: Environment): string | undefined {
  const [, account, region, repository] = /^(\d{12})\.dkr\.ecr\.([\w-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(imageUri) ?? [];
  return repository === undefined ? undefined : `arn:${partition}:ecr:${region ?? ''}:${account ?? ''}:repository/${repository}`;
}
