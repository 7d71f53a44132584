import fc from 'fast-check';
import { ComparisonMethod } from '../../../../lib/contract';
import { categoricalDistance, numericalDistance, NumericalSample } from '../../../../analyzer/data-quality/comparison/distance';
import { Kll } from '../../../../analyzer/data-quality/statistics/kll';

function sampleOf(values: readonly number[]): NumericalSample {
  const kll = new Kll();
  for (const value of values) kll.add(value);
  return { sketch: kll.toSketch(), rows: values.length };
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
