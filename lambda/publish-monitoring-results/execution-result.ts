import { ExecutionResult, ExecutionSummary, ScheduleConfig, Violation, Window, reportUri, violationSubject } from '../../lib/contract';
import { JobEnd } from '../shared/job-end';

const EXPLANATIONS = 10;

/** What has to be known of an execution to publish it. */
export interface PublishedExecution {
  readonly schedule: Pick<ScheduleConfig, 'name' | 'output'> & { readonly capture: Pick<ScheduleConfig['capture'], 'endpointName'> };
  readonly window: Window;
}

/** How the execution of one monitor ended; without a summary, that it failed. */
export function executionResult(
  { schedule, window }: PublishedExecution, monitor: string, job: JobEnd, summary?: ExecutionSummary,
): ExecutionResult {
  const endpoint = schedule.capture.endpointName;
  const violations = summary ? mostDriftedFirst(summary) : [];
  return {
    ...(endpoint !== undefined && { endpoint }),
    schedule: schedule.name,
    monitor,
    execution: job.name,
    status: statusOf(summary),
    window,
    records: summary?.records ?? { captured: 0, analysed: 0, rejected: 0, outsideWindow: 0 },
    violations: violations.length,
    features: [...new Set(violations.map(violationSubject))],
    explanations: violations.slice(0, EXPLANATIONS).map(violation => violation.explanation),
    reportUri: reportUri(schedule.output.uri, endpoint, monitor, window),
    ...(job.failureReason !== undefined && { failureReason: job.failureReason }),
  };
}

function statusOf(summary: ExecutionSummary | undefined): ExecutionResult['status'] {
  if (!summary) return 'Failed';
  const { violations, records: { analysed, captured, labelled, rejected } } = summary;
  if (violations.length > 0) return 'CompletedWithViolations';
  if (captured === 0) return 'NoData';
  if (analysed === 0 && rejected > 0) return 'AllRejected';
  return labelled === 0 ? 'NoGroundTruth' : 'Completed';
}

function mostDriftedFirst({ violations, drift }: ExecutionSummary): Violation[] {
  const distances = new Map(drift.map(({ feature, distance }) => [feature, distance]));
  const distance = (violation: Violation): number => distances.get(violationSubject(violation)) ?? 0;
  return [...violations].sort((one, other) => distance(other) - distance(one));
}
