import fc from 'fast-check';
import { kllBuckets, rankAt, ranksOf } from '../../../../analyzer/data-quality/statistics/kll';
import { columnOf } from '../../column-of';

/** Pseudo-random, the same everywhere. */
const many = Array.from({ length: 100_000 }, (_, index) => (index * 7_919) % 100_003);

test('of few values the sketch keeps each in its place', () => {
  fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 2050 }), (values) => {
    expect(columnOf(values).sketch.data).toEqual([values]);
  }), { numRuns: 20, seed: 1 });
});

test('the weights of the sketch add up to the number of values', () => {
  expect(ranksOf(columnOf(many).sketch).total).toBe(many.length);
});

test('a rank is off by less than half a percent of the values', () => {
  const ranks = ranksOf(columnOf(many).sketch);
  const sorted = [...many].sort((a, b) => a - b);
  for (const share of [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]) {
    const value = sorted[Math.floor(share * many.length)]!;
    expect(Math.abs(rankAt(ranks, value) / many.length - share)).toBeLessThan(0.005);
  }
});

test('a rank counts the values that are at most, or when exclusive below, a number', () => {
  const ranks = ranksOf({ data: [[1, 2, 2, 5], [2]] });
  expect([0, 1, 2, 3, 5, 9].map(value => rankAt(ranks, value))).toEqual([0, 1, 5, 5, 6, 6]);
  expect([0, 1, 2, 3, 5, 9].map(value => rankAt(ranks, value, true))).toEqual([0, 0, 1, 5, 5, 6]);
});

test('every value is in one bucket, the largest in the last', () => {
  const buckets = kllBuckets(columnOf(many).sketch, 0, 100_002);
  expect(buckets).toHaveLength(10);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(many.length);
  expect(kllBuckets(columnOf([4, 4]).sketch, 4, 4).map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
});
