import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConstraintViolations, ExecutionMetric, ExecutionSummary, RecordCounts, ReportFile, Violation } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { withOtherThreads } from './data-quality/other-threads';
import { readInput } from './input/read';
import { MetricValue, metricRecords } from './metric-records';
import { needsLabels, openMonitor } from './monitors';
import { Labels, readGroundTruth } from './observation/ground-truth';
import { makeFolder, writeJson, writeJsonLines } from './output';
import { RejectedLog } from './rejected-log';
import { Result } from './result';
import { beginPhase } from './progress';
import { ExecutionTask, MonitorTask } from './task';
import { MonitorReader } from './monitor-reader';
import { Findings, WindowMonitor } from './window-monitor';

/** Judges a window for each monitor, all in one read of it, writes their reports, and returns the violations. */
export async function runExecution(execution: ExecutionTask): Promise<readonly Violation[]> {
  return withOtherThreads(() => execute(execution));
}

async function execute(execution: ExecutionTask): Promise<readonly Violation[]> {
  const watches = await openWatches(execution);
  for (let readers = watches.map(({ reader }) => reader); readers.length > 0; readers = readers.filter(reader => reader.startsAgain())) {
    await readInput(execution.dataset, execution.format, readers);
  }
  beginPhase({ doing: 'judging' });
  const results: Result[] = [];
  for (const { task, monitor, reader, rejected } of watches) {
    rejected.close();
    results.push(resultOf(task, execution, await monitor.judge(reader.counts)));
  }
  beginPhase({ doing: 'drawing the report' });
  const { renderReport } = await import('./report/page.js');
  const report = await renderReport(execution.endpoint, results);
  for (const { task } of results) writeFileSync(path.join(task.output, ReportFile.REPORT), report);
  return results.flatMap(({ findings }) => findings.violations);
}

interface Watch {
  readonly task: MonitorTask;
  readonly monitor: WindowMonitor;
  readonly reader: MonitorReader;
  readonly rejected: RejectedLog;
}

/** What is sensitive to one monitor is so to all: they read the same records. */
async function openWatches(execution: ExecutionTask): Promise<Watch[]> {
  const isSensitive = execution.monitors.some(task => task.type === 'data-quality' && (task.analysis.sensitiveColumns ?? []).length > 0);
  const opened = execution.monitors.map(task => ({ task, rejected: openRejectedLog(task, isSensitive) }));
  const labels = await labelsFor(execution, opened.filter(({ task }) => needsLabels(task)).map(({ rejected }) => rejected));
  return opened.map(({ task, rejected }) => {
    const monitor = openMonitor(task, execution, rejected, labels);
    return { task, monitor, rejected, reader: new MonitorReader(monitor, rejected) };
  });
}

function openRejectedLog({ output }: MonitorTask, isSensitive: boolean): RejectedLog {
  makeFolder(output);
  return new RejectedLog(path.join(output, ReportFile.REJECTED), isSensitive);
}

/** The ground truth is read once for all who need it; each of them keeps the lines that are no label. */
async function labelsFor({ format, groundTruth }: ExecutionTask, needy: readonly RejectedLog[]): Promise<Labels> {
  if (needy.length === 0 || !('sagemakerCaptureJson' in format || 'transforms' in format)) return new Labels();
  if (groundTruth === undefined) throw new AnalyzerError('captured requests hold no labels; say where the ground truth is');
  return readGroundTruth(groundTruth, (origin, reason) => {
    for (const rejected of needy) rejected.add(origin, reason);
  });
}

/** Writes everything but the report, which tells of all monitors. */
function resultOf(task: MonitorTask, { endpoint, window, metricTime, cloudWatchFolder }: ExecutionTask, findings: Findings): Result {
  const { violations, records, drift, files } = findings;
  const summary: ExecutionSummary = { monitor: task.name ?? '', window: window ?? { start: '', end: '' }, records, violations, drift };
  const values = [...executionMetrics(violations, records), ...findings.metrics];
  const metrics = findings.emitsMetrics ? metricRecords({ endpoint, monitor: task.name, time: metricTime }, values) : [];
  for (const [name, content] of Object.entries(files)) writeJson(task.output, name, content);
  const version = task.type === 'model-bias' || task.type === 'model-explainability' ? { version: '1.0' } : {};
  writeJson(task.output, ReportFile.VIOLATIONS, { ...version, violations } satisfies ConstraintViolations);
  writeJson(task.output, ReportFile.SUMMARY, summary);
  writeJsonLines(task.output, ReportFile.METRICS, metrics);
  if (cloudWatchFolder !== undefined) writeJsonLines(cloudWatchFolder, 'cloudwatch_metrics.jsonl', metrics);
  return { task, findings, summary };
}

/** Metrics that every monitor has. */
function executionMetrics(violations: readonly Violation[], { captured, analysed, labelled, rejected }: RecordCounts): MetricValue[] {
  return [
    { name: ExecutionMetric.VIOLATIONS, value: violations.length, unit: 'Count' },
    { name: ExecutionMetric.RECORDS_CAPTURED, value: captured, unit: 'Count' },
    { name: ExecutionMetric.RECORDS_ANALYSED, value: analysed, unit: 'Count' },
    { name: ExecutionMetric.RECORDS_LABELLED, value: labelled, unit: 'Count' },
    { name: ExecutionMetric.LABELLED_SHARE, value: labelled === undefined || analysed === 0 ? undefined : labelled / analysed, unit: 'None' },
    { name: ExecutionMetric.RECORDS_REJECTED, value: rejected, unit: 'Count' },
  ];
}
