import fc from 'fast-check';
import { KernelColumn } from '../../../analyzer/data-quality/statistics/kernel-column';
import { kllBuckets } from '../../../analyzer/data-quality/statistics/kll';
import { numberText } from '../../../analyzer/format';
import { VALUE_TYPES } from '../../../analyzer/data-quality/statistics/value-type';
import { StoredNumbers, theKernel } from '../../../analyzer/kernel/kernel';
import { columnOf, doublesFor } from '../column-of';
import { plainKll } from './plain-kll';

/** Seeded, the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = state * 48271 % 2147483647) / 2147483647;
}

const SHAPES: Readonly<Record<string, (next: () => number, index: number) => number>> = {
  'of any size': next => (next() - 0.5) * 10 ** Math.floor(next() * 40 - 20),
  'that differ in their lower half only': next => 1_770_000_000_000 + Math.floor(next() * 3_600_000) / 1024,
  'that hardly differ': next => 1 + Math.floor(next() * 2000 - 1000) * Number.EPSILON,
  'with many alike, both zeros among them': next => [0, -0, 1, -1, 0.5][Math.floor(next() * 5)]!,
  'that ascend': (_, index) => index,
  'that descend': (_, index) => 1 - index / 3,
  'that begin anew after some hundreds': (next, index) => index % 700 + next() / 2,
  'that begin anew after some thousands, elsewhere each time': (_, index) => index % 3001 + 1000 * Math.floor(index / 3001) % 7,
  'that ascend and stop, as both zeros': (_, index) => index % 1500 < 700 ? -1 / (index + 1) : index % 2 === 0 ? 0 : -0,
  'of either extreme': next => [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE, next()][Math.floor(next() * 5)]!,
};

describe('the sketch is that of the algorithm as it is described', () => {
  test.each(Object.entries(SHAPES))('for numbers %s', (_, shape) => {
    for (const size of [1, 15, 2050, 2051, 5001, 60_001]) {
      const next = random(size + 7);
      const values = Array.from({ length: size }, (_, index) => shape(next, index));
      const column = new KernelColumn();
      for (const value of values) column.add(Object.is(value, -0) ? '-0' : String(value));
      expect(column.sketch.data).toEqual(plainKll(values));
    }
  });
});

test('moments are those of one addition after the other', () => {
  fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }), { maxLength: 300, size: 'max' }), (values) => {
    let [sum, average, squares] = [0, 0, 0];
    for (const [index, value] of values.entries()) {
      sum += value;
      const delta = value - average;
      const step = delta / (index + 1);
      average += step;
      squares += delta * (delta - step);
    }
    const count = values.length;
    expect(columnOf(values).moments).toEqual({
      count, sum,
      min: values.reduce((least, value) => value < least ? value : least, Infinity),
      max: values.reduce((most, value) => value > most ? value : most, -Infinity),
      mean: count === 0 ? 0 : sum / count,
      standardDeviation: count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count)),
    });
  }), { numRuns: 200, seed: 1 });
});

test.each<[string, number[], { sum: number; mean: number; standardDeviation: number }]>([
  ['whose sum is no number', [3, 3, 3, 3, Number.MAX_VALUE], { sum: Number.MAX_VALUE, mean: Number.MAX_VALUE / 5, standardDeviation: 0.4 * Number.MAX_VALUE }],
  ['whose sum is none from below', [-Number.MAX_VALUE, -Number.MAX_VALUE], { sum: -Number.MAX_VALUE, mean: -Number.MAX_VALUE, standardDeviation: 0 }],
  ['that are both extremes', [-Number.MAX_VALUE, Number.MAX_VALUE], { sum: 0, mean: 0, standardDeviation: Number.MAX_VALUE }],
  ['whose squares are none', [-3e200, 1e200, 3e200, -1e200], { sum: 0, mean: 0, standardDeviation: Math.sqrt(5) * 1e200 }],
])('moments and buckets of numbers %s are finite, and about right', (_, some, expected) => {
  const values = Array.from({ length: 3000 }, (__, index) => some[index % some.length]!);
  const { moments, sketch } = columnOf(values);
  const [smallest, largest] = [Math.min(...some), Math.max(...some)];

  for (const name of ['mean', 'standardDeviation'] as const) expect(Math.abs(moments[name] - expected[name]) / largest).toBeLessThan(0.01);
  expect(Math.abs(moments.sum)).toBeLessThanOrEqual(Number.MAX_VALUE);
  expect(Math.sign(moments.sum)).toBe(Math.sign(expected.sum));
  const buckets = kllBuckets(sketch, smallest, largest);
  expect(buckets.flatMap(({ lower_bound, upper_bound }) => [lower_bound, upper_bound]).every(Number.isFinite)).toBe(true);
  expect([buckets[0]!.lower_bound / smallest, buckets[9]!.upper_bound / largest]).toEqual([1, expect.closeTo(1, 12)]);
});

test('nothing depends on how values are handed over', () => {
  const next = random(5);
  const values = Array.from({ length: 20_000 }, () => next() * 40 - 20);
  const [sketch, moments] = [columnOf(values).sketch, columnOf(values).moments];
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: values.length }), { maxLength: 20 }), (cuts) => {
    const column = new KernelColumn();
    const edges = [0, ...cuts.sort((a, b) => a - b), values.length];
    for (const [index, edge] of edges.slice(1).entries()) {
      const part = values.slice(edges[index], edge);
      theKernel().addNumbers([doublesFor(column, part)], part.length);
    }
    expect(column.sketch).toEqual(sketch);
    expect(column.moments).toEqual(moments);
  }), { numRuns: 30, seed: 1 });
});

describe('nothing depends on the columns beside it', () => {
  const next = random(11);
  const size = 5000;
  const decimals = (scale: number): number[] => Array.from({ length: size }, () => (next() - 0.5) * scale);
  const wholeFor = ({ address }: KernelColumn, values: readonly number[], validity: Uint8Array | null = null): StoredNumbers => ({
    column: address, type: VALUE_TYPES.indexOf('Integral'), bytes: new Uint8Array(BigInt64Array.from(values, BigInt).buffer), validity,
  });
  const whole = decimals(1e9).map(Math.round);
  const gaps = new Uint8Array(size / 8).fill(0b1101_1111);
  const storedAs = (values: readonly number[]) => (column: KernelColumn): StoredNumbers => doublesFor(column, values);
  const KINDS: Readonly<Record<string, (column: KernelColumn) => StoredNumbers>> = {
    'decimals': storedAs(decimals(1)),
    'great decimals': storedAs(decimals(1e300)),
    'decimals, one infinite': storedAs([...decimals(1).slice(1), Infinity]),
    'whole numbers': column => wholeFor(column, whole),
    'whole numbers, some missing': column => wholeFor(column, whole, gaps),
    'few different ones': storedAs(Array.from({ length: size }, (_, index) => index % 7)),
  };
  /** Twice: at first, no column only counts. */
  const told = (kinds: readonly string[]): unknown[] => {
    const columns = kinds.map(() => new KernelColumn());
    for (let time = 0; time < 2; time++) theKernel().addNumbers(columns.map((column, index) => KINDS[kinds[index]!]!(column)), size);
    return columns.map(({ types, moments, sketch, distinct }) => ({ types, moments, sketch, distinct }));
  };
  const alone = Object.fromEntries(Object.keys(KINDS).map(kind => [kind, told([kind])[0]]));

  test('whatever they are, and how many', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...Object.keys(KINDS)), { minLength: 1, maxLength: 6 }), (kinds) => {
      expect(told(kinds)).toEqual(kinds.map(kind => alone[kind]));
    }), { numRuns: 30, seed: 1 });
  });

  test.each([
    ['decimals', doublesFor, (value: number) => numberText(value, true)],
    ['whole numbers', wholeFor, String],
  ])('few different %s are categories, also where a new one comes among those that are known', (_, storedFor, textOf) => {
    const [stored, texts] = [new KernelColumn(), new KernelColumn()];
    const [first, second, third] = [[1, 2, 1, 3], [3, 2, 2, 1], [1, 3, 3, 7, 2]];
    for (const values of [first, second, third, second]) {
      theKernel().addNumbers([storedFor(stored, values), doublesFor(new KernelColumn(), decimals(1).slice(0, values.length))], values.length);
      for (const value of values) texts.add(textOf(value));
    }

    const { types, moments, sketch, categories, distinct } = texts;
    expect(stored).toMatchObject({ types, moments, sketch, categories, distinct });
    expect(categories.map(({ text, count }) => [text, count])).toEqual([1, 2, 3, 7].map((value, index) => [textOf(value), [5, 6, 5, 1][index]]));
  });

  test('alone they are what one number after the other is', () => {
    const column = new KernelColumn();
    for (let time = 0; time < 2; time++) for (const value of whole) column.add(String(value));
    const { types, moments, sketch } = column;
    expect(alone['whole numbers']).toMatchObject({ types, moments, sketch });
  });
});

test.each([1, 120, 121, 1000, 20_000, 300_000])('of %i different values, all are counted or nearly so', (size) => {
  for (const [step, offset] of [[1, 0], [1, 0.5], [1, 1e9], [0.01, 0], [1e-5, 3]] as const) {
    const numbers = columnOf(Array.from({ length: 2 * size }, (_, index) => index % size * step + offset));
    const texts = new KernelColumn();
    for (let index = 0; index < size; index++) texts.add(String(index * step + offset));
    const longTexts = new KernelColumn();
    for (let index = 0; index < size; index++) longTexts.add(`customer ${index} of the north`);
    for (const { distinct } of [numbers, texts, longTexts]) {
      if (size <= 120) expect(distinct).toBe(size);
      else expect(Math.abs(distinct / size - 1)).toBeLessThan(0.03);
    }
  }
});
