import { ExecutionConfig, MonitorConfig, Window, delayedWindow, executionInputUri, labelDelayHours } from '../../lib/contract';

/** One job of a window. */
export interface Execution {
  /** What it is told: the schedule as far as this job's monitors go. */
  readonly config: ExecutionConfig;
  /** Folder of the files that say so, no trailing slash. */
  readonly folder: string;
}

/** The jobs of a window: one that reads it once for all monitors and is isolated, and one that asks the model in order to explain it. */
export function executionsOf({ schedule, window }: ExecutionConfig): Execution[] {
  const { explanationJob, ...rest } = schedule;
  const folder = executionInputUri(schedule.output.uri, schedule.capture.endpointName, schedule.name, window);
  const jobs = [
    { job: schedule.job, monitors: schedule.monitors.filter(monitor => !asksModel(monitor)), folder },
    { job: explanationJob ?? schedule.job, monitors: schedule.monitors.filter(asksModel), folder: `${folder}/explanation` },
  ];
  return jobs.filter(({ monitors }) => monitors.length > 0)
    .map(({ job, monitors, folder }) => ({ config: { schedule: { ...rest, job, monitors }, window }, folder }));
}

/** The same execution for fewer monitors, or for those that know more. */
export function withMonitors({ config, folder }: Execution, monitors: readonly MonitorConfig[]): Execution {
  return { config: { ...config, schedule: { ...config.schedule, monitors } }, folder };
}

/** The windows whose requests a job analyses, each once: where labels take time, an earlier one. */
export function capturedWindows({ schedule: { monitors }, window }: ExecutionConfig): Window[] {
  const delays = new Set(monitors.map(monitor => labelDelayHours(monitor) ?? 0));
  return [...delays].map(delay => delayedWindow(window, delay));
}

/** The hours in which the labels of a job's requests were collected: from the first request until now. `undefined` where no monitor needs labels. */
export function groundTruthWindow({ schedule: { capture, monitors }, window }: ExecutionConfig): Window | undefined {
  const delays = monitors.flatMap(monitor => labelDelayHours(monitor) ?? []);
  if (delays.length === 0) return undefined;
  const now = delayedWindow(window, -(capture.transform?.longestHours ?? 0)).end;
  return { start: delayedWindow(window, Math.max(...delays)).start, end: now };
}

function asksModel({ type }: MonitorConfig): boolean {
  return type === 'model-explainability';
}
