import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { parseS3Uri } from '../../../../lib/contract';
import { required } from '../../../../rehearsal/iam/implied/required-permission';
import { listObjects, RequiredPermission, roleOf } from '../../../../rehearsal/iam/implied';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { ProcessingJobRequest } from '../../../../rehearsal/aws';
import { RecordedCall, RecordedPlay } from '../recorded-play';
import { containerRuns, volume } from './container-run';

const CREATE_JOB = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html';
const ROLES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html';

/** What the jobs need that the handlers started in the play, and who started them. */
export function startedJobs({ calls, permissions, deployment }: RecordedPlay): RequiredPermission[] {
  return calls.filter(({ call }) => call.operation === 'CreateProcessingJob').flatMap(call => [
    ...startedJob(call, deployment),
    ...startedBefore(call),
    ...listedObjects(call, permissions, deployment),
  ]);
}

/** Whoever makes a baseline asks what became of a job that has the name already. */
function startedBefore({ handler, role, call: { resource } }: RecordedCall): RequiredPermission[] {
  if (handler !== 'baseline-job') return [];
  return required({ principal: role, actions: ['sagemaker:DescribeProcessingJob'], resource }, 'the job may have been started before', CREATE_JOB);
}

/** What a manifest names is listed before it is loaded, as every input is. */
function listedObjects(
  { role: starter, call }: RecordedCall, permissions: readonly RequiredPermission[], deployment: Deployment,
): RequiredPermission[] {
  const role = roleOf(starter, call.input.RoleArn, deployment);
  return permissions.filter(({ principal, action }) => principal === role && action === 's3:GetObject').flatMap(({ resource }) => {
    const { bucket, key } = parseS3Uri(resource.replace(/^arn:[\w-]+:s3:::/, 's3://'));
    return listObjects({ role, bucket, prefix: key }).map(listed => ({ ...listed, documentation: ROLES }));
  });
}

function startedJob({ role: starter, call }: RecordedCall, deployment: Deployment): RequiredPermission[] {
  const request = call.input as unknown as ProcessingJobRequest;
  return [
    ...volume(starter, request.ProcessingResources.ClusterConfig.VolumeKmsKeyId, deployment),
    ...runningJob(request, roleOf(starter, request.RoleArn, deployment), deployment),
  ];
}

/** What the jobs need that the managed service started, in the name of their role. */
export function managedJobs({ jobs, deployment }: RecordedPlay): RequiredPermission[] {
  return jobs.filter(({ monitoringScheduleArn }) => monitoringScheduleArn !== undefined)
    .flatMap(({ request }) => runningJob(request, deployment.byArn(request.RoleArn)!, deployment));
}

function runningJob(request: ProcessingJobRequest, role: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const inputs = request.ProcessingInputs.map(({ S3Input }) => S3Input);
  const manifests = inputs.filter(({ S3DataType }) => S3DataType === 'ManifestFile');
  const { KmsKeyId: outputKeyId, Outputs: outputs = [] } = request.ProcessingOutputConfig ?? {};
  return containerRuns({
    kind: 'ProcessingJobs',
    name: request.ProcessingJobName,
    role,
    imageUri: request.AppSpecification.ImageUri,
    inVpc: request.NetworkConfig?.VpcConfig !== undefined,
    volumeKeyId: request.ProcessingResources.ClusterConfig.VolumeKmsKeyId,
    outputKeyId,
    prefixes: inputs.filter(input => !manifests.includes(input)).map(({ S3Uri }) => S3Uri),
    objects: manifests.map(({ S3Uri }) => S3Uri),
    outputs: outputs.map(({ S3Output }) => S3Output.S3Uri),
  }, deployment);
}
