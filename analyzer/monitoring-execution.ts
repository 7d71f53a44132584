import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConstraintViolations, ExecutionSummary, ReportFile, Violation } from '../lib/contract';
import { Baseline, readBaseline } from './data-quality/baseline';
import { findViolations } from './data-quality/checks';
import { explainDrift } from './data-quality/comparison/explanation';
import { compareFeatures, ComparedFeature } from './data-quality/comparison/feature';
import { suggestConstraints } from './data-quality/suggested-constraints';
import { MonitoringTask } from './job';
import { judgementOf } from './data-quality/judgement';
import { executionMetrics } from './data-quality/metrics';
import { writeJson, writeJsonLines } from './output';
import { RejectedLog } from './rejected-log';
import { readWindow } from './data-quality/window-table';

/** Judges a window by its baseline, writes all reports, and returns the violations. */
export async function runMonitoringExecution(task: MonitoringTask): Promise<readonly Violation[]> {
  mkdirSync(task.output, { recursive: true });
  const baseline = readBaseline(task.constraints, task.statistics);
  const rejected = new RejectedLog(path.join(task.output, ReportFile.REJECTED), (task.analysis.sensitiveColumns ?? []).length > 0);
  const { table, records, otherWidth } = await readWindow(task, baseline, rejected);
  rejected.close();

  const judged = withoutExcluded(baseline, task.analysis.excludedColumns ?? []);
  const judgement = judgementOf(baseline.constraints, task.analysis);
  const features = table.rows === 0 || otherWidth ? [] : compareFeatures(judged, table, judgement);
  const violations = table.rows === 0 ? [] : findViolations(judged, table, features, judgement, otherWidth);
  const summary: ExecutionSummary = {
    monitor: task.monitor ?? '',
    window: task.window ?? { start: '', end: '' },
    records,
    violations,
    drift: driftOf(features),
  };
  const context = { endpoint: task.endpoint, monitor: task.monitor, time: task.metricTime };
  const metrics = judgement.emitsMetrics ? executionMetrics(context, features, violations, records) : [];

  const statistics = table.statistics();
  writeJson(task.output, ReportFile.STATISTICS, statistics);
  writeJson(task.output, ReportFile.CONSTRAINTS, suggestConstraints(statistics, judgement));
  writeJson(task.output, ReportFile.VIOLATIONS, { violations } satisfies ConstraintViolations);
  writeJson(task.output, ReportFile.SUMMARY, summary);
  writeJsonLines(task.output, ReportFile.METRICS, metrics);
  if (task.cloudWatchFolder !== undefined) writeJsonLines(task.cloudWatchFolder, 'cloudwatch_metrics.jsonl', metrics);
  const { renderReport } = await import('./report/page.js');
  writeFileSync(path.join(task.output, ReportFile.REPORT), await renderReport({ endpoint: task.endpoint, summary, features }));
  return violations;
}

function withoutExcluded(baseline: Baseline, excluded: readonly string[]): Baseline {
  const features = baseline.constraints.features.filter(({ name }) => !excluded.includes(name));
  return { ...baseline, constraints: { ...baseline.constraints, features } };
}

function driftOf(features: readonly ComparedFeature[]): ExecutionSummary['drift'] {
  return features
    .flatMap(({ name, baseline, window, distance }) =>
      distance === undefined || baseline === undefined ? [] : [{ feature: name, distance, explanation: explainDrift(baseline, window) }])
    .sort((a, b) => b.distance - a.distance);
}
