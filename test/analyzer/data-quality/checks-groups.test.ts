import { DataQualityAnalysis } from '../../../lib/contract';
import { Baseline } from '../../../analyzer/data-quality/baseline';
import { Cell, Row } from '../../../analyzer/input/row';
import { baselineOf, watch, windowOf } from './watch';

type Counts = Readonly<Record<string, number>>;

function rowsOf(counts: Counts): Row[] {
  const cells: Cell[] = Object.entries(counts).flatMap(([value, count]) => Array<string>(count).fill(value));
  return cells.map(cell => ({ names: ['group'], cells: [cell] }));
}

function told(baseline: Baseline, window: Counts, analysis: Partial<DataQualityAnalysis> = {}): string[] {
  return watch(baseline, windowOf(baseline, rowsOf(window)), { comparisonThreshold: 1, ...analysis }).violations
    .map(({ constraint_check_type, description, explanation }) => `${constraint_check_type} ${/[\d.]+/.exec(description)?.[0]} ${explanation}`);
}

const gone = 'categorical_values_check 0.92 group: no more invoice, before in 8 % of rows';

describe('a group of a text column', () => {
  const baseline = baselineOf(rowsOf({ card: 2800, transfer: 1000, paypal: 800, invoice: 400 }));

  test('that is gone is told, with the share that it had', () => {
    expect(told(baseline, { card: 140, transfer: 60, paypal: 40 })).toEqual([gone]);
  });

  test('that is missing from a window too small to have it is not', () => {
    expect(told(baseline, { card: 20, transfer: 10, paypal: 5 })).toEqual([]);
  });

  test('that is gone while a new one came: both are told, the new one first', () => {
    expect(told(baseline, { card: 140, transfer: 60, paypal: 40, crypto: 10 }))
      .toEqual(['categorical_values_check 0.96 group: new category crypto in 4 % of rows; no more invoice, before in 8 % of rows']);
  });

  test('that is gone is no matter to who allows it, nor to the compatible comparison', () => {
    expect(told(baseline, { card: 140, transfer: 60, paypal: 40 }, { overrides: { group: { domainThreshold: 0.9 } } })).toEqual([]);
    expect(told(baseline, { card: 140, transfer: 60, paypal: 40 }, { comparisonMethod: 'Compatible' })).toEqual([]);
  });

  test('that is new is told from the first row on, where the baseline knows every group well', () => {
    expect(told(baseline, { card: 500, transfer: 200, paypal: 200, invoice: 99, crypto: 1 }))
      .toEqual(['categorical_values_check 0.999 group: new category crypto in 0.1 % of rows']);
  });
});

describe('a column with rare groups', () => {
  const tail = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`rare${index}`, 1]));
  const baseline = baselineOf(rowsOf({ card: 3000, transfer: 1980, ...tail }));

  test('a few new ones are what it lets expect', () => {
    expect(told(baseline, { card: 300, transfer: 195, new1: 1, new2: 1, new3: 1 })).toEqual([]);
  });

  test('many rows of a new one are not', () => {
    expect(told(baseline, { card: 300, transfer: 180, new1: 20 })).toEqual(['categorical_values_check 0.96 group: new category new1 in 4 % of rows']);
    expect(told(baseline, { card: 300, transfer: 195, new1: 1 }, { comparisonMethod: 'Compatible' })).toHaveLength(1);
  });

  test('a group that was taken out of the domain by hand is told from the first row on', () => {
    const constraints = { ...baseline.constraints, features: baseline.constraints.features.map(feature =>
      ({ ...feature, string_constraints: { domains: feature.string_constraints!.domains.filter(value => value !== 'rare3') } })) };
    expect(told({ ...baseline, constraints }, { card: 300, transfer: 200, rare3: 1 })).toEqual([expect.stringContaining('new category rare3')]);
  });
});

describe('a group coded as a number', () => {
  const baseline = baselineOf(rowsOf({ 0: 3000, 1: 1600, 2: 400 }));

  test('that is gone is told', () => {
    expect(told(baseline, { 0: 150, 1: 90 })).toEqual(['categorical_values_check 0.92 group: no more 2, before in 8 % of rows']);
  });

  test('that is new is told', () => {
    expect(told(baseline, { 0: 300, 1: 150, 2: 40, 9: 10 })).toEqual(['categorical_values_check 0.98 group: new category 9 in 2 % of rows']);
  });

  test('in a window of many rows, too', () => {
    expect(told(baseline, { 0: 60_000, 1: 40_000 })).toEqual([expect.stringContaining('no more 2, before in 8')]);
    expect(told(baseline, { 0: 60_000, 1: 32_000, 2: 8_000 })).toEqual([]);
  });

  test('is no group in a column of many different numbers', () => {
    const numbers = baselineOf(rowsOf(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index, 100]))));
    expect(told(numbers, { 0: 300, 77: 300 })).toEqual([]);
  });

  test('whose share moved between its neighbours is named in the explanation, as mean and spread say nothing', () => {
    const even = baselineOf(rowsOf({ 0: 500, 1: 500, 2: 500, 3: 500 }));
    expect(told(even, { 0: 300, 1: 200, 2: 200, 3: 300 }, { comparisonMethod: 'Simple', comparisonThreshold: 0.04 }))
      .toEqual([expect.stringMatching(/^baseline_drift_check 0\.0\d+ group: value \d (25 % → 30|25 % → 20) % of rows$/)]);
  });
});

describe('numbers with texts among them', () => {
  const rows = (numbers: number, texts: number): Row[] =>
    Array.from({ length: numbers + texts }, (_, index) => ({ names: ['debt'], cells: [index < texts ? 'unknown' : String(index / 8)] }));
  const check = (texts: number, analysis: Partial<DataQualityAnalysis> = {}): string[] => {
    const baseline = baselineOf(rows(5000 - texts, texts));
    return watch(baseline, windowOf(baseline, rows(300, 0)), analysis).violations.map(({ constraint_check_type }) => constraint_check_type);
  };

  test('without a text are as they were, where texts were rare', () => {
    expect(check(10)).toEqual([]);
    expect(check(10, { comparisonMethod: 'Compatible' })).toEqual(['data_type_check']);
  });

  test('without a text are a violation where texts were frequent', () => {
    expect(check(1000)).toEqual(['data_type_check']);
  });
});

describe('nulls', () => {
  const rows = (present: number, missing: number): Row[] =>
    [...Array<Cell>(present).fill('5'), ...Array<Cell>(missing).fill(null)].map(cell => ({ names: ['group', 'id'], cells: [cell, 'x'] }));
  const check = (baseline: Baseline, present: number, missing: number): string[] =>
    watch(baseline, windowOf(baseline, rows(present, missing)), {}).violations.map(({ constraint_check_type }) => constraint_check_type);

  test('two of 200 are no violation where one of 5000 was null, twenty are', () => {
    const baseline = baselineOf(rows(4999, 1));
    expect(check(baseline, 198, 2)).toEqual([]);
    expect(check(baseline, 180, 20)).toEqual(['completeness_check']);
  });

  test('one of 200 is one where none was', () => {
    expect(check(baselineOf(rows(5000, 0)), 199, 1)).toEqual(['completeness_check']);
  });
});
