import { parseCategory, parseNull, parseShift, parseText, PlantedDrift } from '../../../rehearsal/traffic/planted-drift';
import { Random } from '../../../rehearsal/traffic/random';
import { Row } from '../../../rehearsal/traffic/row';

const ROWS: readonly Row[] = Array.from({ length: 1000 }, (_, i) => ({ age: String(20 + (i % 50)), income: (30_000 + i * 7.25).toFixed(2), email: `${i}@example.com` }));

function planted(drift: PlantedDrift, rows = ROWS): Row[] {
  return drift.apply(rows, new Random(1));
}

function moments(rows: readonly Row[], feature: string): { mean: number; deviation: number } {
  const values = rows.map(row => Number(row[feature]));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

describe('--shift', () => {
  test('with a percentage multiplies every value', () => {
    expect(Number(planted(parseShift('income=+10%'))[3]!.income)).toBeCloseTo(Number(ROWS[3]!.income) * 1.1, 1);
  });

  test('with a mean moves the mean there, and keeps the spread', () => {
    const after = moments(planted(parseShift('income=82000')), 'income');

    expect(after.mean).toBeCloseTo(82_000, 1);
    expect(after.deviation).toBeCloseTo(moments(ROWS, 'income').deviation, 1);
  });

  test('with a mean and a standard deviation hits both', () => {
    const after = moments(planted(parseShift('income=82000:10000')), 'income');

    expect(after.mean).toBeCloseTo(82_000, 1);
    expect(after.deviation).toBeCloseTo(10_000, 1);
  });

  test('keeps whole numbers whole', () => {
    expect(planted(parseShift('age=+13%')).every(row => /^\d+$/.test(row.age!))).toBe(true);
  });

  test('leaves alone what is no number', () => {
    expect(planted(parseShift('age=+10%'), [{ age: 'n/a' }, { age: null }, { age: '40' }])).toEqual([{ age: 'n/a' }, { age: null }, { age: '44' }]);
  });
});

test('--null loses exactly that share of the values', () => {
  expect(planted(parseNull('email=15%')).filter(row => row.email === null)).toHaveLength(150);
});

test('--category and --text write exactly that share of the values', () => {
  expect(planted(parseCategory('email=crypto:3%')).filter(row => row.email === 'crypto')).toHaveLength(30);
  expect(planted(parseText('age=n/a:2%')).filter(row => row.age === 'n/a')).toHaveLength(20);
});

test.each<[string, () => unknown, string]>([
  ['--shift without a value', () => parseShift('income'), 'give a feature and a value, like income=+10%'],
  ['--shift that is no number', () => parseShift('income=much'), '"much" is neither a percentage like +10% nor a mean like 82000 or 82000:10000'],
  ['--shift with a negative deviation', () => parseShift('income=1:-1'), '"1:-1" is neither'],
  ['--null over 100 %', () => parseNull('email=150%'), '"150%" is not a percentage between 0% and 100%'],
  ['--null without a sign', () => parseNull('email=15'), '"15" is not a percentage'],
  ['--category without a share', () => parseCategory('payment_type=crypto'), 'give a value and its share, like payment_type=crypto:3%'],
])('%s is refused in words', (_, parse, message) => {
  expect(parse).toThrow(message);
});
