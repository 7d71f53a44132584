import {
  MetricRecord, MonitorConfig, featureDataMetric, featureDriftMetric, featureMeanShiftMetric, featureNonNullMetric,
} from '../../lib/contract';
import { withGroupNames } from './threshold-metrics';

const FEATURE_METRICS = [featureDriftMetric, featureMeanShiftMetric, featureDataMetric, featureNonNullMetric];

/**
 * The metrics that are worth their cost. Of data quality: all of the execution as a whole, those of alarmed features, and those of the other
 * features with most drift. Of the other monitors: all, and groups of bias have the names by which alarms know them.
 *
 * @param mostDrifted features with a distance, largest first
 */
export function publishedMetrics(
  records: readonly MetricRecord[], { type, alarmedFeatures, publishedFeatures }: MonitorConfig, mostDrifted: readonly string[],
): readonly MetricRecord[] {
  if (type !== 'data-quality') return records.map(withGroupNames);
  const others = [...mostDrifted, ...featuresOf(records)].filter(feature => !alarmedFeatures.includes(feature));
  const chosen = [...alarmedFeatures, ...[...new Set(others.map(encoded))].slice(0, publishedFeatures)];
  const names = new Set(chosen.flatMap(feature => FEATURE_METRICS.map(metric => metric(feature))));
  return records.filter(({ MetricName }) => names.has(MetricName) || featureOf(MetricName) === undefined);
}

/** Features that have metrics, as metric names spell them. */
function featuresOf(records: readonly MetricRecord[]): string[] {
  return records.flatMap(({ MetricName }) => featureOf(MetricName) ?? []);
}

function featureOf(metricName: string): string | undefined {
  const prefix = FEATURE_METRICS.map(metric => metric('')).find(start => metricName.startsWith(start));
  return prefix === undefined ? undefined : metricName.slice(prefix.length);
}

/** A feature as metric names spell it. */
function encoded(feature: string): string {
  return featureNonNullMetric(feature).slice(featureNonNullMetric('').length);
}
