import { Logger } from '@aws-lambda-powertools/logger';
import type * as z from 'zod';
import { statisticsSchema } from '../../analyzer/data-quality/baseline';
import { distanceOf, meanShiftOf } from '../../analyzer/data-quality/comparison/feature';
import { attributionsSchema } from '../../analyzer/model-explainability/baseline';
import { rankingDrifts } from '../../analyzer/model-explainability/drift';
import { ExecutionMetric, featureMeanShiftMetric, FeatureStatistics, MetricRecord, ReportFile } from '../../lib/contract';
import { executionMetrics, monitorDimensions } from '../shared/metric-data';
import { parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';
import { ManagedExecution } from './managed-execution';

/** Each custom metric costs money: so many features have their mean shift published, those that moved most. */
const MEAN_SHIFTS = 50;
/** The container compares in no other way. */
const COMPATIBLE = { method: 'Compatible', categoricalMethod: 'LInfinity' } as const;

const logger = new Logger({ serviceName: 'publish-monitoring-results' });

/** How far a window is from its baseline, as far as AWS' container computes it and does not tell. */
export async function comparisonMetrics(files: S3Files, execution: ManagedExecution, time: Date): Promise<MetricRecord[]> {
  switch (execution.monitor.type) {
    case 'data-quality':
      return compared(files, execution, ReportFile.STATISTICS, statisticsSchema, (before, after) => driftMetrics(execution, before, after, time));
    case 'model-explainability':
      return compared(files, execution, ReportFile.ANALYSIS, attributionsSchema, (before, after) => rankingMetrics(execution, before, after, time));
    default:
      return [];
  }
}

/** What a file of the window tells beside the baseline's. Without one of them, or where one is of another shape, there is nothing to compare. */
async function compared<Schema extends z.ZodType>(
  files: S3Files, { folderUri, baselineUri }: ManagedExecution, file: string, schema: Schema,
  compare: (before: z.output<Schema>, after: z.output<Schema>) => MetricRecord[],
): Promise<MetricRecord[]> {
  if (baselineUri === undefined) return [];
  const windowUri = `${folderUri}/${file}`;
  const [before, after] = [await files.find(baselineUri), await files.find(windowUri)];
  if (before === undefined || after === undefined) return [];
  try {
    return compare(parseJson(schema, before.text, baselineUri), parseJson(schema, after.text, windowUri));
  } catch (error) {
    logger.warn('a window cannot be compared with its baseline', { error });
    return [];
  }
}

type FileStatistics = z.output<typeof statisticsSchema>;

function driftMetrics({ config, monitor }: ManagedExecution, baseline: FileStatistics, window: FileStatistics, time: Date): MetricRecord[] {
  const known = new Map(baseline.features.map(feature => [feature.name, feature]));
  const pairs = window.features.flatMap((after) => {
    const before = known.get(after.name);
    return before === undefined ? [] : [{ before, after }];
  });
  const distances = pairs.flatMap(({ before, after }) => distanceOf(before, after, COMPATIBLE) ?? []);
  const largest = distances.length > 0 ? { [ExecutionMetric.BASELINE_DRIFT_MAX]: Math.max(...distances) } : {};
  return [
    ...executionMetrics(config.schedule, monitor.name, time, largest),
    ...largestMeanShifts(pairs).map(({ name, shift }): MetricRecord => ({
      MetricName: featureMeanShiftMetric(name),
      Timestamp: time.toISOString(),
      Dimensions: monitorDimensions(config.schedule.capture.endpointName, monitor.name),
      Value: shift,
    })),
  ];
}

interface FeaturePair {
  readonly before: FeatureStatistics;
  readonly after: FeatureStatistics;
}

function largestMeanShifts(pairs: readonly FeaturePair[]): { readonly name: string; readonly shift: number }[] {
  return pairs
    .flatMap(({ before, after }) => {
      const shift = meanShiftOf(before, after);
      return shift === undefined ? [] : [{ name: after.name, shift }];
    })
    .sort((a, b) => b.shift - a.shift)
    .slice(0, MEAN_SHIFTS);
}

type FileAttributions = z.output<typeof attributionsSchema>;

function rankingMetrics({ config, monitor }: ManagedExecution, baseline: FileAttributions, window: FileAttributions, time: Date): MetricRecord[] {
  const drifts = rankingDrifts(baseline.explanations.kernel_shap, window.explanations.kernel_shap);
  const ndcgs = drifts.flatMap(({ ndcg }) => ndcg ?? []);
  const lowest = ndcgs.length > 0 ? { [ExecutionMetric.FEATURE_ATTRIBUTION_NDCG]: Math.min(...ndcgs) } : {};
  return executionMetrics(config.schedule, monitor.name, time, lowest);
}
