import { parseS3Uri } from '../../../../lib/contract';
import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { regionalArn } from '../../../../rehearsal/assembly/physical';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { joinVpc, listObjects, pullImage, readObject, RequiredPermission, trust, writeObject } from '../../../../rehearsal/iam/implied';
import { useKey } from '../../../../rehearsal/iam/implied/keys';
import { required } from '../../../../rehearsal/iam/implied/required-permission';

const ROLES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html';
const VOLUMES = 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html';
const PARTS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html';

/** A container that SageMaker runs in the name of a role: a job, or a model behind an endpoint. */
export interface ContainerRun {
  /** Folder of its logs and namespace of its instances' metrics. */
  readonly kind: 'ProcessingJobs' | 'TrainingJobs' | 'Endpoints';
  readonly name: string;
  readonly role: TemplateResource;
  readonly imageUri: string;
  readonly volumeKeyId?: string;
  readonly inVpc: boolean;
  /** S3 URIs that are listed, then read. */
  readonly prefixes: readonly string[];
  /** S3 URIs that are read without being listed. */
  readonly objects: readonly string[];
  /** S3 folders that it writes to. */
  readonly outputs: readonly string[];
  readonly outputKeyId?: string;
}

/** What the platform needs of the role to run it. */
export function containerRuns(run: ContainerRun, deployment: Deployment): RequiredPermission[] {
  const { role, kind, name } = run;
  const { environment } = role.stack;
  const group = `log-group:/aws/sagemaker/${kind}`;
  const log = (actions: string[], resource: string, because: string): RequiredPermission[] =>
    required({ principal: role, actions, resource: regionalArn(environment, 'logs', resource) }, because, ROLES);
  return [
    ...trust(role, 'sagemaker.amazonaws.com', regionalArn(environment, 'sagemaker', `${kind.toLowerCase()}/${name}`), deployment, ROLES),
    ...log(['logs:CreateLogGroup', 'logs:DescribeLogStreams'], group, 'the first container of its kind makes the log group'),
    ...log(['logs:CreateLogStream', 'logs:PutLogEvents'], `${group}:log-stream:${name}/algo-1`, 'the container writes its log'),
    ...required(
      { principal: role, actions: ['cloudwatch:PutMetricData'], resource: '*', context: { 'cloudwatch:namespace': `/aws/sagemaker/${kind}` } },
      'its instances publish how busy they are', ROLES,
    ),
    ...pullImage(role, run.imageUri),
    ...layers(run),
    ...(run.inVpc ? joinVpc(role) : []),
    ...volume(role, run.volumeKeyId, deployment),
    ...run.prefixes.flatMap(uri => reads(role, uri, deployment)),
    ...run.objects.flatMap(uri => readObject({ role, ...parseS3Uri(uri) }, deployment)),
    ...run.outputs.flatMap(uri => writesInParts(run, uri, deployment)),
  ];
}

/** Whoever starts an instance with an encrypted volume, and whoever it is started for. */
export function volume(role: TemplateResource, key: string | undefined, deployment: Deployment): RequiredPermission[] {
  const use = { principal: role, key, via: 'sagemaker', because: 'the volume of its instance is encrypted', documentation: VOLUMES };
  const { environment } = role.stack;
  return [
    ...useKey({ ...use, actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'] }, environment, deployment),
    ...useKey({ ...use, actions: ['kms:CreateGrant'], context: { 'kms:GrantIsForAWSResource': 'true' } }, environment, deployment),
  ];
}

/** The platform asks which layers there are before it loads them. */
function layers({ role, imageUri }: ContainerRun): RequiredPermission[] {
  const pulled = pullImage(role, imageUri).find(({ action }) => action === 'ecr:BatchGetImage');
  return pulled === undefined ? [] : required({ ...pulled, actions: ['ecr:BatchCheckLayerAvailability'] }, 'SageMaker asks for the layers of the image', ROLES);
}

function reads(role: TemplateResource, uri: string, deployment: Deployment): RequiredPermission[] {
  const { bucket, key } = parseS3Uri(uri);
  const object = /\.\w+$/.test(key) ? key : `${key}/object`;
  return [...listObjects({ role, bucket, prefix: key }), ...readObject({ role, bucket, key: object }, deployment)];
}

/** What is large goes up in parts: they are encrypted one by one, put together by decrypting, and removed when it fails. */
function writesInParts({ role, outputKeyId }: ContainerRun, uri: string, deployment: Deployment): RequiredPermission[] {
  const { bucket, key } = parseS3Uri(uri);
  const access = { role, bucket, key: `${key}/object`, ...(outputKeyId === undefined ? {} : { kmsKeyId: outputKeyId }) };
  const written = writeObject(access, deployment);
  const put = written.filter(({ action }) => action === 's3:PutObject');
  const encrypted = written.filter(({ action }) => action === 'kms:GenerateDataKey');
  const because = 'a large object is uploaded in parts';
  return [
    ...written,
    ...put.flatMap(permission => required({ ...permission, actions: ['s3:AbortMultipartUpload'] }, because, PARTS)),
    ...encrypted.flatMap(permission => required({ ...permission, actions: ['kms:Decrypt'] }, because, PARTS)),
  ];
}
