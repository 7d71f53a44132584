import { SCHEDULE_DIMENSION } from '../../lib/contract';
import { AlarmWatch } from './alarm-watch';
import { watchesSilence } from './alarms';
import { Played } from './judge';
import { LoopBroken } from './loop-broken';
import { MonitoringSchedule } from './monitoring-schedule';

/** What a rehearsal came to in which no schedule fires from some time on. */
interface PlayedSilence extends Played {
  readonly silentFrom: Date;
}

/** Whether the dead man's switch of each schedule told of the silence, and not before it; fails with LoopBroken when it did not. */
export function judgeSilence({ alarms, monitoring, silentFrom }: PlayedSilence): void {
  for (const schedule of monitoring) {
    const switches = alarms.ofMetrics.filter(alarm => watchesSilence(alarm) && isOf(alarm, schedule));
    const [first] = switches;
    const { name } = schedule;
    if (first === undefined) {
      throw new LoopBroken('schedule → alarm', `nobody would notice that ${name} is silent: add an ExecutionOverdueAlarm`, schedule.resource);
    }
    const raised = alarms.fired.find(fired => switches.some(({ alarm }) => alarm.name === fired.name));
    if (raised === undefined) {
      throw new LoopBroken(`schedule → ${first.alarm.name}`,
        `${name} is silent from ${silentFrom.toISOString()}, and the alarm is not raised; play more hours, or let it wait for fewer cadences`, first.resource);
    }
    if (raised.time < silentFrom) throw new LoopBroken(`schedule → ${raised.name}`, `the alarm was raised before ${name} was silent: ${raised.reason}`, first.resource);
  }
}

/** Metrics bear the name of a monitor, which begins with that of its schedule. */
function isOf({ alarm }: AlarmWatch['ofMetrics'][number], { monitors }: MonitoringSchedule): boolean {
  return alarm.metrics.some(({ dimensions }) => monitors.some(({ name }) => name === dimensions[SCHEDULE_DIMENSION]));
}
