import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Cadence, DriftAlarm, DriftMetric, ExecutionOverdueAlarm, MonitoringEngine, NoDataAlarm } from '../../lib';
import { AlarmState, Datapoint, evaluateAlarm, Metric, MetricAlarm, watchedSeries } from '../../rehearsal/aws';
import { readWatched, WatchedProperties } from '../../rehearsal/player/alarm-metrics';
import { Fixture } from './fixture';

// CloudWatch says that it looks at older periods where newer ones are empty, but not at how many: alarms must do with none, and with some.
const LOOK_BACKS = [0, 2];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 2, 1);

/** A metric of the window that ends at a time: when it is stamped, and when CloudWatch knows it. */
interface Publication {
  readonly stamped: number;
  readonly known: number;
}

interface Measurement extends Publication {
  readonly value: number;
}

/** Who stamps what, and how late it comes: at once, or as late as it may. */
type Engine = Record<'soon' | 'late', (windowEnd: number, hours: number) => Publication>;

/** Ours: the job starts 10 minutes past the hour; its end is stamped to the minute; publishing may have to be tried again. */
const PROCESSING_JOBS: Engine = {
  soon: windowEnd => ({ stamped: windowEnd + 13 * MINUTE, known: windowEnd + 13.5 * MINUTE }),
  late: windowEnd => ({ stamped: windowEnd + 64 * MINUTE, known: windowEnd + 78 * MINUTE }),
};

/** The managed monitor: the start of the window is stamped; the job starts up to 20 minutes past the hour and takes up to an hour. */
const MODEL_MONITOR: Engine = {
  soon: (windowEnd, hours) => ({ stamped: windowEnd - hours * HOUR, known: windowEnd + 5.5 * MINUTE }),
  late: (windowEnd, hours) => ({ stamped: windowEnd - hours * HOUR, known: windowEnd + 85.5 * MINUTE }),
};

/** An alarm as the template has it. */
function alarmOf(fixture: Fixture, id: string): MetricAlarm {
  const [alarm] = Object.entries(fixture.template().findResources('AWS::CloudWatch::Alarm')).filter(([logicalId]) => logicalId.startsWith(id));
  const { EvaluationPeriods, DatapointsToAlarm, Threshold, ComparisonOperator, TreatMissingData } = alarm![1].Properties;
  return {
    name: id,
    ...readWatched(alarm![1].Properties as WatchedProperties),
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    threshold: Threshold,
    comparisonOperator: ComparisonOperator,
    treatMissingData: TreatMissingData,
  };
}

function driftAlarm(engine: Engine, cadence: Cadence): MetricAlarm {
  const fixture = new Fixture();
  const schedule = fixture.schedule({ cadence, ...engine === MODEL_MONITOR && { engine: MonitoringEngine.modelMonitor() } });
  new DriftAlarm(fixture.stack, 'Drift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
  return alarmOf(fixture, 'Drift');
}

function datapoint({ stamped, value }: Measurement): Datapoint {
  return { timestamp: new Date(stamped), sum: value, minimum: value, maximum: value, sampleCount: 1 };
}

/** The times at which an alarm changed its state, evaluated every minute as CloudWatch does, from its deployment on. */
function play(
  alarm: MetricAlarm, points: readonly Measurement[], until: number, lookBack: number, from = START,
): { time: number; state: AlarmState }[] {
  const changes: { time: number; state: AlarmState }[] = [];
  let state: AlarmState = 'INSUFFICIENT_DATA';
  const deployment = datapoint({ stamped: from, known: from, value: 1 });
  for (let time = from; time <= until; time += MINUTE) {
    const data = points.filter(({ known }) => known <= time).map(datapoint);
    const now = new Date(time);
    const dataOf = ({ metricName }: Metric): Datapoint[] => metricName === 'schedule_deployed' ? [deployment] : data;
    const { state: next } = evaluateAlarm(alarm, watchedSeries(alarm, dataOf, now), now, state, lookBack);
    if (next !== state) changes.push({ time, state: next });
    state = next;
  }
  return changes;
}

/** Eight windows of which the third has drift. */
function oneDrift(publish: Engine['soon'], hours: number): Measurement[] {
  return Array.from({ length: 8 }, (_, index) => ({ ...publish(START + (index + 1) * hours * HOUR, hours), value: index === 2 ? 0.3 : 0.1 }));
}

describe.each([
  ['our engine', PROCESSING_JOBS],
  ['the managed monitor', MODEL_MONITOR],
])('with the timestamps of %s', (_name, engine) => {
  describe.each([['hourly', Cadence.hourly()], ['every 6 hours', Cadence.everyHours(6)], ['daily', Cadence.daily()]])('%s', (_cadence, cadence) => {
    const alarm = driftAlarm(engine, cadence);
    const end = START + 9 * cadence.hours * HOUR;

    test.each(['soon', 'late'] as const)('drift raises the alarm within one evaluation of its metric, once, when that comes %s', (when) => {
      const points = oneDrift(engine[when], cadence.hours);
      for (const lookBack of LOOK_BACKS) {
        const changes = play(alarm, points, end, lookBack);
        expect(changes.map(({ state }) => state)).toEqual(['OK', 'ALARM', 'OK']);
        expect(changes[1]!.time - points[2]!.known).toBeLessThanOrEqual(MINUTE);
      }
    });

    test('a drift that comes late after others that came soon raises it all the same', () => {
      const points = oneDrift(engine.soon, cadence.hours);
      points[2] = { ...engine.late(START + 3 * cadence.hours * HOUR, cadence.hours), value: 0.3 };
      for (const lookBack of LOOK_BACKS) {
        const changes = play(alarm, points, end, lookBack);
        expect(changes.slice(0, 2).map(({ state }) => state)).toEqual(['OK', 'ALARM']);
        expect(changes[1]!.time - points[2].known).toBeLessThanOrEqual(MINUTE);
        expect(changes.at(-1)!.state).toBe('OK');
      }
    });

    test('without drift it is never raised', () => {
      for (const when of ['soon', 'late'] as const) {
        const points = oneDrift(engine[when], cadence.hours).map(point => ({ ...point, value: 0.1 }));
        for (const lookBack of LOOK_BACKS) expect(play(alarm, points, end, lookBack).map(({ state }) => state)).toEqual(['OK']);
      }
    });
  });
});

describe('what does not fire with the timestamps of the managed monitor', () => {
  const points = oneDrift(MODEL_MONITOR.soon, 1);
  const states = (change: Partial<MetricAlarm>, lookBack: number): AlarmState[] =>
    play({ ...driftAlarm(MODEL_MONITOR, Cadence.hourly()), ...change }, points, START + 9 * HOUR, lookBack).map(({ state }) => state);

  test.each(LOOK_BACKS)('a period of a minute, whatever CloudWatch looks back (%i)', (lookBack) => {
    expect(states({ period: 60, evaluationPeriods: 1 }, lookBack)).toEqual([]);
  });

  test('one period, unless CloudWatch looks back', () => {
    expect(states({ evaluationPeriods: 1 }, 0)).toEqual([]);
  });
});

describe('an execution is overdue', () => {
  const overdueAlarm = (cadence: Cadence, cadences?: number): MetricAlarm => {
    const fixture = new Fixture();
    new ExecutionOverdueAlarm(fixture.stack, 'Overdue', { schedule: fixture.schedule({ cadence }), cadences });
    return alarmOf(fixture, 'Overdue');
  };
  /** Jobs that take a minute and nearly an hour in turn. */
  const executions = (hours: number, count: number): Measurement[] =>
    Array.from({ length: count }, (_, index) => ({ ...PROCESSING_JOBS[index % 2 === 0 ? 'soon' : 'late'](START + (index + 1) * hours * HOUR, hours), value: 0 }));

  test.each([['hourly', Cadence.hourly(), 3], ['daily', Cadence.daily(), 2], ['hourly, patiently', Cadence.hourly(), 6]])('%s', (_name, cadence, cadences) => {
    const points = executions(cadence.hours, 8);
    for (const lookBack of LOOK_BACKS) {
      const changes = play(overdueAlarm(cadence, cadences), points, START + 24 * cadence.hours * HOUR, lookBack);
      expect(changes.map(({ state }) => state)).toEqual(['OK', 'ALARM']);
      const silence = (changes[1]!.time - points.at(-1)!.stamped) / (cadence.hours * HOUR);
      expect(silence).toBeGreaterThanOrEqual(cadences - 0.05);
      expect(silence).toBeLessThanOrEqual(cadences + lookBack + 0.05);
    }
  });

  test('but not between two whose jobs take unequally long', () => {
    const points = executions(1, 20);
    for (const lookBack of LOOK_BACKS) {
      expect(play(overdueAlarm(Cadence.hourly()), points, START + 20 * HOUR, lookBack).map(({ state }) => state)).toEqual(['OK']);
    }
  });

  test.each([['hourly', Cadence.hourly()], ['every 2 hours', Cadence.everyHours(2)], ['daily', Cadence.daily()]])(
    'nor before the first has ended, whenever the schedule was deployed (%s)', (_name, cadence) => {
      const alarm = overdueAlarm(cadence);
      for (let minute = 0; minute < 60; minute += 5) {
        const from = START + cadence.hours * HOUR + minute * MINUTE;
        const ends = Array.from({ length: 4 }, (_, index) => START + (index + 1) * cadence.hours * HOUR).filter(end => end + 10 * MINUTE > from);
        const points = ends.map(end => ({ ...PROCESSING_JOBS.late(end, cadence.hours), value: 0 }));
        expect(play(alarm, points, points.at(-1)!.known, 0, from).map(({ state }) => state)).toEqual(['OK']);
      }
    });

  test('also where none ever began', () => {
    for (const lookBack of LOOK_BACKS) {
      const changes = play(overdueAlarm(Cadence.hourly()), [], START + 9 * HOUR, lookBack);
      expect(changes.map(({ state }) => state)).toEqual(['OK', 'ALARM']);
      expect(changes[1]!.time - START).toBe((3 + lookBack) * HOUR);
    }
  });

  test('nor where each starts at another moment of a flexible window', () => {
    const cadence = Cadence.hourly({ jitter: Duration.minutes(59) });
    const later = (point: Measurement, index: number): Measurement => {
      const jitter = index % 2 === 0 ? 0 : 59 * MINUTE;
      return { ...point, stamped: point.stamped + jitter, known: point.known + jitter };
    };
    const points = executions(1, 20).map(later);
    for (const lookBack of LOOK_BACKS) {
      expect(play(overdueAlarm(cadence), points, START + 20 * HOUR, lookBack).map(({ state }) => state)).toEqual(['OK']);
      const tooSoon = { ...overdueAlarm(cadence), evaluationPeriods: 2, datapointsToAlarm: 2 };
      expect(play(tooSoon, points, START + 20 * HOUR, 0).length).toBeGreaterThan(2);
    }
  });
});

test('a window without traffic raises its alarm also when its start came late by the jitter', () => {
  const fixture = new Fixture();
  new NoDataAlarm(fixture.stack, 'NoData', { schedule: fixture.schedule({ cadence: Cadence.hourly({ jitter: Duration.minutes(59) }) }) });
  const alarm = alarmOf(fixture, 'NoData');
  const points = Array.from({ length: 6 }, (_, index): Measurement => {
    const stamped = START + (index + 1) * HOUR + 10 * MINUTE;
    return { stamped, known: stamped + 62 * MINUTE, value: index === 2 ? 1 : 0 };
  });
  for (const lookBack of LOOK_BACKS) {
    expect(play(alarm, points, START + 9 * HOUR, lookBack).map(({ state }) => state)).toEqual(['OK', 'ALARM', 'OK']);
    expect(play({ ...alarm, evaluationPeriods: 1 }, points, START + 9 * HOUR, 0)).toEqual([]);
  }
});

test('an alarm looks back as far as its engine is late, and one breaching datapoint is enough', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule({ cadence: Cadence.hourly(), engine: MonitoringEngine.modelMonitor() });
  new DriftAlarm(fixture.stack, 'Drift', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.2 });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', Match.objectLike({
    Period: 3600, EvaluationPeriods: 3, DatapointsToAlarm: 1, TreatMissingData: 'ignore',
  }));
});
