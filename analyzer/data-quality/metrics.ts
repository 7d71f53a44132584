import {
  checkViolationsMetric, DATA_QUALITY_CHECKS, ENDPOINT_DIMENSION, ExecutionMetric, featureDataMetric, featureDriftMetric, featureMeanShiftMetric,
  featureNonNullMetric, MetricRecord, RecordCounts, SCHEDULE_DIMENSION, Violation,
} from '../../lib/contract';
import { ComparedFeature } from './comparison/feature';

/** The largest magnitude that CloudWatch takes. */
const LARGEST = 2 ** 360;

/** Whom an execution's metrics are about, and when. */
export interface MetricContext {
  readonly endpoint: string | undefined;
  readonly monitor: string | undefined;
  /** ISO 8601. */
  readonly time: string;
}

/** All metrics of an execution. */
export function executionMetrics(
  { endpoint, monitor, time }: MetricContext, features: readonly ComparedFeature[], violations: readonly Violation[], records: RecordCounts,
): MetricRecord[] {
  const common = {
    Timestamp: time,
    Dimensions: [
      ...(endpoint === undefined ? [] : [{ Name: ENDPOINT_DIMENSION, Value: endpoint }]),
      ...(monitor === undefined ? [] : [{ Name: SCHEDULE_DIMENSION, Value: monitor }]),
    ],
  };
  const distances = features.flatMap(({ distance }) => distance ?? []);
  const values: [string, number | undefined, MetricRecord['Unit']][] = [
    ...features.flatMap(feature => featureValues(feature)),
    [ExecutionMetric.BASELINE_DRIFT_MAX, distances.length > 0 ? Math.max(...distances) : undefined, 'None'],
    [ExecutionMetric.VIOLATIONS, violations.length, 'Count'],
    ...DATA_QUALITY_CHECKS.map((check): [string, number, MetricRecord['Unit']] =>
      [checkViolationsMetric(check), violations.filter(violation => violation.constraint_check_type === check).length, 'Count']),
    [ExecutionMetric.RECORDS_CAPTURED, records.captured, 'Count'],
    [ExecutionMetric.RECORDS_ANALYSED, records.analysed, 'Count'],
    [ExecutionMetric.RECORDS_REJECTED, records.rejected, 'Count'],
  ];
  return [
    ...features.filter(({ column }) => column.moments.count > 0).map(({ name, column: { moments } }) => ({
      MetricName: featureDataMetric(name),
      ...common,
      StatisticValues: { Maximum: clamp(moments.max), Minimum: clamp(moments.min), SampleCount: moments.count, Sum: clamp(moments.sum) },
      Unit: 'None' as const,
    })),
    ...values.flatMap(([name, value, Unit]) =>
      value === undefined || Number.isNaN(value) ? [] : [{ MetricName: name, ...common, Value: clamp(value), Unit }]),
  ];
}

function featureValues({ name, column, distance, meanShift }: ComparedFeature): [string, number | undefined, MetricRecord['Unit']][] {
  return [
    [featureNonNullMetric(name), column.present, 'Count'],
    [featureDriftMetric(name), distance, 'None'],
    [featureMeanShiftMetric(name), meanShift, 'None'],
  ];
}

function clamp(value: number): number {
  return Math.min(LARGEST, Math.max(-LARGEST, value));
}
