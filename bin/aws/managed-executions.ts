import { MonitoringExecutionSummary, paginateListMonitoringExecutions, SageMakerClient } from '@aws-sdk/client-sagemaker';
import * as z from 'zod';
import { ReportFile, reportUri, windowOf } from '../../lib/contract';
import { VIOLATIONS } from '../analysis/violations-file';
import { ManagedMonitor } from './managed-schedule';
import { findJson } from './reports';
import { ShownExecution } from './shown-execution';

const STATISTICS = z.looseObject({ dataset: z.looseObject({ item_count: z.number() }) });

/** An execution of the managed service, and the monitor that it is one of. */
interface ManagedExecution {
  readonly monitor: ManagedMonitor;
  readonly summary: MonitoringExecutionSummary;
}

/** The newest executions of monitors of the managed service, the newest first. */
export async function newestManagedExecutions(monitors: readonly ManagedMonitor[], most: number): Promise<ShownExecution[]> {
  const executions = (await Promise.all(monitors.map(monitor => newestOf(monitor, most)))).flat()
    .sort((one, other) => Number(other.summary.CreationTime) - Number(one.summary.CreationTime)).slice(0, most);
  return Promise.all(executions.map(shownExecution));
}

async function newestOf(monitor: ManagedMonitor, most: number): Promise<ManagedExecution[]> {
  const executions: ManagedExecution[] = [];
  const pages = paginateListMonitoringExecutions(
    { client: new SageMakerClient({}), pageSize: Math.min(most, 100) },
    { MonitoringScheduleName: monitor.name, SortBy: 'CreationTime', SortOrder: 'Descending' },
  );
  for await (const { MonitoringExecutionSummaries: found = [] } of pages) {
    executions.push(...found.map(summary => ({ monitor, summary })));
    if (executions.length >= most) break;
  }
  return executions;
}

/** Reports of data quality alone tell a number of rows. */
async function shownExecution({ monitor: { name: monitor, ...place }, summary }: ManagedExecution): Promise<ShownExecution> {
  const { FailureReason: failureReason, MonitoringExecutionStatus: status = 'Unknown', ProcessingJobArn: jobArn, ScheduledTime: time } = summary;
  const window = windowOf((time ?? new Date(0)).toISOString(), place.cadenceHours);
  const uri = reportUri(place.outputUri, place.endpointName, monitor, window);
  const completed = status.startsWith('Completed');
  const statistics = completed ? await findJson(`${uri}/${ReportFile.STATISTICS}`, STATISTICS, 'statistics') : undefined;
  const found = completed ? await findJson(`${uri}/${ReportFile.VIOLATIONS}`, VIOLATIONS, 'violations') : undefined;
  return {
    window, monitor, status,
    ...(jobArn !== undefined && { job: jobArn.split('/').at(-1) }),
    ...(failureReason !== undefined && { failureReason }),
    ...(statistics !== undefined && { rows: statistics.dataset.item_count }),
    ...(completed && { violations: found?.violations.length ?? 0 }),
  };
}
