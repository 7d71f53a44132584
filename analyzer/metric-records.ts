import { ENDPOINT_DIMENSION, MetricDimension, MetricRecord, SCHEDULE_DIMENSION, StatisticValues } from '../lib/contract';

/** The largest magnitude that CloudWatch takes. */
const LARGEST = 2 ** 360;

/** Whom an execution's metrics are about, and when. */
export interface MetricContext {
  readonly endpoint: string | undefined;
  readonly monitor: string | undefined;
  /** ISO 8601. */
  readonly time: string;
}

/** A metric, as a monitor knows it: one value, or several as a set. One that is absent or no number is not written. */
export interface MetricValue {
  readonly name: string;
  readonly value: number | undefined | StatisticValues;
  readonly unit: NonNullable<MetricRecord['Unit']>;
  /** Besides the endpoint and the monitor. */
  readonly dimensions?: readonly MetricDimension[];
}

/** Metrics as the service's file has them. */
export function metricRecords({ endpoint, monitor, time }: MetricContext, values: readonly MetricValue[]): MetricRecord[] {
  const common = [
    ...(endpoint === undefined ? [] : [{ Name: ENDPOINT_DIMENSION, Value: endpoint }]),
    ...(monitor === undefined ? [] : [{ Name: SCHEDULE_DIMENSION, Value: monitor }]),
  ];
  return values.flatMap(({ name, value, unit, dimensions = [] }): MetricRecord[] => {
    const record = { MetricName: name, Timestamp: time, Dimensions: [...common, ...dimensions] };
    if (typeof value === 'object') return [{ ...record, StatisticValues: clampAll(value), Unit: unit }];
    return value === undefined || Number.isNaN(value) ? [] : [{ ...record, Value: clamp(value), Unit: unit }];
  });
}

function clampAll({ Maximum, Minimum, SampleCount, Sum }: StatisticValues): StatisticValues {
  return { Maximum: clamp(Maximum), Minimum: clamp(Minimum), SampleCount, Sum: clamp(Sum) };
}

function clamp(value: number): number {
  return Math.min(LARGEST, Math.max(-LARGEST, value));
}
