import { captureFolderUri, delayedWindow, labelDelayHours, MonitorConfig, ScheduleConfig, StartRequest, Window } from '../../lib/contract';
import { TemplateResource } from '../assembly/stack';
import { TemplateSchedule } from './schedules';

/** A monitor, and how long the labels take that it needs. */
export type WatchingMonitor = Pick<MonitorConfig, 'name' | 'type' | 'baseline'> & { readonly labelDelayHours?: number };

/** What watches an endpoint at a cadence, whoever executes it. */
export interface MonitoringSchedule {
  readonly name: string;
  /** The resource of the template whose times are those of the executions. */
  readonly resource: TemplateResource;
  readonly cadenceHours: number;
  readonly capture: ScheduleConfig['capture'];
  readonly monitors: readonly WatchingMonitor[];
  /** Folder of the labels, no trailing slash. */
  readonly groundTruthUri?: string;
  /**
   * Which hour's folder a label lies in, and which window a result tells: our own executions look for what was collected since, the managed service
   * for labels of the hours in which was asked.
   */
  readonly hoursOf: 'execution' | 'request';
}

/** A schedule of ours: EventBridge Scheduler's input tells all of it. */
export interface OwnSchedule extends MonitoringSchedule {
  /** How the names of its jobs begin. */
  readonly jobNamePrefixes: readonly string[];
}

/** The schedules that start monitoring executions of our own. */
export function ownSchedules(schedules: readonly TemplateSchedule[]): OwnSchedule[] {
  return schedules.flatMap(({ input, resource }) => {
    const { schedule } = JSON.parse(input) as Partial<StartRequest>;
    if (schedule === undefined) return [];
    const { capture, cadenceHours, explanationJob, groundTruth, job, monitors, name } = schedule;
    return [{
      name,
      resource,
      cadenceHours,
      capture,
      monitors: monitors.map((monitor): WatchingMonitor => ({ ...monitor, labelDelayHours: labelDelayHours(monitor) })),
      groundTruthUri: groundTruth?.uri,
      hoursOf: 'execution',
      jobNamePrefixes: [job, explanationJob ?? job].map(({ namePrefix }) => namePrefix),
    }];
  });
}

/** The schedules that watch one source of captures, with the one first that knows the columns of its requests. */
export type SourceSchedules = [MonitoringSchedule, ...MonitoringSchedule[]];

/** The schedules of each source of captures: an endpoint, transform jobs, or whatever captures in their place. */
export function schedulesBySource(schedules: readonly MonitoringSchedule[]): SourceSchedules[] {
  const knowing = [...schedules].sort((a, b) => Number(watchesData(b)) - Number(watchesData(a)));
  const groups = new Map<string, SourceSchedules>();
  for (const schedule of knowing) {
    const source = captureFolderUri(schedule.capture);
    const group = groups.get(source);
    if (group === undefined) groups.set(source, [schedule]);
    else group.push(schedule);
  }
  return [...groups.values()];
}

function watchesData({ monitors }: MonitoringSchedule): boolean {
  return monitors.some(({ type }) => type === 'data-quality');
}

/** The requests that a result tells of. */
export function requestsOf({ hoursOf }: MonitoringSchedule, { labelDelayHours: delay = 0 }: WatchingMonitor, window: Window): Window {
  return hoursOf === 'request' ? window : delayedWindow(window, delay);
}
