import { Deployment } from '../assembly/deployment';
import { TemplateResource, where } from '../assembly/stack';
import { Alarm, AlarmRule, CloudWatch, Metric } from '../aws';
import { LoopBroken } from './loop-broken';

/** An alarm of the template. */
export interface TemplateAlarm {
  readonly resource: TemplateResource;
  readonly alarm: Alarm;
  readonly description: string;
  /** ARNs that it notifies on ALARM. */
  readonly actions: readonly string[];
}

/** Metrics of AWS' own services have namespaces that begin so; nothing here publishes them. */
const SERVICE_NAMESPACE = /^AWS\//;

/** The alarms of a deployment that watch custom metrics. What else there is comes back as not played. */
export function readAlarms(deployment: Deployment): { readonly alarms: readonly TemplateAlarm[]; readonly notPlayed: readonly string[] } {
  const composites = deployment.resources('AWS::CloudWatch::CompositeAlarm').map(resource => `composite alarm: ${where(resource)}`);
  const read = deployment.resources('AWS::CloudWatch::Alarm').map(resource => readAlarm(deployment, resource));
  return {
    alarms: read.filter(alarm => typeof alarm !== 'string'),
    notPlayed: [...read.filter(alarm => typeof alarm === 'string'), ...composites],
  };
}

interface AlarmProperties {
  readonly AlarmDescription?: string;
  readonly Namespace: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly ActionsEnabled?: boolean;
  readonly AlarmActions?: readonly string[];
  readonly Statistic: AlarmRule['statistic'];
  readonly Period: number | string;
  readonly EvaluationPeriods: number | string;
  readonly DatapointsToAlarm?: number | string;
  readonly Threshold: number | string;
  readonly ComparisonOperator: AlarmRule['comparisonOperator'];
  readonly TreatMissingData?: AlarmRule['treatMissingData'];
}

function readAlarm(deployment: Deployment, resource: TemplateResource): TemplateAlarm | string {
  const properties = deployment.properties(resource) as unknown as AlarmProperties;
  if (properties.MetricName === undefined) return `alarm on metric math: ${where(resource)}`;
  if (SERVICE_NAMESPACE.test(properties.Namespace)) return `alarm on a metric of ${properties.Namespace}: ${where(resource)}`;
  if (properties.ActionsEnabled === false) return `alarm without enabled actions: ${where(resource)}`;
  return {
    resource,
    description: properties.AlarmDescription ?? '',
    actions: properties.AlarmActions ?? [],
    alarm: {
      name: deployment.physical(resource).name,
      namespace: properties.Namespace,
      metricName: properties.MetricName,
      dimensions: Object.fromEntries((properties.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
      statistic: properties.Statistic,
      period: Number(properties.Period),
      evaluationPeriods: Number(properties.EvaluationPeriods),
      datapointsToAlarm: properties.DatapointsToAlarm === undefined ? undefined : Number(properties.DatapointsToAlarm),
      threshold: Number(properties.Threshold),
      comparisonOperator: properties.ComparisonOperator,
      treatMissingData: properties.TreatMissingData,
    },
  };
}

/** Every alarm must be fed by a metric that somebody publishes. */
export function requireFed(alarms: readonly TemplateAlarm[], cloudWatch: CloudWatch): void {
  for (const { resource, alarm } of alarms) {
    if (cloudWatch.data(alarm).length > 0) continue;
    throw new LoopBroken(`metric → ${alarm.name}`, `nobody publishes ${spelled(alarm)}${hint(alarm, cloudWatch)}`, resource);
  }
}

/** A metric published twice at one instant counts twice in sums and averages. */
export function requirePublishedOnce(cloudWatch: CloudWatch): void {
  for (const metric of cloudWatch.metrics) {
    const instants = new Set(metric.data.map(point => point.timestamp.getTime()));
    if (instants.size < metric.data.length) throw new LoopBroken('publish-monitoring-results → metrics', `${spelled(metric)} was published twice for one instant`);
  }
}

/** What is published and comes closest. */
function hint(wanted: Metric, cloudWatch: CloudWatch): string {
  const similar = cloudWatch.metrics.find(({ metricName }) => metricName === wanted.metricName);
  if (similar !== undefined) return `; it is published as ${spelled(similar)}`;
  const sameDimensions = cloudWatch.metrics.filter(({ dimensions }) => JSON.stringify(dimensions) === JSON.stringify(wanted.dimensions));
  const names = sameDimensions.map(({ metricName }) => metricName).filter(name => name.slice(0, 8) === wanted.metricName.slice(0, 8));
  return names.length > 0 ? `; published are ${names.slice(0, 12).join(', ')}` : '';
}

function spelled({ namespace, metricName, dimensions }: Metric): string {
  return `${metricName} in ${namespace} with ${Object.entries(dimensions).map(([name, value]) => `${name}=${value}`).join(', ')}`;
}
