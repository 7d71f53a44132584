import { CloudWatchClient, MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ENDPOINT_DIMENSION, ExecutionMetric, MetricDimension, MetricRecord, SCHEDULE_DIMENSION, ScheduleConfig } from '../../lib/contract';

/** What CloudWatch takes. */
const LARGEST = 2 ** 360;
const DATA_PER_CALL = 1000;
const NAME_LENGTH = 255;
const PRINTABLE = /^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/;
const MINUTE = 60_000;

/** Publishing again at the same minute lands on the same point. */
export function metricTime(instant: Date | string): Date {
  return new Date(Math.floor(new Date(instant).getTime() / MINUTE) * MINUTE);
}

/** Metrics of an execution as a whole, with the dimensions of a monitor. */
export function executionMetrics(
  schedule: { readonly capture: Pick<ScheduleConfig['capture'], 'endpointName'> }, monitor: string, time: Date,
  values: Partial<Record<(typeof ExecutionMetric)[keyof typeof ExecutionMetric], number>>,
): MetricRecord[] {
  return Object.entries(values).map(([name, value]) => ({
    MetricName: name,
    Timestamp: time.toISOString(),
    Dimensions: monitorDimensions(schedule.capture.endpointName, monitor),
    Value: value,
    Unit: name === ExecutionMetric.DURATION ? 'Seconds' : 'Count',
  }));
}

/** The two dimensions that every metric of a monitor bears; one, where there is no endpoint. */
export function monitorDimensions(endpointName: string | undefined, monitor: string): MetricDimension[] {
  return [...(endpointName === undefined ? [] : [{ Name: ENDPOINT_DIMENSION, Value: endpointName }]), { Name: SCHEDULE_DIMENSION, Value: monitor }];
}

/** Records as CloudWatch takes them. One bad datum would fail the whole call: values are brought into range, what it cannot take is left out. */
export function toMetricData(records: readonly MetricRecord[], time: Date): MetricDatum[] {
  return records.filter(isNamed).flatMap(({ MetricName, Dimensions, Unit, ...record }) => {
    const value = valueOf(record);
    return value ? [{ MetricName, Dimensions: [...Dimensions], Timestamp: time, Unit: Unit, ...value }] : [];
  });
}

/** Publishes metrics, as many to a call as CloudWatch takes. */
export async function putMetrics(cloudWatch: CloudWatchClient, namespace: string, data: readonly MetricDatum[]): Promise<void> {
  for (let from = 0; from < data.length; from += DATA_PER_CALL) {
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: data.slice(from, from + DATA_PER_CALL) }));
  }
}

function isNamed({ MetricName, Dimensions }: MetricRecord): boolean {
  return MetricName.length <= NAME_LENGTH && [MetricName, ...Dimensions.map(dimension => dimension.Value)].every(text => PRINTABLE.test(text));
}

function valueOf({ Value, StatisticValues }: Pick<MetricRecord, 'Value' | 'StatisticValues'>): Pick<MetricDatum, 'Value' | 'StatisticValues'> | undefined {
  if (!StatisticValues) return Value === undefined || Number.isNaN(Value) ? undefined : { Value: clamp(Value) };
  const { Maximum, Minimum, SampleCount, Sum } = StatisticValues;
  if (SampleCount === 0 || Object.values(StatisticValues).some(Number.isNaN)) return undefined;
  return { StatisticValues: { Maximum: clamp(Maximum), Minimum: clamp(Minimum), SampleCount, Sum: clamp(Sum) } };
}

function clamp(value: number): number {
  return Math.min(Math.max(value, -LARGEST), LARGEST);
}
