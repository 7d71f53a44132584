import { SCHEDULE_DIMENSION } from '../../lib/contract';
import { watchedBy } from '../aws';
import { Scenario } from '../traffic/scenario';
import { requireFed, requirePublishedOnce } from './alarm-checks';
import { Calendar } from './calendar';
import { audible, Played, requireRetraining } from './judge';
import { LoopBroken } from './loop-broken';
import { requestsOf } from './monitoring-schedule';
import { AlarmOutcome, DayOutcome } from './outcome';
import { Stage } from './stage';

/** What a scenario came to. */
export interface PlayedScenario extends Played {
  readonly scenario: Scenario;
  readonly calendar: Calendar;
}

/** Whether each day raised its own alarms and no other; fails with LoopBroken at the first arrow that did not hold. */
export function judgeScenario(stage: Stage, played: PlayedScenario): readonly DayOutcome[] {
  requireAnalysed(played);
  requirePublishedOnce(stage.aws.cloudWatch);
  requireFed(audible(played), stage.aws.cloudWatch);
  const unheard = played.silent.map(({ alarm }) => watchedBy(alarm));
  const days = played.scenario.days.map(({ what, alarms }, day) =>
    ({ what, expected: alarms.filter(metric => !unheard.includes(metric)), raised: raisedBy(day, played) }));
  for (const day of days) requireOwnAlarms(stage, played, day);
  requireRetraining(played);
  return days;
}

/** Each monitor has analysed each day, and no execution failed. */
function requireAnalysed({ calendar, hours, monitoring, scenario }: PlayedScenario): void {
  const failed = hours.find(({ status }) => status === 'Failed');
  if (failed !== undefined) throw new LoopBroken('Processing job → reports', `the execution of ${failed.monitor} up to ${failed.window.end} failed: ${failed.failureReason ?? 'no reason given'}`);
  for (const schedule of monitoring) {
    for (const monitor of schedule.monitors) {
      const mine = hours.filter(hour => hour.monitor === monitor.name);
      const analysed = mine.filter(({ status }) => status.startsWith('Completed')).map(({ window }) => calendar.dayOf(requestsOf(schedule, monitor, window)));
      const missing = scenario.days.findIndex((_, day) => !analysed.includes(day));
      if (missing < 0) continue;
      const found = mine.find(({ window }) => calendar.dayOf(requestsOf(schedule, monitor, window)) === missing);
      const reason = found === undefined ? 'no execution was reported' : `its execution ended as ${found.status}`;
      throw new LoopBroken('schedule → start-monitoring-execution',
        `${monitor.name} did not analyse day ${missing + 1} (${scenario.days[missing]?.what ?? ''}): ${reason}`, schedule.resource);
    }
  }
}

function requireOwnAlarms({ aws: { cloudWatch } }: Stage, { alarms }: PlayedScenario, { what, raised, expected }: DayOutcome): void {
  const silent = expected.find(metric => !raised.includes(metric));
  if (silent !== undefined) {
    const watching = alarms.ofMetrics.find(({ alarm }) => watchedBy(alarm) === silent);
    if (watching === undefined) throw new LoopBroken('metric → alarm', `no alarm watches ${silent}, which ${JSON.stringify(what)} has to raise`);
    const values = watching.alarm.metrics.flatMap(metric => cloudWatch.data(metric)).map(point => Number(point.maximum.toFixed(4)));
    throw new LoopBroken(`metric → ${watching.alarm.name}`,
      `${JSON.stringify(what)} raised no alarm: ${silent} was ${values.join(', ')}, the threshold is ${watching.alarm.threshold}`, watching.resource);
  }
  const other = raised.find(metric => !expected.includes(metric));
  if (other === undefined) return;
  const watching = alarms.ofMetrics.find(({ alarm }) => watchedBy(alarm) === other);
  const reason = alarms.fired.find(({ metricName }) => metricName === other)?.reason ?? '';
  throw new LoopBroken(`metric → ${watching?.alarm.name ?? other}`, `${JSON.stringify(what)} raised an alarm that is not its own: ${reason}`, watching?.resource);
}

/** Metrics of the alarms that a day's requests raised; an alarm of other alarms says nothing of its own. */
function raisedBy(day: number, played: PlayedScenario): string[] {
  return [...new Set(played.alarms.fired.filter(alarm => dayOf(alarm, played) === day).flatMap(({ metricName }) => metricName ?? []))];
}

/** An alarm speaks of the newest execution of its monitor. */
function dayOf({ name, time }: AlarmOutcome, { alarms, calendar, hours, monitoring }: PlayedScenario): number | undefined {
  const monitorName = alarms.ofMetrics.find(({ alarm }) => alarm.name === name)?.alarm.metrics[0]?.dimensions[SCHEDULE_DIMENSION];
  const watching = monitoring.flatMap(schedule => schedule.monitors.map(monitor => ({ monitor, schedule })))
    .find(({ monitor }) => monitor.name === monitorName);
  const newest = hours.findLast(hour => hour.monitor === monitorName && hour.time <= time);
  return watching === undefined || newest === undefined ? undefined : calendar.dayOf(requestsOf(watching.schedule, watching.monitor, newest.window));
}
