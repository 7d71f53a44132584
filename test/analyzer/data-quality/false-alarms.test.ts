import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Row as TrafficRow } from '../../../rehearsal/traffic/row';
import { parseCategory, parseNull, parseShift, parseText, PlantedDrift } from '../../../rehearsal/traffic/planted-drift';
import { Random as PlantingRandom } from '../../../rehearsal/traffic/random';
import { customers } from '../../../sample/churn/customers';
import { TRAINING_DATA } from '../../../sample/churn/generate';
import { Random } from '../../../sample/churn/random';
import { Cell, Row } from '../../../analyzer/input/row';
import { DataQualityAnalysis, featureDriftMetric, featureMeanShiftMetric } from '../../../lib/contract';
import { AlarmSettings } from '../../../lib/model-monitoring-config';
import { baselineOf, watch, Watched, windowOf } from './watch';

/** What a MonitoringSchedule asks for unless told otherwise. */
const DEFAULTS = { comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 200 } satisfies Partial<DataQualityAnalysis>;
const { alarms: ALARMS } = JSON.parse(readFileSync(path.join(__dirname, '../../../config/churn.json'), 'utf8')) as { alarms: Required<AlarmSettings> };

type Draw = (random: Random) => Cell;

function zipf(count: number, exponent: number): Draw {
  const weights = Array.from({ length: count }, (_, index) => (index + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let cumulated = 0;
  const bounds = weights.map(weight => cumulated += weight / total);
  return (random) => {
    const point = random.uniform();
    return `c${bounds.findIndex(bound => point < bound)}`;
  };
}

const normal = (mean: number, deviation: number): Draw => random => (mean + deviation * random.normal()).toFixed(3);
const logNormal = (deviation: number): Draw => random => Math.exp(deviation * random.normal()).toFixed(4);
const sometimes = (share: number, draw: Draw): Draw => random => random.uniform() < share ? draw(random) : null;
const code = (count: number): Draw => random => String(random.index(count));
const coin = (share: number): Draw => random => random.uniform() < share ? '1' : '0';

const FEATURES: Readonly<Record<string, Draw>> = {
  normal: normal(100, 15),
  around_zero: normal(0, 1),
  small_mean: normal(0.3, 1),
  log_normal: logNormal(1),
  heavy_tail: logNormal(2),
  uniform: random => (10 * random.uniform()).toFixed(3),
  code_3: code(3),
  code_10: code(10),
  rare_code: random => random.uniform() < 0.002 ? '2' : String(random.index(2)),
  geometric: random => String(Math.floor(Math.log(random.uniform()) / Math.log(0.6))),
  seldom: coin(0.01),
  zero_inflated: random => random.uniform() < 0.9 ? '0' : (50 * Math.exp(random.normal())).toFixed(2),
  two: zipf(2, 1),
  five: zipf(5, 1),
  fifty: zipf(50, 1),
  hundred: zipf(100, 2),
  often_null: sometimes(0.7, normal(50, 10)),
  rarely_null: sometimes(0.998, zipf(5, 1)),
  hardly_ever_null: sometimes(0.9995, code(40)),
  hardly_ever_text: random => random.uniform() < 0.002 ? 'unknown' : random.normal().toFixed(3),
};
const NAMES = Object.keys(FEATURES);

function* draw(seed: number, count: number): Generator<Row> {
  const random = new Random(seed);
  const draws = Object.values(FEATURES);
  for (let row = 0; row < count; row++) yield { names: NAMES, cells: draws.map(next => next(random)) };
}

/** The alarms of the sample that a window raises; those on one feature are put on every feature. */
function raised({ violations, metrics }: Watched, features: readonly string[]): string[] {
  const above = (name: string, threshold: number): string[] => (metrics.get(name) ?? 0) > threshold ? [`${name} ${metrics.get(name)}`] : [];
  return [
    ...above('baseline_drift_max', ALARMS.maximumDrift),
    ...features.flatMap(feature => above(featureDriftMetric(feature), ALARMS.featureDrift.income!)),
    ...features.flatMap(feature => above(featureMeanShiftMetric(feature), ALARMS.featureMeanShift.income!)),
    ...violations.map(({ constraint_check_type, explanation }) => `${constraint_check_type}: ${explanation}`),
  ];
}

describe('200 windows of the baseline\'s own distribution', () => {
  /** Many small windows, few large ones. */
  const SIZES = Object.entries({ 200: 80, 300: 60, 1_000: 40, 5_000: 15, 20_000: 4, 200_000: 1 })
    .flatMap(([rows, count]) => Array<number>(count).fill(Number(rows)));
  const baseline = baselineOf(draw(1, 5_000));
  const alarms = new Map<string, string[][]>();
  const METHODS = [
    { comparisonMethod: 'Robust', categoricalMethod: 'LInfinity' },
    { comparisonMethod: 'Robust', categoricalMethod: 'ChiSquared' },
    { comparisonMethod: 'PopulationStabilityIndex', categoricalMethod: 'LInfinity' },
    { comparisonMethod: 'PopulationStabilityIndex', categoricalMethod: 'ChiSquared' },
  ] as const;

  beforeAll(() => {
    SIZES.forEach((size, index) => {
      const window = windowOf(baseline, draw(1_000 + index, size));
      for (const method of METHODS) {
        const key = `${method.comparisonMethod}, ${method.categoricalMethod}`;
        const raisedNow = raised(watch(baseline, window, { ...DEFAULTS, ...method }), NAMES).map(alarm => `${size} rows: ${alarm}`);
        if (raisedNow.length > 0) alarms.set(key, [...alarms.get(key) ?? [], raisedNow]);
      }
    });
  });

  test('there are 200, of 200 to 200 000 rows, and 20 features', () => {
    expect(SIZES).toHaveLength(200);
    expect(NAMES).toHaveLength(20);
  });

  test.each(METHODS)('$comparisonMethod, $categoricalMethod: under 1 % of them raise an alarm', ({ comparisonMethod, categoricalMethod }) => {
    const fired = alarms.get(`${comparisonMethod}, ${categoricalMethod}`) ?? [];
    if (fired.length > 0) console.warn(fired.flat().join('\n'));
    expect(fired.length / SIZES.length).toBeLessThan(0.01);
  });
});

describe('what the sample plants, in windows of 500 rows', () => {
  const plan = JSON.parse(readFileSync(path.join(__dirname, '../../../sample/churn/drift.json'), 'utf8')) as Record<'shift' | 'category' | 'null' | 'text', string[]>;
  const planted: readonly PlantedDrift[] = [
    ...plan.shift.map(parseShift), ...plan.category.map(parseCategory), ...plan.null.map(parseNull), ...plan.text.map(parseText),
  ];
  const baseline = baselineOf(trafficRows(TRAINING_DATA.seed, TRAINING_DATA.rows).map(rowOf));

  const found = Array.from({ length: 50 }, (_, seed) => {
    const rows = planted.reduce<TrafficRow[]>((changed, drift) => drift.apply(changed, new PlantingRandom(seed)), trafficRows(seed, 500));
    return watch(baseline, windowOf(baseline, rows.map(rowOf)), DEFAULTS);
  });

  test.each([
    ['income rose', 'income', 'baseline_drift_check'],
    ['a new way to pay', 'payment_type', 'categorical_values_check'],
    ['e-mails went missing', 'email', 'completeness_check'],
    ['text where an age should be', 'age', 'data_type_check'],
  ])('%s: found in each of 50', (_, feature, check) => {
    for (const { violations } of found) {
      expect(violations.map(violation => [violation.feature_name, violation.constraint_check_type])).toContainEqual([feature, check]);
    }
  });

  test('every alarm of the sample on a column is raised in each of 50', () => {
    for (const { metrics } of found) {
      expect(metrics.get('baseline_drift_max')).toBeGreaterThan(ALARMS.maximumDrift);
      expect(metrics.get(featureDriftMetric('income'))).toBeGreaterThan(ALARMS.featureDrift.income!);
      expect(metrics.get(featureMeanShiftMetric('income'))).toBeGreaterThan(ALARMS.featureMeanShift.income!);
    }
  });

  test('what was not touched raises nothing', () => {
    for (const { violations } of found) {
      expect(new Set(violations.map(({ feature_name }) => feature_name))).toEqual(new Set(['income', 'payment_type', 'email', 'age']));
    }
  });
});

function trafficRows(seed: number, count: number): TrafficRow[] {
  return customers(seed, count).map(({ age, income, credit_score, total_purchases, payment_type, email }): TrafficRow => ({
    age: String(age), income: income.toFixed(2), credit_score: credit_score === undefined ? null : String(credit_score),
    total_purchases: String(total_purchases), payment_type, email,
  }));
}

function rowOf(row: TrafficRow): Row {
  return { names: Object.keys(row), cells: Object.values(row) };
}
