import { readConfig } from '../../bin/config';
import { RehearsalEvent } from '../../rehearsal/player/outcome';
import { PLANTED, SampleAssembly } from './sample-assembly';

describe('the sample, rehearsed', () => {
  const sample = new SampleAssembly();

  afterAll(() => {
    sample.remove();
  });

  test('three calm hours raise no alarm, and drift raises every alarm and starts one execution', async () => {
    const events: RehearsalEvent[] = [];

    const outcome = await sample.play({ hours: 5, plan: { calmHours: 3, planted: PLANTED }, observe: event => void events.push(event) });

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.calmHours).toEqual({ played: 3, withAlarm: 0 });
    expect(outcome.alarms.flatMap(({ metricName }) => metricName ?? []).sort()).toEqual([
      'baseline_drift_max', 'feature_baseline_drift_income', 'feature_relative_mean_shift_income',
      'violations_categorical_values_check', 'violations_completeness_check', 'violations_data_type_check',
    ]);
    expect(outcome.alarms.find(({ metricName }) => metricName === 'feature_baseline_drift_income')!.description).toMatch(/^Data drift detected on income/);
    expect(outcome.pipelineStarts).toHaveLength(1);
    expect(outcome.pipelineStarts[0]!.parameters).toMatchObject({ ModelApprovalStatus: 'PendingManualApproval', DriftFeatures: expect.stringContaining('income') });
    expect(outcome.pipelineStarts[0]!.description).toMatch(/^Data drift detected on .*income/);
    expect(outcome.calls.made).toBeGreaterThan(100);
    expect(outcome.calls.allowed).toBe(outcome.calls.made);
    expect(events.filter(({ type }) => type === 'baseline')).toHaveLength(1);
  });

  test('an hour without traffic starts no job, says that there was no data, and fires no drift alarm', async () => {
    const doings: string[] = [];
    const executions: string[] = [];
    const outcome = await sample.play({
      hours: 3, quietHours: [1], plan: { calmHours: 0, planted: [] },
      observe: (event) => {
        if (event.type === 'progress') doings.push(event.doing);
        if (event.type === 'execution') executions.push(`${event.number} of ${event.of}: ${event.time.toISOString()}`);
      },
    });

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.hours.map(({ status, captured }) => [status, captured])).toEqual([['Completed', 1000], ['NoData', 0], ['Completed', 1000]]);
    expect(outcome.hours[1]!.reports).toBeUndefined();
    expect(executions).toEqual(['1 of 3: 2026-01-05T09:10:00.000Z', '2 of 3: 2026-01-05T10:10:00.000Z', '3 of 3: 2026-01-05T11:10:00.000Z']);
    expect(doings.filter(doing => /^Processing job .*schedule/.test(doing))).toHaveLength(2);
    expect(outcome.alarms.map(({ metricName }) => metricName)).toEqual(['execution_no_data', undefined]);
    expect(outcome.notPlayed.filter(what => what.includes('alarm'))).toEqual([]);
    expect(outcome.pipelineStarts).toEqual([]);
  });

  test('each record is analysed in exactly one window, though files reach over the hour', async () => {
    const outcome = await sample.play({ hours: 4, recordsPerHour: 997, plan: { calmHours: 0, planted: [] } });

    expect(outcome.hours.map(({ captured }) => captured)).toEqual([997, 997, 997, 997]);
  });

  test('with a flexible window executions come late, and each analyses its own hour all the same', async () => {
    const assembly = sample.mutated(({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources)) {
        if (Type === 'AWS::Scheduler::Schedule') Properties.FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 59 };
      }
    });
    const outcome = await sample.play({ assembly, hours: 3, plan: { calmHours: 2, planted: PLANTED } });

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.hours.map(({ window, captured }) => [window.end.slice(11, 13), captured])).toEqual([['09', 1000], ['10', 1000], ['11', 1000]]);
    expect(outcome.pipelineStarts).toHaveLength(1);
  });

  test('the same seed plays the same, to the violation', async () => {
    const [first, second] = [await sample.play(), await sample.play()];

    expect(second.hours.map(({ violations }) => violations)).toEqual(first.hours.map(({ violations }) => violations));
  });
});

describe('an alarm that the cooldown refused', () => {
  const config = readConfig('config/churn.json');
  const impatient = new SampleAssembly({ ...config, retraining: { ...config.retraining, cooldownHours: 2 } });

  afterAll(() => {
    impatient.remove();
  });

  test('is started by the re-check once the cooldown is over', async () => {
    const answers: string[] = [];

    const outcome = await impatient.play({
      hours: 5, observe: (event) => { if (event.type === 'handler' && event.name === 'trigger-retraining') answers.push(event.answer); },
    });

    expect(outcome.broken?.message).toBeUndefined();
    expect(answers.some(answer => answer.includes('cooldown'))).toBe(true);
    const [first, second] = outcome.pipelineStarts.map(({ time }) => time.getTime());
    expect(outcome.pipelineStarts).toHaveLength(2);
    expect(second! - first!).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(second! - first!).toBeLessThan(4 * 3_600_000);
  });
});
