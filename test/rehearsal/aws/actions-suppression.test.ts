import { ActionsSuppression, AlarmState, AlarmTransition, parseCompositeRule } from '../../../rehearsal/aws';

const alarm = { name: 'health', rule: parseCompositeRule('ALARM(a)') };
const START = Date.UTC(2026, 2, 1);

/** What the alarm acts on, minute by minute, as `state@minute`: with a wait of 2 and an extension of 3, as in CloudWatch's documentation. */
function played(changes: Readonly<Record<number, AlarmState>>, suppressor: Readonly<Record<number, AlarmState>>): string[] {
  const suppression = new ActionsSuppression({ alarmName: 'suppressor', wait: 120, extension: 180 });
  const acts: string[] = [];
  let stateOfSuppressor: AlarmState = 'OK';
  for (let minute = 0; minute < 15; minute++) {
    const now = new Date(START + minute * 60_000);
    stateOfSuppressor = suppressor[minute] ?? stateOfSuppressor;
    const state = changes[minute];
    const transition: AlarmTransition | undefined = state && { alarm, previous: 'OK', state, reason: '', time: now };
    const acting = suppression.release(transition, stateOfSuppressor, now);
    if (acting !== undefined) acts.push(`${acting.state}@${minute}`);
  }
  return acts;
}

test.each<[string, Record<number, AlarmState>, Record<number, AlarmState>, string[]]>([
  ['actions are not suppressed after the wait', { 2: 'ALARM' }, {}, ['ALARM@4']],
  ['actions are suppressed by an alarm that is raised within the wait', { 2: 'ALARM' }, { 3: 'ALARM' }, []],
  ['a change within the wait begins it anew', { 2: 'ALARM', 3: 'OK' }, {}, ['OK@5']],
  ['actions are suppressed by an alarm that is raised already', { 2: 'ALARM' }, { 0: 'ALARM' }, []],
  ['actions are not suppressed after the extension', { 2: 'ALARM' }, { 3: 'ALARM', 6: 'OK' }, ['ALARM@9']],
  ['a change within the extension ends it and begins a wait', { 2: 'ALARM', 7: 'OK' }, { 3: 'ALARM', 6: 'OK' }, ['OK@9']],
])('%s', (_what, changes, suppressor, acts) => {
  expect(played(changes, suppressor)).toEqual(acts);
});
