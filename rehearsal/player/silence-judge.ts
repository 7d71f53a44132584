import { ExecutionMetric, SCHEDULE_DIMENSION } from '../../lib/contract';
import { MetricAlarm } from '../aws';
import { AlarmWatch } from './alarm-watch';
import { TemplateAlarm, watchesSilence } from './alarms';
import { INVOCATIONS } from './invocations';
import { audible, Played } from './judge';
import { LoopBroken } from './loop-broken';
import { MonitoringSchedule } from './monitoring-schedule';

/** Whether the dead man's switch of each schedule told that it fires no longer, and not before; fails with LoopBroken when it did not. */
export function judgeSilence({ alarms, monitoring, silentFrom }: Played & { readonly silentFrom: Date }): void {
  for (const schedule of monitoring) {
    const watching = alarms.ofMetrics.filter(alarm => watchesSilence(alarm) && isOf(alarm, schedule));
    requireTold(alarms, { schedule, watching, since: silentFrom, is: `${schedule.name} is silent`, arrow: 'schedule', construct: 'an ExecutionOverdueAlarm' });
  }
}

/** Whether an alarm told of each endpoint that it is asked and captures nothing, and not before; fails with LoopBroken when it did not. */
export function judgeStoppedCapture({ alarms, silent, monitoring, stopped }: Played & { readonly stopped: Date }): void {
  const ofEndpoints = monitoring.filter(({ capture }) => capture.endpointName !== undefined);
  if (ofEndpoints.length === 0) throw new LoopBroken('endpoint → capture', 'no schedule of the assembly watches an endpoint, whose capture could stop');
  for (const schedule of ofEndpoints) {
    const { endpointName = '' } = schedule.capture;
    const watching = audible({ alarms, silent }).filter(({ alarm }) => watchesCaptureOf(alarm, endpointName));
    requireTold(alarms, { schedule, watching, since: stopped, is: `${endpointName} captures nothing`, arrow: 'endpoint', construct: 'a CaptureStoppedAlarm' });
  }
}

/** What has to be told of a schedule, by which alarms. */
interface Telling {
  readonly schedule: MonitoringSchedule;
  readonly watching: readonly TemplateAlarm<MetricAlarm>[];
  readonly since: Date;
  /** What is so since then, in words. */
  readonly is: string;
  readonly arrow: 'schedule' | 'endpoint';
  readonly construct: string;
}

function requireTold({ fired }: AlarmWatch, { schedule, watching, since, is, arrow, construct }: Telling): void {
  const [first] = watching;
  if (first === undefined) throw new LoopBroken(`${arrow} → alarm`, `nobody would notice that ${is}: add ${construct}`, schedule.resource);
  const raised = fired.find(({ name }) => watching.some(({ alarm }) => alarm.name === name));
  if (raised === undefined) {
    throw new LoopBroken(`${arrow} → ${first.alarm.name}`,
      `${is} from ${since.toISOString()}, and the alarm is not raised; play more hours, or let it wait for fewer cadences`, first.resource);
  }
  if (raised.time < since) throw new LoopBroken(`${arrow} → ${raised.name}`, `${is} from ${since.toISOString()}, and the alarm was raised before: ${raised.reason}`, first.resource);
}

/** Metrics bear the name of a monitor, which begins with that of its schedule. */
function isOf({ alarm }: TemplateAlarm<MetricAlarm>, { monitors }: MonitoringSchedule): boolean {
  return alarm.metrics.some(({ dimensions }) => monitors.some(({ name }) => name === dimensions[SCHEDULE_DIMENSION]));
}

function watchesCaptureOf({ metrics }: MetricAlarm, endpointName: string): boolean {
  return metrics.some(({ metricName, dimensions }) => metricName === INVOCATIONS.metricName && dimensions.EndpointName === endpointName)
    && metrics.some(({ metricName }) => metricName === ExecutionMetric.RECORDS_CAPTURED);
}
