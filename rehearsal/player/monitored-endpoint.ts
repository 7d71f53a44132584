import { BaselineConfig, BaselineRequest } from '../../lib/contract';
import { TemplateResource } from '../assembly/stack';
import { CaptureSettings } from '../traffic/capture-file';
import { LoopBroken } from './loop-broken';
import { WatchingMonitor } from './monitoring-schedule';
import { Stage } from './stage';

/** The endpoint that a schedule watches, with the role that its containers run under. */
export interface MonitoredEndpoint {
  readonly resource: TemplateResource;
  readonly config: TemplateResource;
  readonly model: TemplateResource;
  readonly role: TemplateResource;
  /** The first, which all traffic goes to. */
  readonly variantName: string;
  readonly capture: CaptureSettings & { readonly kmsKeyId?: string };
}

/** Finds an endpoint and what it captures. Fails with LoopBroken when it captures nothing. */
export function monitoredEndpoint({ deployment }: Stage, endpointName: string, watchedBy: TemplateResource): MonitoredEndpoint {
  const endpoint = deployment.byName('AWS::SageMaker::Endpoint', endpointName);
  if (endpoint === undefined) throw new LoopBroken('endpoint → capture', `the assembly has no endpoint ${endpointName}`, watchedBy);
  const endpointConfig = found(deployment.byName('AWS::SageMaker::EndpointConfig', lastSegment(deployment.properties(endpoint).EndpointConfigName)), endpoint);
  const { DataCaptureConfig: capture, ProductionVariants: variants } = deployment.properties(endpointConfig) as unknown as EndpointConfigProperties;
  if (capture === undefined || String(capture.EnableCapture ?? true) !== 'true') throw new LoopBroken('endpoint → capture', 'data capture is off: set DataCaptureConfig.EnableCapture', endpointConfig);
  const model = found(deployment.byName('AWS::SageMaker::Model', lastSegment(variants[0]?.ModelName)), endpointConfig);
  const role = found(deployment.byArn(String(deployment.properties(model).ExecutionRoleArn)), model);
  return {
    resource: endpoint,
    config: endpointConfig,
    model,
    role,
    variantName: variants[0]?.VariantName ?? '',
    capture: captureSettings(capture),
  };
}

/** What an endpoint captures, as a template and the API write it. */
export function captureSettings(capture: DataCaptureConfig): MonitoredEndpoint['capture'] {
  const modes = capture.CaptureOptions.map(option => option.CaptureMode);
  return {
    destinationUri: capture.DestinationS3Uri,
    samplingPercentage: capture.InitialSamplingPercentage,
    input: modes.some(mode => mode !== 'Output'),
    output: modes.some(mode => mode !== 'Input'),
    csvContentTypes: capture.CaptureContentTypeHeader?.CsvContentTypes ?? [],
    kmsKeyId: capture.KmsKeyId,
  };
}

/** The dataset that a monitor's baseline was made of, and how it was analysed. */
export interface BaselineDataset {
  readonly uri: string;
  readonly config: BaselineConfig;
}

/** Finds the dataset behind a monitor's baseline; `undefined` when no custom resource of the assembly made it. */
export function baselineDataset({ deployment }: Stage, { baseline }: WatchingMonitor): BaselineDataset | undefined {
  for (const [resource, { attributes }] of deployment.attributes) {
    const { ConstraintsUri, CurrentUri } = attributes;
    if (resource.type !== 'Custom::ModelMonitorBaseline' || CurrentUri !== baseline.currentUri || ConstraintsUri !== baseline.constraintsUri) continue;
    const { datasetUri, config } = deployment.properties(resource) as unknown as BaselineRequest;
    return { uri: datasetUri, config: JSON.parse(config) as BaselineConfig };
  }
  return undefined;
}

interface DataCaptureConfig {
  readonly EnableCapture?: boolean | string;
  readonly DestinationS3Uri: string;
  readonly InitialSamplingPercentage: number;
  readonly KmsKeyId?: string;
  readonly CaptureOptions: readonly { readonly CaptureMode: string }[];
  readonly CaptureContentTypeHeader?: { readonly CsvContentTypes?: readonly string[] };
}

interface EndpointConfigProperties {
  readonly DataCaptureConfig?: DataCaptureConfig;
  readonly ProductionVariants: readonly { readonly ModelName?: string; readonly VariantName?: string }[];
}

/** Some types are referred to by name and some by ARN. */
function lastSegment(reference: unknown): string {
  return String(reference).split('/').at(-1) ?? '';
}

function found(resource: TemplateResource | undefined, from: TemplateResource): TemplateResource {
  if (resource === undefined) throw new LoopBroken('endpoint → capture', 'it refers to something outside of the assembly', from);
  return resource;
}
