import * as z from 'zod';
import { BiasDimension, biasDimensions, biasMetric, BiasStage, groupName, MetricDimension, MetricRecord, ReportFile } from '../../lib/contract';
import { monitorDimensions } from '../shared/metric-data';
import { parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';
import { ManagedExecution } from './managed-execution';

const reportSchema = z.object({
  label: z.string(),
  facets: z.record(z.string(), z.array(z.object({
    value_or_threshold: z.string(),
    metrics: z.array(z.object({ name: z.string(), value: z.union([z.number(), z.enum(['Infinity', '-Infinity']).transform(Number)]).nullable() })),
  }))),
  label_value_or_threshold: z.string(),
});

const analysisSchema = z.object({ pre_training_bias_metrics: reportSchema.optional(), post_training_bias_metrics: reportSchema.optional() });

const NAMED: readonly string[] = [BiasDimension.LABEL_VALUE, BiasDimension.FACET_VALUE];

/** The same metric, with the names that groups have in alarms. */
export function withGroupNames({ Dimensions, ...record }: MetricRecord): MetricRecord {
  return { ...record, Dimensions: Dimensions.map(({ Name, Value }) => ({ Name, Value: NAMED.includes(Name) ? groupName(Value) : Value })) };
}

/**
 * The bias of groups above a threshold, and of labels above one: AWS' container calls them by an interval that ends in the largest value of the
 * window, so that its own metrics of them have other dimensions each time.
 */
export async function thresholdMetrics(files: S3Files, { config, monitor, folderUri }: ManagedExecution, time: Date): Promise<MetricRecord[]> {
  const uri = `${folderUri}/${ReportFile.ANALYSIS}`;
  const file = monitor.type === 'model-bias' ? await files.find(uri) : undefined;
  if (file === undefined) return [];
  const { pre_training_bias_metrics: labels, post_training_bias_metrics: predictions } = parseJson(analysisSchema, file.text, uri);
  const common = { time, dimensions: monitorDimensions(config.schedule.capture.endpointName, monitor.name) };
  return [
    ...labels ? metricsOf(labels, BiasStage.PRE_TRAINING, common) : [],
    ...predictions ? metricsOf(predictions, BiasStage.POST_TRAINING, common) : [],
  ];
}

/** What the metrics of an execution have in common. */
interface Common {
  readonly time: Date;
  readonly dimensions: readonly MetricDimension[];
}

function metricsOf(
  { label, label_value_or_threshold: labelValue, facets }: z.output<typeof reportSchema>, stage: string, { time, dimensions }: Common,
): MetricRecord[] {
  const groups = Object.entries(facets).flatMap(([facet, entries]) =>
    entries.map(({ value_or_threshold: group, metrics }) => ({ facet, group, metrics })));
  const renamed = groups.filter(({ group }) => [labelValue, group].some(text => groupName(text) !== text));
  return renamed.flatMap(({ facet, group, metrics }) => metrics.filter(isComputed).map(({ name, value }) => ({
    MetricName: biasMetric(name),
    Timestamp: time.toISOString(),
    Dimensions: [
      ...dimensions,
      ...biasDimensions({ STAGE: stage, LABEL: label, LABEL_VALUE: groupName(labelValue), FACET: facet, FACET_VALUE: groupName(group) }),
    ],
    Value: value,
  })));
}

function isComputed<Metric extends { readonly value: number | null }>(metric: Metric): metric is Metric & { readonly value: number } {
  return metric.value !== null;
}
