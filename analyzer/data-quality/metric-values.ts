import {
  checkViolationsMetric, DATA_QUALITY_CHECKS, ExecutionMetric, featureDataMetric, featureDriftMetric, featureMeanShiftMetric, featureNonNullMetric,
  Violation,
} from '../../lib/contract';
import { MetricValue } from '../metric-records';
import { ComparedFeature } from './comparison/feature';

/** The metrics of each feature and of all together. */
export function dataQualityMetrics(features: readonly ComparedFeature[], violations: readonly Violation[]): MetricValue[] {
  const distances = features.flatMap(({ distance }) => distance ?? []);
  return [
    ...features.filter(({ column }) => column.moments.count > 0).map(featureData),
    ...features.flatMap(featureValues),
    { name: ExecutionMetric.BASELINE_DRIFT_MAX, value: distances.length > 0 ? Math.max(...distances) : undefined, unit: 'None' },
    ...DATA_QUALITY_CHECKS.map((check): MetricValue =>
      ({ name: checkViolationsMetric(check), value: violations.filter(violation => violation.constraint_check_type === check).length, unit: 'Count' })),
  ];
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
