import { readConfig } from '../../bin/config';
import { CaptureStoppedAlarm, ModelMonitoringStack } from '../../lib';
import { RehearsalOptions } from '../../rehearsal/player/rehearsal-options';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { resource, SampleAssembly, StackAssembly } from './sample-assembly';

const HOUR = 3_600_000;
const DEPLOYED = Date.parse('2026-01-05T07:15:00Z');
const FIRST_HOUR = Date.parse('2026-01-05T08:00:00Z');
const OVERDUE = 'execution_failed + schedule_deployed';

const config = readConfig('config/churn.json');
const hourly = new SampleAssembly();
const counted = new StackAssembly((app) => {
  const stack = new ModelMonitoringStack(app, 'ModelMonitoring', { config });
  new CaptureStoppedAlarm(stack, 'CaptureStopped', { schedule: stack.schedule });
  return stack;
});
const everySixHours = new SampleAssembly({ ...config, monitoring: { ...config.monitoring, cadenceHours: 6 } });

afterAll(() => {
  hourly.remove();
  counted.remove();
  everySixHours.remove();
});

function play(sample: SampleAssembly, options: Partial<RehearsalOptions>): Promise<RehearsalOutcome> {
  return sample.play({ recordsPerHour: 60, plan: { calmHours: 0, planted: [] }, ...options });
}

test('a schedule that never fires is found by its dead man\'s switch, some cadences after the deployment, and by nothing else', async () => {
  const { alarms, broken, hours } = await play(hourly, { hours: 6, silentFrom: 0 });

  expect(broken?.message).toBeUndefined();
  expect(hours).toEqual([]);
  const [overdue, health, ...others] = alarms;
  expect(others).toEqual([]);
  expect(overdue).toMatchObject({ metricName: OVERDUE, topics: [{}] });
  expect(overdue!.description).toMatch(/^No monitoring execution ended for 3 × 1 h/);
  expect((overdue!.time.getTime() - DEPLOYED) / HOUR).toBeGreaterThanOrEqual(2.9);
  expect((overdue!.time.getTime() - DEPLOYED) / HOUR).toBeLessThanOrEqual(5.1);
  // The light over all of them is on, and mails nobody a second time.
  expect(health).toMatchObject({ description: 'An alarm of the model is raised', time: overdue!.time, topics: [] });
  expect(health!.reason).toContain(`in ALARM: ${overdue!.name}`);
});

test('one that dies on the third day is found within its limit, and not before', async () => {
  const { alarms, broken, hours } = await play(everySixHours, { hours: 78, silentFrom: 48 });

  expect(broken?.message).toBeUndefined();
  expect(hours.map(({ status }) => status)).toEqual(hours.map(() => 'Completed'));
  expect(hours.length).toBeGreaterThanOrEqual(7);
  const [overdue] = alarms.filter(({ metricName }) => metricName === OVERDUE);
  const lastEnd = Math.max(...hours.map(({ window }) => Date.parse(window.end)));
  expect(overdue!.time.getTime()).toBeGreaterThan(FIRST_HOUR + 48 * HOUR);
  expect((overdue!.time.getTime() - lastEnd) / HOUR).toBeLessThanOrEqual(4 * 6 + 0.5);
});

test.each<[string, (sample: SampleAssembly) => string, RegExp]>([
  ['without a dead man\'s switch nobody notices', sample => sample.mutated((template) => {
    const { logicalId } = resource(template, 'AWS::CloudWatch::Alarm', 'ExecutionOverdue');
    Reflect.deleteProperty(template.Resources, logicalId);
    Reflect.deleteProperty(template.Resources, resource(template, 'AWS::CloudWatch::CompositeAlarm').logicalId);
    Reflect.deleteProperty(template.Resources, resource(template, 'AWS::CloudWatch::Dashboard').logicalId);
  }), /^nobody would notice that \S+ is silent: add an ExecutionOverdueAlarm$/],
  ['one that does not know of the deployment takes a new schedule for a silent one', sample => sample.mutated((template) => {
    Reflect.deleteProperty(template.Resources, resource(template, 'Custom::MonitoringScheduleDeployment').logicalId);
  }), /is silent from \S+, and the alarm was raised before: No datapoints were received for 3 period\(s\)$/],
  ['one that waits for too long is told', sample => sample.mutated((template) => {
    Object.assign(resource(template, 'AWS::CloudWatch::Alarm', 'ExecutionOverdue').properties, { EvaluationPeriods: 24, DatapointsToAlarm: 24 });
  }), /is silent from 2026-01-05T09:00:00\.000Z, and the alarm is not raised; play more hours, or let it wait for fewer cadences$/],
])('%s', async (_what, mutate, reason) => {
  const { broken } = await play(hourly, { assembly: mutate(hourly), hours: 3, silentFrom: 1 });

  expect(broken?.reason).toMatch(reason);
});

describe('when nothing is captured any more of what the endpoint is asked', () => {
  const CAPTURE_STOPPED = 'IF(Invocations >= 1 AND records_captured < 1, 1, 0)';
  const watched = (options: Partial<RehearsalOptions>): Promise<RehearsalOutcome> =>
    play(hourly, { assembly: counted.folder, recordsPerHour: 300, ...options });
  const raised = ({ alarms }: RehearsalOutcome): string[] =>
    alarms.filter(({ metricName }) => metricName === CAPTURE_STOPPED).map(({ time }) => time.toISOString().slice(11, 13));

  test('an alarm tells of it some cadences later, besides the one on windows without data', async () => {
    const outcome = await watched({ hours: 7, captureStoppedFrom: 2 });

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.notPlayed.filter(what => what.includes('Invocations'))).toEqual([]);
    expect(outcome.hours.map(({ status }) => status)).toEqual(['Completed', 'Completed', ...Array<string>(5).fill('NoData')]);
    // The last records are known at 10:16, and four hours later it is four hours that nothing was found.
    expect(raised(outcome)).toEqual(['14']);
  });

  test.each<[string, Partial<RehearsalOptions>]>([
    ['all is captured', { hours: 6 }],
    ['nobody asks', { hours: 6, quietHours: [1, 2, 3, 4, 5] }],
    ['requests come after a silence', { hours: 7, quietHours: [0, 1, 2, 3, 4] }],
  ])('the alarm is silent when %s', async (_, options) => {
    const outcome = await watched(options);

    expect(outcome.broken?.message).toBeUndefined();
    expect(raised(outcome)).toEqual([]);
  });

  test('without such an alarm nobody notices', async () => {
    const { broken } = await play(hourly, { hours: 3, captureStoppedFrom: 1 });

    expect(broken?.message).toMatch(/^loop broken at endpoint → alarm: nobody would notice that \S+ captures nothing: add a CaptureStoppedAlarm/);
  });
});
