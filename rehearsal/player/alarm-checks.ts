import { CloudWatch, isComposite, isMetricAlarm, Metric } from '../aws';
import { TemplateAlarm } from './alarms';
import { LoopBroken } from './loop-broken';

/** Every metric that an alarm watches must be published by somebody. */
export function requireFed(alarms: readonly TemplateAlarm[], cloudWatch: CloudWatch): void {
  for (const { resource, alarm } of alarms) {
    const starved = isMetricAlarm(alarm) ? alarm.metrics.find(metric => cloudWatch.data(metric).length === 0) : undefined;
    if (starved === undefined) continue;
    throw new LoopBroken(`metric → ${alarm.name}`, `nobody publishes ${spelled(starved)}${hint(starved, cloudWatch)}`, resource);
  }
}

/** An alarm of other alarms must speak of alarms that exist. */
export function requireKnownChildren(alarms: readonly TemplateAlarm[], known: ReadonlySet<string>): void {
  for (const { resource, alarm } of alarms) {
    if (!isComposite(alarm)) continue;
    const names = [...alarm.rule.alarmNames, ...alarm.suppressor === undefined ? [] : [alarm.suppressor.alarmName]];
    const unknown = names.find(name => !known.has(name));
    if (unknown !== undefined) throw new LoopBroken(`alarm → ${alarm.name}`, `it waits for an alarm that does not exist: ${unknown}`, resource);
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
