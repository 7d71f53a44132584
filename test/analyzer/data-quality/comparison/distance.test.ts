import fc from 'fast-check';
import { CATEGORICAL_METHODS, COMPARISON_METHODS, ComparisonMethod } from '../../../../lib/contract';
import { categoryBins, totalOf } from '../../../../analyzer/data-quality/comparison/bins';
import { putTogether } from '../../../../analyzer/data-quality/comparison/chance';
import {
  categoricalDistance, numericalDistance, NumericalSample, populationStabilityIndex,
} from '../../../../analyzer/data-quality/comparison/distance';
import { columnOf } from '../../column-of';

function sampleOf(values: readonly number[]): NumericalSample {
  return { sketch: columnOf(values).sketch, rows: values.length };
}

const METHODS = ['Robust', 'Simple', 'Compatible'] as const;
const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 });

test('a distance is between 0 and 1, the same in both directions, and 0 to itself', () => {
  fc.assert(fc.property(numbers, numbers, fc.constantFrom(...METHODS), (a, b, method) => {
    const distance = numericalDistance(sampleOf(a), sampleOf(b), method);
    expect(distance).toBeGreaterThanOrEqual(0);
    expect(distance).toBeLessThanOrEqual(1);
    expect(numericalDistance(sampleOf(b), sampleOf(a), method)).toBeCloseTo(distance, 12);
    expect(numericalDistance(sampleOf(a), sampleOf(a), method)).toBe(0);
  }), { seed: 1 });
});

test('two samples of one distribution are hardly ever apart, however few the rows', () => {
  let state = 42;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  const draw = (count: number): NumericalSample => sampleOf(Array.from({ length: count }, random));
  const baseline = draw(2000);
  const apart = Array.from({ length: 300 }, () => numericalDistance(baseline, draw(40), 'Robust')).filter(distance => distance > 0);
  expect(apart.length).toBeLessThanOrEqual(3);
});

test('the robust distance is the largest gap less what chance explains of that many rows', () => {
  const baseline = sampleOf(Array.from({ length: 1000 }, (_, index) => index));
  const window = sampleOf(Array.from({ length: 500 }, (_, index) => index + 300));
  expect(numericalDistance(baseline, window, 'Simple')).toBeCloseTo(0.3, 10);
  expect(numericalDistance(baseline, window, 'Robust')).toBeCloseTo(0.3 - 1.8 * Math.sqrt(1500 / 500_000), 10);
});

test('the compatible distance takes a repeated value once, and so overlooks it', () => {
  const flat = sampleOf(Array.from({ length: 1000 }, (_, index) => index % 2));
  const skewed = sampleOf(Array.from({ length: 1000 }, (_, index) => index % 20 === 0 ? 1 : 0));
  expect(numericalDistance(flat, skewed, 'Robust')).toBeGreaterThan(0.3);
  expect(numericalDistance(flat, skewed, 'Compatible')).toBe(0);
});

test('categories are as far apart as the share that changed most', () => {
  const before = new Map([['a', 600], ['b', 400]]);
  const after = new Map([['a', 300], ['b', 400], ['c', 300]]);
  const byGap = (method: ComparisonMethod, window = after): number => categoricalDistance(before, window, { method, categoricalMethod: 'LInfinity' });
  expect(byGap('Simple')).toBeCloseTo(0.3, 10);
  expect(byGap('Robust')).toBeCloseTo(0.3 - 1.8 * Math.sqrt(2000 / 1_000_000), 10);
  expect(byGap('Robust', before)).toBe(0);
});

const shares = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), fc.integer({ min: 0, max: 500 })), { minLength: 1, maxLength: 8 })
  .map(pairs => new Map(pairs)).filter(counts => totalOf(counts) > 0);

test.each(COMPARISON_METHODS.flatMap(method => CATEGORICAL_METHODS.map(categoricalMethod => ({ method, categoricalMethod }))))(
  'categories, $method and $categoricalMethod: at least 0, the same in both directions, 0 to itself, and but for the index at most 1',
  (comparison) => {
    const highest = comparison.method === 'PopulationStabilityIndex' && comparison.categoricalMethod === 'LInfinity' ? Infinity : 1;
    fc.assert(fc.property(shares, shares, (a, b) => {
      const distance = categoricalDistance(a, b, comparison);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(highest);
      expect(categoricalDistance(b, a, comparison)).toBeCloseTo(distance, 10);
      expect(categoricalDistance(a, a, comparison)).toBe(0);
    }), { seed: 2 });
  });

test('the stability index reads as usual: a tenth is moderate drift, a quarter strong, and it has no upper bound', () => {
  const rows = Array.from({ length: 2000 }, (_, index) => index);
  const index = (shift: number): number =>
    numericalDistance(sampleOf(rows), sampleOf(rows.map(value => value + shift)), 'PopulationStabilityIndex');
  expect(index(0)).toBe(0);
  expect(index(150)).toBeGreaterThan(0.1);
  expect(index(2000)).toBeGreaterThan(5);
  expect(Number.isFinite(index(2000))).toBe(true);
});

test('the stability index sees a value that fills most tenths', () => {
  const ones = (share: number): NumericalSample => sampleOf(Array.from({ length: 2000 }, (_, index) => index < share * 2000 ? 1 : 0));
  expect(numericalDistance(ones(0.95), ones(0.7), 'PopulationStabilityIndex')).toBeGreaterThan(0.25);
  expect(numericalDistance(ones(0.05), ones(0.3), 'PopulationStabilityIndex')).toBeGreaterThan(0.25);
});

test.each([5, 0, -7, 1e300, -Number.MAX_VALUE / 2])('the stability index sees that values were all %d, and are all less or more now', (value) => {
  const all = (of: number): NumericalSample => sampleOf(Array<number>(500).fill(of));
  const index = (before: number, after: number): number => numericalDistance(all(before), all(after), 'PopulationStabilityIndex');
  const step = Math.max(1, Math.abs(value) / 10);
  expect(index(value, value)).toBe(0);
  expect(index(value, value - step)).toBeGreaterThan(5);
  expect(index(value, value + step)).toBeCloseTo(index(value, value - step), 9);
});

test('the stability index sees zeros that became minus ones', () => {
  const with40Percent = (of: number): NumericalSample => sampleOf(Array.from({ length: 1000 }, (_, index) => index < 400 ? of : index));
  expect(numericalDistance(with40Percent(0), with40Percent(-1), 'PopulationStabilityIndex')).toBeGreaterThan(1);
});

test('what chance explains is 0, though the plain index of so few rows is large', () => {
  const before = new Map(Array.from({ length: 10 }, (_, index) => [`c${index}`, 500]));
  const after = new Map(Array.from({ length: 10 }, (_, index) => [`c${index}`, index % 2 === 0 ? 13 : 7]));
  expect(populationStabilityIndex(categoryBins(before, after))).toBeGreaterThan(0.05);
  for (const categoricalMethod of CATEGORICAL_METHODS) {
    expect(categoricalDistance(before, after, { method: 'PopulationStabilityIndex', categoricalMethod })).toBe(0);
  }
});

test('ChiSquared is the gap itself for two even categories, however many rows the window has', () => {
  const before = new Map([['a', 50_000], ['b', 50_000]]);
  for (const rows of [500, 5_000, 500_000]) {
    const after = new Map([['a', 0.7 * rows], ['b', 0.3 * rows]]);
    expect(categoricalDistance(before, after, { method: 'Robust', categoricalMethod: 'ChiSquared' })).toBeCloseTo(0.2, 1);
  }
});

test('rare categories are put together before they are tested, and where one is left nothing differs', () => {
  expect(putTogether([{ before: 900, after: 90 }, { before: 3, after: 0 }, { before: 0, after: 2 }, { before: 100, after: 10 }]))
    .toEqual([{ before: 103, after: 12 }, { before: 900, after: 90 }]);
  const method = { method: 'Robust', categoricalMethod: 'ChiSquared' } as const;
  expect(categoricalDistance(new Map([['a', 5000]]), new Map([['a', 300], ['b', 1]]), method)).toBe(0);
  expect(categoricalDistance(new Map([['a', 5000]]), new Map([['b', 300]]), method)).toBe(1);
});
