import { Deployment } from '../../../rehearsal/assembly/deployment';
import { PermissionRequest } from '../../../rehearsal/iam/permissions';

/** What the separation of duties forbids, whatever other policies say. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  DataScientist: [
    'CreateEndpoint', 'CreateEndpointConfig', 'DeleteEndpoint', 'DeleteEndpointConfig', 'UpdateEndpoint', 'UpdateEndpointWeightsAndCapacities', 'UpdateModelPackage',
  ],
  MlOpsEngineer: ['CreateAutoMLJob', 'CreateAutoMLJobV2', 'CreateHyperParameterTuningJob', 'CreateProcessingJob', 'CreateTrainingJob'],
};

const PLAIN_TEXT: Readonly<Record<string, readonly (readonly [action: string, suffix: string])[]>> = {
  'AWS::S3::Bucket': [['s3:ListBucket', ''], ['s3:GetObject', '/object']],
  'AWS::SQS::Queue': [['sqs:ReceiveMessage', '']],
  'AWS::SNS::Topic': [['sns:Publish', '']],
};

/** What must be forbidden by a statement, rather than merely not allowed. */
export function refusals(deployment: Deployment): PermissionRequest[] {
  return [...withoutTls(deployment), ...ofPersonas(deployment)];
}

function withoutTls(deployment: Deployment): PermissionRequest[] {
  return Object.entries(PLAIN_TEXT).flatMap(([type, requests]) => deployment.resources(type).flatMap(resource => requests.map(([action, suffix]) => ({
    principal: { service: 'anybody.example.com' },
    action,
    resource: `${deployment.physical(resource).arn}${suffix}`,
    context: { 'aws:SecureTransport': 'false' },
  }))));
}

function ofPersonas(deployment: Deployment): PermissionRequest[] {
  return Object.entries(FORBIDDEN).flatMap(([persona, actions]) => deployment.resources('AWS::IAM::Role')
    .filter(({ logicalId }) => logicalId.startsWith(persona))
    .flatMap(role => actions.map(action => ({ principal: role, action: `sagemaker:${action}`, resource: '*' }))));
}
