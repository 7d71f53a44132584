import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { regionalArn } from '../../../../rehearsal/assembly/physical';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { RequiredPermission, roleOf, startJob, trust } from '../../../../rehearsal/iam/implied';
import { required } from '../../../../rehearsal/iam/implied/required-permission';
import { PipelineDefinition, PipelineStep } from '../../pipeline-definition';
import { ContainerRun, containerRuns } from './container-run';

const PIPELINES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html';

/** What the executions of the pipelines need: to start, watch and stop each step's job, and what the job needs itself. */
export function pipelineExecutions(deployment: Deployment): RequiredPermission[] {
  return deployment.resources('AWS::SageMaker::Pipeline').flatMap((pipeline) => {
    const role = roleOf(pipeline, deployment.properties(pipeline).RoleArn, deployment);
    const definition = new PipelineDefinition(pipeline, deployment);
    return [
      ...trust(role, 'sagemaker.amazonaws.com', deployment.physical(pipeline).arn, deployment, PIPELINES),
      ...definition.steps.flatMap(step => stepNeeds(step, role, deployment)),
    ];
  });
}

function stepNeeds(step: PipelineStep, role: TemplateResource, deployment: Deployment): RequiredPermission[] {
  const { environment } = role.stack;
  const job = `pipelines-0a1b2c3d4e5f-${step.name}-6g7h8i9j0k`;
  const may = (actions: string[], resource: string, because: string): RequiredPermission[] =>
    required({ principal: role, actions: actions.map(action => `sagemaker:${action}`), resource: regionalArn(environment, 'sagemaker', resource) }, because, PIPELINES);
  switch (step.type) {
    case 'Processing': case 'Training': return [
      ...may([`Create${step.type}Job`, `Describe${step.type}Job`, 'AddTags'], `${step.type.toLowerCase()}-job/${job}`, 'the pipeline runs the job of a step'),
      ...may([`Stop${step.type}Job`], `${step.type.toLowerCase()}-job/${job}`, 'an execution that is stopped stops its job'),
      ...startJob({ caller: role, roleArn: String(step.arguments.RoleArn) }),
      ...containerRuns(step.type === 'Processing' ? processing(step, job, role) : training(step, job, role), deployment),
    ];
    case 'RegisterModel': {
      const group = String(step.arguments.ModelPackageGroupName);
      return [
        ...may(['CreateModelPackage'], `model-package-group/${group}`, 'the new version is put into its group'),
        ...may(['CreateModelPackage', 'DescribeModelPackage', 'AddTags'], `model-package/${group}/1`, 'the pipeline registers the model'),
      ];
    }
    default: return [];
  }
}

function processing({ arguments: request }: PipelineStep, name: string, role: TemplateResource): ContainerRun {
  const { AppSpecification, ProcessingInputs, ProcessingOutputConfig, ...rest } = request as unknown as ProcessingArguments;
  const { ProcessingResources, NetworkConfig } = rest;
  return {
    kind: 'ProcessingJobs', name, role,
    imageUri: AppSpecification.ImageUri,
    inVpc: NetworkConfig?.VpcConfig !== undefined,
    volumeKeyId: ProcessingResources.ClusterConfig.VolumeKmsKeyId,
    prefixes: ProcessingInputs.map(({ S3Input }) => S3Input.S3Uri),
    objects: [],
    outputs: ProcessingOutputConfig.Outputs.map(({ S3Output }) => S3Output.S3Uri),
    outputKeyId: ProcessingOutputConfig.KmsKeyId,
  };
}

function training({ arguments: request }: PipelineStep, name: string, role: TemplateResource): ContainerRun {
  const { AlgorithmSpecification, InputDataConfig, OutputDataConfig, ResourceConfig, VpcConfig } = request as unknown as TrainingArguments;
  return {
    kind: 'TrainingJobs', name, role,
    imageUri: AlgorithmSpecification.TrainingImage,
    inVpc: VpcConfig !== undefined,
    volumeKeyId: ResourceConfig.VolumeKmsKeyId,
    prefixes: InputDataConfig.map(({ DataSource }) => DataSource.S3DataSource.S3Uri),
    objects: [],
    outputs: [OutputDataConfig.S3OutputPath],
    outputKeyId: OutputDataConfig.KmsKeyId,
  };
}

interface ProcessingArguments {
  readonly AppSpecification: { readonly ImageUri: string };
  readonly ProcessingInputs: readonly { readonly S3Input: { readonly S3Uri: string } }[];
  readonly ProcessingOutputConfig: { readonly KmsKeyId?: string; readonly Outputs: readonly { readonly S3Output: { readonly S3Uri: string } }[] };
  readonly ProcessingResources: { readonly ClusterConfig: { readonly VolumeKmsKeyId?: string } };
  readonly NetworkConfig?: { readonly VpcConfig?: unknown };
}

interface TrainingArguments {
  readonly AlgorithmSpecification: { readonly TrainingImage: string };
  readonly InputDataConfig: readonly { readonly DataSource: { readonly S3DataSource: { readonly S3Uri: string } } }[];
  readonly OutputDataConfig: { readonly S3OutputPath: string; readonly KmsKeyId?: string };
  readonly ResourceConfig: { readonly VolumeKmsKeyId?: string };
  readonly VpcConfig?: unknown;
}
