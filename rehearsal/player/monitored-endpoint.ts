import { DatasetFormat, ScheduleConfig, StartRequest } from '../../lib/contract';
import { TemplateResource } from '../assembly/stack';
import { CaptureSettings } from '../traffic/capture-stream';
import { LoopBroken } from './loop-broken';
import { TemplateSchedule } from './schedules';
import { Stage } from './stage';

/** A schedule of ours: EventBridge Scheduler's input tells which endpoint it watches, and with which baseline. */
export interface MonitoringSchedule {
  readonly schedule: TemplateSchedule;
  readonly config: ScheduleConfig;
}

/** The schedules that start monitoring executions. */
export function monitoringSchedules(schedules: readonly TemplateSchedule[]): MonitoringSchedule[] {
  return schedules.flatMap((schedule) => {
    const request = JSON.parse(schedule.input) as Partial<StartRequest>;
    return request.schedule === undefined ? [] : [{ schedule, config: request.schedule }];
  });
}

/** The endpoint that a schedule watches, with the role that its containers run under. */
export interface MonitoredEndpoint {
  readonly resource: TemplateResource;
  readonly role: TemplateResource;
  readonly capture: CaptureSettings & { readonly kmsKeyId?: string };
}

/** Finds the endpoint of a schedule and what it captures. Fails with LoopBroken when it captures nothing. */
export function monitoredEndpoint({ deployment }: Stage, { schedule, config }: MonitoringSchedule): MonitoredEndpoint {
  const { endpointName } = config.capture;
  const endpoint = deployment.byName('AWS::SageMaker::Endpoint', endpointName);
  if (endpoint === undefined) throw new LoopBroken('endpoint → capture', `the assembly has no endpoint ${endpointName}`, schedule.resource);
  const endpointConfig = found(deployment.byName('AWS::SageMaker::EndpointConfig', lastSegment(deployment.properties(endpoint).EndpointConfigName)), endpoint);
  const { DataCaptureConfig: capture, ProductionVariants: variants } = deployment.properties(endpointConfig) as unknown as EndpointConfigProperties;
  if (capture === undefined || String(capture.EnableCapture ?? true) !== 'true') throw new LoopBroken('endpoint → capture', 'data capture is off: set DataCaptureConfig.EnableCapture', endpointConfig);
  const model = found(deployment.byName('AWS::SageMaker::Model', lastSegment(variants[0]?.ModelName)), endpointConfig);
  const role = found(deployment.byArn(String(deployment.properties(model).ExecutionRoleArn)), model);
  const modes = capture.CaptureOptions.map(option => option.CaptureMode);
  return {
    resource: endpoint,
    role,
    capture: {
      destinationUri: capture.DestinationS3Uri,
      samplingPercentage: capture.InitialSamplingPercentage,
      input: modes.some(mode => mode !== 'Output'),
      output: modes.some(mode => mode !== 'Input'),
      csvContentTypes: capture.CaptureContentTypeHeader?.CsvContentTypes ?? [],
      kmsKeyId: capture.KmsKeyId,
    },
  };
}

/** The training data that a schedule's baseline was made of, in the assembly. */
export interface BaselineDataset {
  readonly uri: string;
  readonly format: DatasetFormat;
  readonly excludedColumns: readonly string[];
}

/** Finds the dataset behind a schedule's baseline; `undefined` when no custom resource of the assembly made it. */
export function baselineDataset({ deployment }: Stage, { config }: MonitoringSchedule): BaselineDataset | undefined {
  const wanted = config.monitors[0]?.baseline.statisticsUri;
  for (const [resource, { attributes }] of deployment.attributes) {
    if (attributes.StatisticsUri !== wanted) continue;
    const { datasetUri, config: text } = deployment.properties(resource) as unknown as BaselineProperties;
    const { datasetFormat, analysis } = JSON.parse(text) as BaselineJobConfig;
    return { uri: datasetUri, format: datasetFormat, excludedColumns: analysis.excludedColumns ?? [] };
  }
  return undefined;
}

interface EndpointConfigProperties {
  readonly DataCaptureConfig?: {
    readonly EnableCapture?: boolean | string;
    readonly DestinationS3Uri: string;
    readonly InitialSamplingPercentage: number;
    readonly KmsKeyId?: string;
    readonly CaptureOptions: readonly { readonly CaptureMode: string }[];
    readonly CaptureContentTypeHeader?: { readonly CsvContentTypes?: readonly string[] };
  };
  readonly ProductionVariants: readonly { readonly ModelName?: string }[];
}

interface BaselineProperties {
  readonly datasetUri: string;
  /** JSON of a BaselineJobConfig: on its way through a template, a number or a flag alone would become text. */
  readonly config: string;
}

interface BaselineJobConfig {
  readonly datasetFormat: DatasetFormat;
  readonly analysis: { readonly excludedColumns?: readonly string[] };
}

/** Some types are referred to by name and some by ARN. */
function lastSegment(reference: unknown): string {
  return String(reference).split('/').at(-1) ?? '';
}

function found(resource: TemplateResource | undefined, from: TemplateResource): TemplateResource {
  if (resource === undefined) throw new LoopBroken('endpoint → capture', 'it refers to something outside of the assembly', from);
  return resource;
}
