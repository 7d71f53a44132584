import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { applyPersona, Persona } from '../private/persona';
import { PersonaRoleProps } from './persona-role-props';

const DATA_SCIENTIST: Persona = {
  allowed: [
    'sagemaker:AddTags',
    'sagemaker:CreateHyperParameterTuningJob',
    'sagemaker:CreateProcessingJob',
    'sagemaker:CreateTrainingJob',
    'sagemaker:StopHyperParameterTuningJob',
    'sagemaker:StopProcessingJob',
    'sagemaker:StopTrainingJob',
  ],
  resources: ['hyper-parameter-tuning-job', 'processing-job', 'training-job'],
  denied: [
    'sagemaker:CreateEndpoint',
    'sagemaker:CreateEndpointConfig',
    'sagemaker:DeleteEndpoint',
    'sagemaker:DeleteEndpointConfig',
    'sagemaker:UpdateEndpoint',
    'sagemaker:UpdateEndpointWeightsAndCapacities',
    'sagemaker:UpdateModelPackage',
  ],
};

/**
 * The role of a person who trains and never deploys: starts training, processing and tuning jobs; is denied endpoints and the
 * approval of models, whatever other policies say.
 *
 * Throws a ValidationError when there is no execution role to pass.
 */
export class DataScientistRole extends Role {
  constructor(scope: Construct, id: string, props: PersonaRoleProps) {
    super(scope, id, { assumedBy: props.assumedBy, description: 'Trains models, never deploys them' });
    applyPersona(this, DATA_SCIENTIST, props);
  }
}
