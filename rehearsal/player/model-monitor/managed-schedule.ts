import { CaptureSource } from '../../../lib/contract';
import { MonitoringSchedule } from '../monitoring-schedule';
import { monitoredEndpoint, MonitoredEndpoint } from '../monitored-endpoint';
import { TemplateResource } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { Stage } from '../stage';
import { jobDefinition, JobDefinition } from './job-definition';
import { cadenceHours, offsetHours } from './offsets';

/** A schedule of the managed service: what it executes, and when. */
export interface ManagedSchedule extends MonitoringSchedule {
  readonly capture: Required<Pick<CaptureSource, 'uri' | 'endpointName' | 'variantName'>>;
  readonly expression: string;
  readonly definition: JobDefinition;
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
  const { MonitoringScheduleName: name, MonitoringScheduleConfig: config } = stage.deployment.properties(resource) as unknown as Properties;
  const definition = jobDefinition(stage.deployment, config.MonitoringJobDefinitionName ?? '');
  const expression = config.ScheduleConfig?.ScheduleExpression;
  if (definition === undefined) throw unplayable(resource, `whose job definition is not in the assembly: ${config.MonitoringJobDefinitionName ?? 'it names none'}`);
  if (expression === undefined) throw unplayable(resource, 'without a schedule expression');
  const endpoint = monitoredEndpoint(stage, definition.endpointInput.EndpointName, definition.resource);
  const { EndTimeOffset } = definition.endpointInput;
  return {
    resource,
    name,
    expression,
    definition,
    endpoint,
    config,
    cadenceHours: cadenceHours(expression),
    capture: { uri: endpoint.capture.destinationUri, endpointName: definition.endpointInput.EndpointName, variantName: endpoint.variantName },
    monitors: [{
      name, type: definition.type, baseline: definition.baseline,
      ...definition.groundTruthUri !== undefined && { labelDelayHours: offsetHours(EndTimeOffset ?? '-PT0H') },
    }],
    groundTruthUri: definition.groundTruthUri,
    hoursOf: 'request',
  };
}

function unplayable({ stack, logicalId }: TemplateResource, what: string): UnplayableError {
  return new UnplayableError(`a monitoring schedule ${what}`, `${stack.templateFile} ${logicalId}`);
}
