import * as z from 'zod';
import { BiasAnalysisFile, BiasMetric, BiasReport, FacetMetrics } from '../../lib/contract';
import { readJson } from '../json-file';
import { MeasuredGroup, Measurement } from './measurement';

const METRIC = z.object({
  name: z.string(),
  description: z.string(),
  value: z.union([z.number(), z.literal('Infinity'), z.literal('-Infinity')]).nullable(),
  error: z.string().optional(),
  standard_error: z.number().optional(),
});

const REPORT = z.object({
  label: z.string(),
  facets: z.record(z.string(), z.array(z.object({ value_or_threshold: z.string(), metrics: z.array(METRIC) }))),
  label_value_or_threshold: z.string(),
});

const ANALYSIS_FILE = z.object({
  version: z.string(),
  post_training_bias_metrics: REPORT.optional(),
  pre_training_bias_metrics: REPORT.optional(),
  headers: z.array(z.string()).optional(),
}) satisfies z.ZodType<BiasAnalysisFile>;

/** Reads analysis.json: a file, or a folder that holds it alone. */
export function readAnalysisFile(place: string): BiasAnalysisFile {
  return readJson(place, ANALYSIS_FILE, 'bias baseline');
}

/** What stands at the head of both reports. */
export interface LabelName {
  readonly label: string;
  readonly label_value_or_threshold: string;
}

/** analysis.json of a dataset or window. */
export function analysisFile(groups: readonly MeasuredGroup[], label: LabelName, headers: readonly string[]): BiasAnalysisFile {
  const predicted = groups.flatMap(group => group.postTraining ? [{ group, metrics: group.postTraining }] : []);
  return {
    version: '1.0',
    ...(predicted.length > 0 && { post_training_bias_metrics: reportOf(predicted, label) }),
    pre_training_bias_metrics: reportOf(groups.map(group => ({ group, metrics: group.preTraining })), label),
    headers,
  };
}

interface Entry {
  readonly group: MeasuredGroup;
  readonly metrics: readonly Measurement[];
}

function reportOf(entries: readonly Entry[], { label, label_value_or_threshold }: LabelName): BiasReport {
  const facets: Record<string, FacetMetrics[]> = {};
  for (const { group, metrics } of entries) {
    (facets[group.facet] ??= []).push({ value_or_threshold: group.value, metrics: metrics.map(metricOf) });
  }
  return { label, facets, label_value_or_threshold };
}

function metricOf({ name, description, value, error, standardError }: Measurement): BiasMetric {
  return {
    name,
    description,
    value: jsonValue(value),
    ...(error !== undefined && { error }),
    ...(standardError !== undefined && { standard_error: standardError }),
  };
}

function jsonValue(value: number | undefined): BiasMetric['value'] {
  if (value === undefined) return null;
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** The number that a file's value stands for; `undefined` where there is none. */
export function numberOfValue(value: BiasMetric['value']): number | undefined {
  return value === null ? undefined : Number(value);
}
