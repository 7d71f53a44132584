import { paginateListProcessingJobs, ProcessingJobSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { executionSummarySchema } from '../../lambda/shared/schemas';
import { executionsOf } from '../../lambda/start-monitoring-execution/executions';
import { ReportFile, reportUri, ScheduleConfig, scheduledWindow, Window, windowOf } from '../../lib/contract';
import { findSchedule } from './deployed-schedule';
import { newestManagedExecutions } from './managed-executions';
import { findJson } from './reports';
import { ShownExecution } from './shown-execution';

/** A job of a window, and the schedule as far as its monitors go. */
interface StartedJob {
  readonly summary: ProcessingJobSummary;
  readonly schedule: ScheduleConfig;
}

/** The newest executions of a deployed schedule, the newest first. */
export async function newestExecutions(name: string, most: number): Promise<ShownExecution[]> {
  const schedule = await findSchedule(name);
  return 'config' in schedule ? newestOwnExecutions(schedule.config, most) : newestManagedExecutions(schedule.managed, most);
}

async function newestOwnExecutions(schedule: ScheduleConfig, most: number): Promise<ShownExecution[]> {
  const kinds = executionsOf({ schedule, window: scheduledWindow(new Date().toISOString(), schedule) });
  const jobs = (await Promise.all(kinds.map(({ config }) => newestJobs(config.schedule, most)))).flat()
    .sort((one, other) => Number(other.summary.CreationTime) - Number(one.summary.CreationTime)).slice(0, most);
  return (await Promise.all(jobs.map(shownExecutions))).flat();
}

async function newestJobs(schedule: ScheduleConfig, most: number): Promise<StartedJob[]> {
  const prefix = `${schedule.job.namePrefix}-`;
  const jobs: StartedJob[] = [];
  const pages = paginateListProcessingJobs(
    { client: new SageMakerClient({}), pageSize: Math.min(most, 100) }, { NameContains: prefix, SortBy: 'CreationTime', SortOrder: 'Descending' },
  );
  for await (const { ProcessingJobSummaries: found = [] } of pages) {
    jobs.push(...found.filter(({ ProcessingJobName = '' }) => ProcessingJobName.startsWith(prefix)).map(summary => ({ summary, schedule })));
    if (jobs.length >= most) break;
  }
  return jobs;
}

async function shownExecutions({ summary, schedule: { monitors, cadenceHours, output, capture } }: StartedJob): Promise<ShownExecution[]> {
  const { ProcessingJobName: job = '', ProcessingJobStatus: status = 'Unknown', ExitMessage, FailureReason } = summary;
  const window = windowOfJob(job, cadenceHours);
  if (window === undefined) return [];
  const failureReason = status === 'Failed' ? ExitMessage ?? FailureReason : undefined;
  return Promise.all(monitors.map(async ({ name: monitor }) => {
    const uri = `${reportUri(output.uri, capture.endpointName, monitor, window)}/${ReportFile.SUMMARY}`;
    const found = status === 'Completed' ? await findJson(uri, executionSummarySchema, 'summary') : undefined;
    return {
      job, window, monitor,
      status: found !== undefined && found.violations.length > 0 ? 'CompletedWithViolations' : status,
      ...(failureReason !== undefined && { failureReason }),
      ...(found !== undefined && { rows: found.records.analysed, violations: found.violations.length }),
    };
  }));
}

/** A job's name ends in the hour that ends its window, and the attempt. */
function windowOfJob(name: string, cadenceHours: number): Window | undefined {
  const [, year, month, day, hour] = /-(\d{4})(\d\d)(\d\d)(\d\d)-\d+$/.exec(name) ?? [];
  const end = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:00:00Z`);
  return Number.isNaN(end) ? undefined : windowOf(new Date(end).toISOString(), cadenceHours);
}
