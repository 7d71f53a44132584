import {
  checkViolationsMetric, DATA_QUALITY_CHECKS, ExecutionMetric, featureDataMetric, featureDriftMetric, featureMeanShiftMetric, featureNonNullMetric,
  Violation,
} from '../../lib/contract';
import { MetricValue } from '../metric-records';
import { ComparedFeature } from './comparison/compared-feature';
import { Rules } from './judgement';

/** The metrics of each feature and of all together. */
export function dataQualityMetrics(features: readonly ComparedFeature[], violations: readonly Violation[], rules: Rules): MetricValue[] {
  const published = features.filter(({ rules }) => rules.emitsMetrics);
  const distances = published.flatMap(feature => proportionalDistance(feature, rules) ?? []);
  return [
    ...published.filter(({ column }) => column.moments.count > 0).map(featureData),
    ...published.flatMap(featureValues),
    { name: ExecutionMetric.BASELINE_DRIFT_MAX, value: distances.length > 0 ? Math.max(...distances) : undefined, unit: 'None' },
    ...DATA_QUALITY_CHECKS.map((check): MetricValue =>
      ({ name: checkViolationsMetric(check), value: violations.filter(violation => violation.constraint_check_type === check).length, unit: 'Count' })),
  ];
}

/** A distance in proportion to the feature's own threshold, so that the largest exceeds the common one only where a feature has drifted. */
function proportionalDistance({ distance, threshold }: ComparedFeature, { numericalThreshold: common }: Rules): number | undefined {
  return distance === undefined || threshold === common || threshold <= 0 ? distance : distance * common / threshold;
}

function featureData({ name, column: { moments } }: ComparedFeature): MetricValue {
  const value = { Maximum: moments.max, Minimum: moments.min, SampleCount: moments.count, Sum: moments.sum };
  return { name: featureDataMetric(name), value, unit: 'None' };
}

function featureValues({ name, column, distance, meanShift }: ComparedFeature): MetricValue[] {
  return [
    { name: featureNonNullMetric(name), value: column.present, unit: 'Count' },
    { name: featureDriftMetric(name), value: distance, unit: 'None' },
    { name: featureMeanShiftMetric(name), value: meanShift, unit: 'None' },
  ];
}
