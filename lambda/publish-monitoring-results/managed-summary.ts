import * as z from 'zod';
import {
  DATA_QUALITY_CHECKS, ExecutionMetric, ExecutionSummary, MetricRecord, ReportFile, Violation, checkViolationsMetric,
} from '../../lib/contract';
import { executionMetrics } from '../shared/metric-data';
import { parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';
import { ManagedExecution } from './managed-execution';

/** The service's file, whose violations have no explanation. */
const violationsSchema = z.object({ violations: z.array(z.looseObject({ description: z.string(), constraint_check_type: z.string() })) });
const statisticsSchema = z.object({ dataset: z.object({ item_count: z.number() }) });

/**
 * What AWS' container found, in our words. Without a file of violations there are none; what has no statistics tells no number of rows. Model
 * quality is told of labelled rows only.
 */
export async function managedSummary(files: S3Files, { config, monitor, folderUri }: ManagedExecution): Promise<ExecutionSummary> {
  const file = async <Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema> | undefined> => {
    const uri = `${folderUri}/${name}`;
    const found = await files.find(uri);
    return found && parseJson(schema, found.text, uri);
  };
  const { violations = [] } = await file(ReportFile.VIOLATIONS, violationsSchema) ?? {};
  const statistics = await file(ReportFile.STATISTICS, statisticsSchema);
  const rows = statistics?.dataset.item_count ?? 0;
  return {
    monitor: monitor.name,
    window: config.window,
    records: { captured: rows, analysed: rows, rejected: 0, outsideWindow: 0, ...statistics !== undefined && monitor.type === 'model-quality' && { labelled: rows } },
    violations: violations.map(violation => ({ ...violation, explanation: violation.description }) as unknown as Violation),
    drift: [],
  };
}

/** Metrics that AWS' container does not publish itself. */
export function managedMetrics({ config, monitor }: ManagedExecution, { violations, records }: ExecutionSummary, time: Date): MetricRecord[] {
  const broken = (check: string): number => violations.filter(violation => violation.constraint_check_type === check).length;
  const checks = monitor.type === 'data-quality' ? DATA_QUALITY_CHECKS : [];
  return executionMetrics(config.schedule, monitor.name, time, {
    [ExecutionMetric.VIOLATIONS]: violations.length,
    ...records.analysed > 0 && { [ExecutionMetric.RECORDS_ANALYSED]: records.analysed },
    ...records.labelled !== undefined && { [ExecutionMetric.RECORDS_LABELLED]: records.labelled },
    ...Object.fromEntries(checks.map((check): [string, number] => [checkViolationsMetric(check), broken(check)])),
  });
}
