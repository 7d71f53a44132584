import { Deployment } from '../../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../../rehearsal/assembly/stack';
import { RequiredPermission, roleOf } from '../../../../rehearsal/iam/implied';
import { containerRuns } from './container-run';

/** What the models behind the endpoints need: their image, their artifact, and where to capture to. */
export function hostedModels(deployment: Deployment): RequiredPermission[] {
  return deployment.resources('AWS::SageMaker::EndpointConfig').flatMap((config) => {
    const { ProductionVariants, KmsKeyId, DataCaptureConfig } = deployment.properties(config) as unknown as EndpointConfigProperties;
    return ProductionVariants.flatMap(({ ModelName }) => {
      const model = deployment.byName('AWS::SageMaker::Model', ModelName);
      return model === undefined ? [] : hostedModel(model, { KmsKeyId, DataCaptureConfig }, deployment);
    });
  });
}

interface EndpointConfigProperties {
  readonly ProductionVariants: readonly { readonly ModelName: string }[];
  readonly KmsKeyId?: string;
  readonly DataCaptureConfig?: { readonly DestinationS3Uri: string; readonly KmsKeyId?: string };
}

interface ModelProperties {
  readonly ExecutionRoleArn: string;
  readonly PrimaryContainer: { readonly Image: string; readonly ModelDataUrl: string };
  readonly VpcConfig?: unknown;
}

function hostedModel(model: TemplateResource, config: Omit<EndpointConfigProperties, 'ProductionVariants'>, deployment: Deployment): RequiredPermission[] {
  const { ExecutionRoleArn, PrimaryContainer: container, VpcConfig } = deployment.properties(model) as unknown as ModelProperties;
  const { KmsKeyId: volumeKeyId, DataCaptureConfig: capture } = config;
  return containerRuns({
    kind: 'Endpoints',
    name: deployment.physical(model).name,
    role: roleOf(model, ExecutionRoleArn, deployment),
    imageUri: container.Image,
    volumeKeyId,
    inVpc: VpcConfig !== undefined,
    prefixes: [],
    objects: [container.ModelDataUrl],
    outputs: capture === undefined ? [] : [capture.DestinationS3Uri],
    outputKeyId: capture?.KmsKeyId,
  }, deployment);
}
