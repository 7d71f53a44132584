import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { Alarm, AlarmRule, CompositeAlarm, isMetricAlarm, MetricAlarm, parseCompositeRule, UnplayedMathError } from '../aws';
import { readWatched, WatchedProperties } from './alarm-metrics';
import { LoopBroken } from './loop-broken';

/** An alarm of the template. */
export interface TemplateAlarm<Kind extends Alarm = Alarm> {
  readonly resource: TemplateResource;
  readonly alarm: Kind;
  readonly description: string;
  /** ARNs that it notifies on ALARM. */
  readonly actions: readonly string[];
}

/** The alarms of a deployment, of custom metrics and of other alarms. What else there is comes back as not played. */
export function readAlarms(deployment: Deployment): { readonly alarms: readonly TemplateAlarm[]; readonly notPlayed: readonly string[] } {
  const read = deployment.resources('AWS::CloudWatch::Alarm').map(resource => readAlarm(deployment, resource));
  const composites = deployment.resources('AWS::CloudWatch::CompositeAlarm').map(resource => readComposite(deployment, resource));
  return { alarms: [...read.filter(alarm => typeof alarm !== 'string'), ...composites], notPlayed: read.filter(alarm => typeof alarm === 'string') };
}

/** Whether an alarm of the template watches metrics itself. */
export function watchesMetrics(alarm: TemplateAlarm): alarm is TemplateAlarm<MetricAlarm> {
  return isMetricAlarm(alarm.alarm);
}

/** Whether an alarm of the template is raised by what does not come. */
export function watchesSilence({ alarm }: TemplateAlarm): boolean {
  return isMetricAlarm(alarm) && alarm.treatMissingData === 'breaching';
}

interface ActingProperties {
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly AlarmActions?: readonly string[];
}

interface AlarmProperties extends ActingProperties, WatchedProperties {
  readonly EvaluationPeriods: number | string;
  readonly DatapointsToAlarm?: number | string;
  readonly Threshold: number | string;
  readonly ComparisonOperator: AlarmRule['comparisonOperator'];
  readonly TreatMissingData?: AlarmRule['treatMissingData'];
}

function readAlarm(deployment: Deployment, resource: TemplateResource): TemplateAlarm | string {
  const properties = deployment.properties(resource) as unknown as AlarmProperties;
  try {
    const alarm: MetricAlarm = {
      name: deployment.physical(resource).name,
      ...readWatched(properties),
      evaluationPeriods: Number(properties.EvaluationPeriods),
      datapointsToAlarm: properties.DatapointsToAlarm === undefined ? undefined : Number(properties.DatapointsToAlarm),
      threshold: Number(properties.Threshold),
      comparisonOperator: properties.ComparisonOperator,
      treatMissingData: properties.TreatMissingData,
    };
    return { resource, alarm, ...acting(properties) };
  } catch (error) {
    if (error instanceof UnplayedMathError) return `alarm on ${error.message}: ${where(resource)}`;
    throw error;
  }
}

interface CompositeProperties extends ActingProperties {
  readonly AlarmRule: string;
  readonly ActionsSuppressor?: string;
  readonly ActionsSuppressorWaitPeriod?: number | string;
  readonly ActionsSuppressorExtensionPeriod?: number | string;
}

function readComposite(deployment: Deployment, resource: TemplateResource): TemplateAlarm<CompositeAlarm> {
  const properties = deployment.properties(resource) as unknown as CompositeProperties;
  const { ActionsSuppressor: suppressor } = properties;
  return {
    resource,
    alarm: {
      name: deployment.physical(resource).name,
      rule: ruleOf(properties, resource),
      ...suppressor !== undefined && {
        suppressor: {
          alarmName: suppressor.replace(/^arn:.*:alarm:/, ''),
          wait: Number(properties.ActionsSuppressorWaitPeriod),
          extension: Number(properties.ActionsSuppressorExtensionPeriod),
        },
      },
    },
    ...acting(properties),
  };
}

function ruleOf({ AlarmRule }: CompositeProperties, resource: TemplateResource): CompositeAlarm['rule'] {
  try {
    return parseCompositeRule(AlarmRule);
  } catch (error) {
    if (error instanceof SyntaxError) throw new LoopBroken(`alarms → ${resource.logicalId}`, error.message, resource);
    throw error;
  }
}

function acting({ ActionsEnabled, AlarmActions = [], AlarmDescription = '' }: ActingProperties): Pick<TemplateAlarm, 'actions' | 'description'> {
  return { description: AlarmDescription, actions: ActionsEnabled === false ? [] : AlarmActions };
}
