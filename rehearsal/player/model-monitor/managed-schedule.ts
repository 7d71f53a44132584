import { MONITOR_TYPES, MONITORING_TYPES, MonitorType, parseS3Uri } from '../../../lib/contract';
import { MonitoringSchedule } from '../monitoring-schedule';
import { monitoredEndpoint, MonitoredEndpoint } from '../monitored-endpoint';
import { Deployment } from '../../assembly/deployment';
import { TemplateResource, where } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { Stage } from '../stage';
import { capturedSides } from './captured-sides';
import { ExecutedSchedule } from './execution-jobs';
import { jobDefinition } from './job-definition';
import { cadenceHours, offsetHours } from './offsets';

/** A schedule of the managed service: what it executes, and when. */
export interface ManagedSchedule extends MonitoringSchedule, ExecutedSchedule {
  readonly capture: ExecutedSchedule['capture'];
  readonly expression: string;
  /** The job definition's. */
  readonly definitionResource: TemplateResource;
  readonly endpoint: MonitoredEndpoint;
  /** As the API tells it. */
  readonly config: Readonly<Record<string, unknown>>;
}

interface Properties {
  readonly MonitoringScheduleName: string;
  readonly MonitoringScheduleConfig: {
    readonly MonitoringType?: string;
    readonly MonitoringJobDefinitionName?: string;
    readonly ScheduleConfig?: { readonly ScheduleExpression: string };
  };
}

/** Reads a schedule of the template, with its job definition. */
export function managedSchedule(stage: Stage, resource: TemplateResource): ManagedSchedule {
  const { deployment } = stage;
  const { assets } = deployment.assembly;
  const { MonitoringScheduleName: name, MonitoringScheduleConfig: config } = deployment.properties(resource) as unknown as Properties;
  const found = findDefinition(deployment, config.MonitoringJobDefinitionName ?? '');
  const expression = config.ScheduleConfig?.ScheduleExpression;
  if (found === undefined) throw unplayable(resource, `whose job definition is not in the assembly: ${config.MonitoringJobDefinitionName ?? 'it names none'}`);
  if (expression === undefined) throw unplayable(resource, 'without a schedule expression');
  const definition = jobDefinition(found.type, deployment.properties(found.resource), where(found.resource));
  const { baseline, endpointInput: { EndpointName: endpointName, EndTimeOffset }, groundTruthUri, preprocessorUri, type } = definition;
  const endpoint = monitoredEndpoint(stage, endpointName, found.resource);
  const script = preprocessorUri === undefined ? undefined : { uri: preprocessorUri, content: assets.read(parseS3Uri(preprocessorUri).key) };
  return {
    resource,
    name,
    expression,
    definition,
    definitionResource: found.resource,
    endpoint,
    config,
    cadenceHours: cadenceHours(expression),
    environment: resource.stack.environment,
    capture: { uri: endpoint.capture.destinationUri, endpointName, variantName: endpoint.variantName },
    sides: capturedSides(endpoint.capture, script, where(found.resource)),
    monitors: [{ name, type, baseline, ...groundTruthUri !== undefined && { labelDelayHours: offsetHours(EndTimeOffset ?? '-PT0H') } }],
    groundTruthUri,
    hoursOf: 'request',
  };
}

/** The job definition of this name; `undefined` when the assembly has none. */
function findDefinition(deployment: Deployment, name: string): { readonly type: MonitorType; readonly resource: TemplateResource } | undefined {
  for (const type of MONITOR_TYPES) {
    const resource = deployment.byName(`AWS::SageMaker::${MONITORING_TYPES[type]}JobDefinition`, name);
    if (resource !== undefined) return { type, resource };
  }
  return undefined;
}

function unplayable({ stack, logicalId }: TemplateResource, what: string): UnplayableError {
  return new UnplayableError(`a monitoring schedule ${what}`, `${stack.templateFile} ${logicalId}`);
}
