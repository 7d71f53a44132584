import { Deployment } from '../../../rehearsal/assembly/deployment';
import { RESOURCE_TYPES } from '../../../rehearsal/assembly/resource-type';
import { TemplateResource } from '../../../rehearsal/assembly/stack';
import { PipelineDefinition } from '../pipeline-definition';
import { ServiceModel } from './service-model';

/** What a step of a pipeline calls, and the members that the pipeline fills in itself. */
const STEPS: Readonly<Record<string, readonly [operation: string, filledIn: Readonly<Record<string, string>>]>> = {
  Processing: ['CreateProcessingJob', { ProcessingJobName: 'pipelines-0a1b2c' }],
  Training: ['CreateTrainingJob', { TrainingJobName: 'pipelines-0a1b2c' }],
  RegisterModel: ['CreateModelPackage', {}],
};

/** Walks every resource of SageMaker, and every step of its pipelines, as the requests that CloudFormation and the pipeline make of them. */
export function sageMakerRequests(deployment: Deployment, model: ServiceModel): string[] {
  const resources = deployment.resources().filter(({ type }) => type.startsWith('AWS::SageMaker::'));
  return [
    ...resources.flatMap(resource => model.findings(creation(resource.type), request(resource, deployment), resource.logicalId)),
    ...deployment.resources('AWS::SageMaker::Pipeline').flatMap(pipeline => steps(pipeline, deployment, model)),
  ];
}

function creation(type: string): string {
  return type.replace('AWS::SageMaker::', 'Create');
}

function request(resource: TemplateResource, deployment: Deployment): Record<string, unknown> {
  const { nameProperty } = RESOURCE_TYPES[resource.type] ?? {};
  const properties = { ...nameProperty !== undefined && { [nameProperty]: deployment.physical(resource).name }, ...deployment.properties(resource) };
  if (resource.type !== 'AWS::SageMaker::Pipeline') return properties;
  const { PipelineDefinitionBody: body } = deployment.properties(resource).PipelineDefinition as { PipelineDefinitionBody: string };
  return { ...properties, PipelineDefinition: body, ClientRequestToken: '0'.repeat(32) };
}

function steps(pipeline: TemplateResource, deployment: Deployment, model: ServiceModel): string[] {
  return new PipelineDefinition(pipeline, deployment).steps.flatMap(({ name, type, arguments: given }) => {
    const [operation, filledIn] = STEPS[type] ?? [];
    return operation === undefined ? [] : model.findings(operation, { ...filledIn, ...given }, `${pipeline.logicalId}.${name}`);
  });
}
