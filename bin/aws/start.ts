import { DescribeProcessingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { executionsOf } from '../../lambda/start-monitoring-execution/executions';
import { captureFolderUri, executionJobName, ScheduleConfig, scheduledWindow, Window } from '../../lib/contract';
import { hasCaptures } from './captures';
import { DeployedSchedule, findOwnSchedule } from './deployed-schedule';

const HOUR = 3_600_000;
/** The queue tries for two hours; a job takes some minutes, and an account may run few at once. */
const MOST_WINDOWS = 48;

/** An execution that was asked for. */
export interface AskedExecution {
  readonly schedule: string;
  readonly window: Window;
  /** Names of the jobs to come. */
  readonly jobs: readonly string[];
}

/** What became of the windows of a span. */
export interface AskedExecutions {
  readonly schedule: string;
  readonly asked: readonly AskedExecution[];
  /** Windows that have a job already. */
  readonly skipped: readonly { readonly window: Window; readonly job: string; readonly status: string }[];
  /** Windows in which nothing was captured. */
  readonly empty: readonly Window[];
}

/** Asks for an execution of the window that ends at an hour, or of the last one, as the Scheduler does. */
export async function startExecution(name: string, end: string | undefined): Promise<AskedExecution> {
  const schedule = await findOwnSchedule(name);
  const time = end === undefined ? lastFullHour() : timeFor(end, schedule.config);
  const { asked, existing } = await execution(schedule, time);
  if (existing !== undefined) {
    throw new AnalyzerError(`this window was executed before, by the job ${existing.job} (${existing.status}): choose another with --end`);
  }
  if (!await hasCaptures(schedule.config, asked.window)) {
    throw new AnalyzerError(`nothing was captured from ${asked.window.start} to ${asked.window.end} ${belowCaptures(schedule)}: choose another window with --end, `
      + 'or see whether the model was asked, and captures');
  }
  await send(schedule.queueArn, schedule.requestAt(time));
  return asked;
}

/** Asks for an execution of each window of a span; those that were executed before, and those without captures, are passed over. */
export async function startExecutions(name: string, start: string, end: string | undefined): Promise<AskedExecutions> {
  const schedule = await findOwnSchedule(name);
  const last = end ?? scheduledWindow(lastFullHour(), schedule.config).end;
  const asked: AskedExecution[] = [];
  const skipped: AskedExecutions['skipped'][number][] = [];
  const empty: Window[] = [];
  for (const time of timesBetween(start, last, schedule.config)) {
    const found = await execution(schedule, time);
    const { window } = found.asked;
    if (found.existing !== undefined) skipped.push({ window, ...found.existing });
    else if (!await hasCaptures(schedule.config, window)) empty.push(window);
    else {
      await send(schedule.queueArn, schedule.requestAt(time));
      asked.push(found.asked);
    }
  }
  if (asked.length === 0 && skipped.length === 0) {
    throw new AnalyzerError(`nothing was captured from ${start} to ${last} ${belowCaptures(schedule)}: choose another span, `
      + 'or see whether the model was asked, and captures');
  }
  return { schedule: name, asked, skipped, empty };
}

function belowCaptures({ config: { capture } }: DeployedSchedule): string {
  return `below ${captureFolderUri(capture)}/`;
}

function lastFullHour(): string {
  return new Date(Math.floor(Date.now() / HOUR) * HOUR).toISOString();
}

/** When the Scheduler would ask for the window with this end. */
function timeFor(end: string, { capture: { transform } }: ScheduleConfig): string {
  const time = new Date(Date.parse(end) + (transform?.longestHours ?? 0) * HOUR);
  if (time.getTime() > Date.now()) throw new AnalyzerError(`transform jobs that began before --end ${end} may run until ${time.toISOString()}: choose an earlier one`);
  return time.toISOString();
}

/** When it would ask for each window of a span, the oldest first. */
function timesBetween(start: string, end: string, config: ScheduleConfig): string[] {
  const { cadenceHours } = config;
  const endOf = (index: number): string => new Date(Date.parse(start) + (index + 1) * cadenceHours * HOUR).toISOString();
  const windows = (Date.parse(end) - Date.parse(start)) / HOUR / cadenceHours;
  if (windows <= 0) throw new AnalyzerError(`--start ${start} is not before the end ${end}`);
  if (!Number.isInteger(windows)) throw new AnalyzerError(`from --start ${start} to ${end} are parts of windows: each is ${cadenceHours} h`);
  if (windows > MOST_WINDOWS) {
    throw new AnalyzerError(`from --start ${start} to ${end} are ${windows} windows, at most ${MOST_WINDOWS} are asked for at once: take them in parts`);
  }
  return Array.from({ length: windows }, (_, index) => timeFor(endOf(index), config));
}

/** The execution that is asked for at a time, and the first of its jobs that there is already. */
async function execution(
  { config: schedule }: DeployedSchedule, time: string,
): Promise<{ readonly asked: AskedExecution; readonly existing: { readonly job: string; readonly status: string } | undefined }> {
  const window = scheduledWindow(time, schedule);
  const jobs = executionsOf({ schedule, window }).map(({ config }) => executionJobName(config.schedule.job.namePrefix, window));
  const asked = { schedule: schedule.name, window, jobs };
  for (const job of jobs) {
    const status = await statusOf(job);
    if (status !== undefined) return { asked, existing: { job, status } };
  }
  return { asked, existing: undefined };
}

/** A window is executed once: a request for another time would be passed over without a word. `undefined` where there is no such job. */
async function statusOf(job: string): Promise<string | undefined> {
  try {
    return (await new SageMakerClient({}).send(new DescribeProcessingJobCommand({ ProcessingJobName: job }))).ProcessingJobStatus;
  } catch (error) {
    if (error instanceof Error && /could not find/i.test(error.message)) return undefined;
    throw error;
  }
}

async function send(queueArn: string, body: string): Promise<void> {
  const [account, queue] = queueArn.split(':').slice(-2);
  // The queue's URL tells which queue, not where to ask: that is AWS_ENDPOINT_URL's to say.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue, QueueOwnerAWSAccountId: account }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
}
