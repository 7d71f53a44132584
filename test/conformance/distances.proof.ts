import { Bin, decileBins } from '../../analyzer/data-quality/comparison/bins';
import { chiSquared, fisherTail } from '../../analyzer/data-quality/comparison/chance';
import {
  chiSquaredDistance, numericalDistance, NumericalSample, populationStabilityIndex,
} from '../../analyzer/data-quality/comparison/distance';
import { chiSquaredTail } from '../../analyzer/data-quality/comparison/gamma';
import { ranksOf } from '../../analyzer/data-quality/statistics/kll';
import { columnOf } from '../analyzer/column-of';
import { Random } from '../../sample/churn/random';
import { ask, describeWithOracles } from './oracle';

const CASES = 150;

interface Answer {
  readonly gaps: number[];
  readonly tenths: [number, number][][];
  readonly indices: number[];
  readonly tests: { statistic: number; p: number }[];
  readonly associations: number[];
  readonly categoryIndices: number[];
  readonly fisher: number[];
}

const random = new Random(20_261_122);
const between = (lowest: number, highest: number): number => lowest + random.index(highest - lowest + 1);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

/** Continuous, of few values, or with a value that fills tenths: at most 2000 rows, of which the sketch keeps each. */
function sample(kind: number, shift: number): number[] {
  const draws = [
    () => random.normal() + shift,
    () => Math.round(3 * random.normal() + 3 * shift),
    () => random.uniform() < 0.4 ? 0 : random.normal() + shift,
    () => random.uniform() < 0.9 + shift / 20 ? 1 : 0,
  ];
  return times(between(20, 2_000), draws[kind % draws.length]!);
}

function bin(): Bin {
  return { before: between(5, 400), after: between(5, 400) };
}

/** Both sides with as many rows: the last category takes the difference. */
function evenBins(): Bin[] {
  const bins = times(between(2, 12), bin);
  const [before, after] = [bins.reduce((sum, each) => sum + each.before, 0), bins.reduce((sum, each) => sum + each.after, 0)];
  return [...bins, { before: Math.max(0, after - before) + 10, after: Math.max(0, before - after) + 10 }];
}

const numbers = times(CASES, index => ({ before: sample(index, 0), after: sample(index, (index % 5) / 4) }));
const counts = times(CASES, () => times(between(2, 30), bin));
const evenCounts = times(CASES, evenBins);
const frequencies = times(CASES, () => {
  const [n, m] = [between(50, 20_000), between(50, 20_000)];
  return { first: { count: between(0, 40), rows: n }, second: { count: between(0, 40), rows: m } };
});

function sampleOf(values: readonly number[]): NumericalSample {
  return { sketch: columnOf(values).sketch, rows: values.length };
}

function tenths({ before, after }: (typeof numbers)[number]): Bin[] {
  return decileBins(ranksOf(sampleOf(before).sketch), ranksOf(sampleOf(after).sketch));
}

function expectClose(ours: readonly number[], theirs: readonly number[], digits = 9): void {
  expect(ours).toHaveLength(CASES);
  ours.forEach((value, index) => {
    expect(Math.abs(value - theirs[index]!)).toBeLessThanOrEqual(10 ** -digits * Math.max(1, Math.abs(theirs[index]!)));
  });
}

describeWithOracles(`${CASES} seeded cases beside scipy and numpy`, () => {
  let answer: Answer;
  const asPairs = (bins: readonly Bin[]): { counts: number[][] } => ({ counts: bins.map(({ before, after }) => [before, after]) });
  beforeAll(() => {
    answer = ask('distances.py', {
      numbers, counts: counts.map(asPairs), evenCounts: evenCounts.map(asPairs),
      frequencies: frequencies.map(({ first, second }) => ({ first: [first.count, first.rows], second: [second.count, second.rows] })),
    }) as Answer;
  });

  test('Simple is the two-sample Kolmogorov-Smirnov statistic', () => {
    expectClose(numbers.map(({ before, after }) => numericalDistance(sampleOf(before), sampleOf(after), 'Simple')), answer.gaps, 12);
  });

  test('the tenths of a baseline hold the rows that numpy counts', () => {
    expect(numbers.map(tenths).map(bins => bins.map(each => [each.before, each.after]))).toEqual(answer.tenths);
  });

  test('the population stability index, of numbers and of categories', () => {
    expectClose(numbers.map(tenths).map(populationStabilityIndex), answer.indices, 12);
    expectClose(counts.map(populationStabilityIndex), answer.categoryIndices, 12);
  });

  test('the chi-squared test of homogeneity: its statistic and its p-value', () => {
    expectClose(counts.map(chiSquared), answer.tests.map(({ statistic }) => statistic), 10);
    const p = counts.map(bins => chiSquaredTail(chiSquared(bins), bins.length - 1));
    p.forEach((value, index) => {
      expect(Math.abs(value - answer.tests[index]!.p)).toBeLessThanOrEqual(1e-9 * answer.tests[index]!.p + 1e-300);
    });
  });

  test('ChiSquared is Cramér\'s V, where both samples are of one size', () => {
    expectClose(evenCounts.map(chiSquaredDistance), answer.associations, 10);
  });

  test('Fisher\'s exact test, one-sided', () => {
    const ours = frequencies.map(({ first, second }) => fisherTail(first, second));
    ours.forEach((value, index) => {
      expect(Math.abs(value - answer.fisher[index]!)).toBeLessThanOrEqual(1e-7 * answer.fisher[index]! + 1e-300);
    });
  });
});
