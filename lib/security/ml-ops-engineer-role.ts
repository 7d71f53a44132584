import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { applyPersona, Persona } from '../private/persona';
import { PersonaRoleProps } from './persona-role-props';

const ML_OPS_ENGINEER: Persona = {
  allowed: [
    'sagemaker:AddTags',
    'sagemaker:CreateEndpoint',
    'sagemaker:CreateEndpointConfig',
    'sagemaker:CreateModel',
    'sagemaker:DeleteEndpoint',
    'sagemaker:DeleteEndpointConfig',
    'sagemaker:DeleteModel',
    'sagemaker:UpdateEndpoint',
    'sagemaker:UpdateEndpointWeightsAndCapacities',
    'sagemaker:UpdateModelPackage',
  ],
  resources: ['endpoint', 'endpoint-config', 'model', 'model-package'],
  denied: [
    'sagemaker:CreateAutoMLJob',
    'sagemaker:CreateAutoMLJobV2',
    'sagemaker:CreateHyperParameterTuningJob',
    'sagemaker:CreateProcessingJob',
    'sagemaker:CreateTrainingJob',
  ],
};

/**
 * The role of a person who deploys and never trains: approves models and changes endpoints; is denied training, processing and
 * tuning jobs, whatever other policies say.
 *
 * Throws a ValidationError when there is no execution role to pass.
 */
export class MlOpsEngineerRole extends Role {
  constructor(scope: Construct, id: string, props: PersonaRoleProps) {
    super(scope, id, { assumedBy: props.assumedBy, description: 'Approves and deploys models, never trains them' });
    applyPersona(this, ML_OPS_ENGINEER, props);
  }
}
