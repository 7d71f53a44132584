import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage, ModelData } from '../../../lib/endpoint';
import { Dataset } from '../../../lib/monitoring';
import { ModelRegistry, TrainingPipeline, TrainingPipelineProps } from '../../../lib/retraining';
import { KmsEncryption } from '../../../lib/security';

interface Step {
  Name: string;
  Type: string;
  Arguments: {
    Conditions?: unknown;
    IfSteps?: Step[];
    ElseSteps?: Step[];
    HyperParameters?: unknown;
    ModelPackageGroupName?: string;
    OutputDataConfig?: { S3OutputPath: unknown; KmsKeyId: string };
    ProcessingOutputConfig?: { Outputs: { OutputName: string }[] };
    ResourceConfig?: { VolumeKmsKeyId?: string };
  };
  PropertyFiles?: { PropertyFileName: string; OutputName: string; FilePath: string }[];
}

interface Definition {
  Version: string;
  Parameters: { Name: string }[];
  Steps: Step[];
}

export const ACCOUNT = '123456789012';

/** A stack without references of CloudFormation's in the pipeline's definition, so that it reads as SageMaker gets it. */
export function build(overrides: Partial<TrainingPipelineProps> = {}): { stack: Stack; pipeline: TrainingPipeline } {
  const stack = new Stack(new App(), 'Churn', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const bucket = new KmsEncryption(stack, 'Encryption').addBucket('Artifacts');
  const pipeline = new TrainingPipeline(stack, 'Training', {
    image: ContainerImage.fromUri(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn:1`),
    trainingData: Dataset.fromBucket(bucket, 'data/training.csv'),
    currentModelData: ModelData.fromBucket(bucket, 'models/1/model.tar.gz'),
    registry: new ModelRegistry(stack, 'Registry'),
    bucket,
    ...overrides,
  });
  return { stack, pipeline };
}

export function propsOf(stack: Stack): Pick<TrainingPipelineProps, 'image' | 'trainingData' | 'currentModelData'> {
  const data = new KmsEncryption(stack, 'Data').addBucket('Data');
  return {
    image: ContainerImage.fromUri(`${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn:1`),
    trainingData: Dataset.fromBucket(data, 'training.csv'),
    currentModelData: ModelData.fromBucket(data, 'model.tar.gz'),
  };
}

/** The definition with every reference of CloudFormation's written as its logical id in angle brackets. */
export function definition(stack: Stack): Definition {
  const [pipeline] = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Pipeline'));
  const body = pipeline!.Properties.PipelineDefinition.PipelineDefinitionBody;
  const parts: unknown[] = typeof body === 'string' ? [body] : body['Fn::Join'][1];
  const text = parts.map(part => typeof part === 'string' ? part : `<${String(Object.values(part as object).flat().at(0))}>`).join('');
  return JSON.parse(text) as Definition;
}

export function stepsOf(stack: Stack): Record<string, Step> {
  const { Steps } = definition(stack);
  const conditional = Steps.flatMap(step => step.Arguments.IfSteps ?? []);
  return Object.fromEntries([...Steps, ...conditional].map(step => [step.Name, step]));
}

/** Whatever is referred to. */
export function gets(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => key === 'Get' ? [child as string] : gets(child));
}
