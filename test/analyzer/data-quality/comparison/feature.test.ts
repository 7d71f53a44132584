import { meanShiftOf } from '../../../../analyzer/data-quality/comparison/feature';
import { FeatureStatistics } from '../../../../lib/contract';

/** A column of which little more than mean and spread is known. */
function column(mean: number, std_dev: number, num_present: number): FeatureStatistics {
  const sketch = { parameters: { c: 0.64, k: 2048 }, data: [] };
  return {
    name: 'income', inferred_type: 'Fractional',
    numerical_statistics: {
      common: { num_present, num_missing: 0 }, mean, std_dev, sum: mean * num_present, min: 0, max: 0, distribution: { kll: { buckets: [], sketch } },
    },
  };
}

describe('the relative mean shift', () => {
  // Of 200 and 200 rows with a standard deviation of 10, the difference of the means has an error of 1.
  test.each([
    ['4.1 standard errors are told', column(104.1, 10, 200), 0.041],
    ['3.9 standard errors are 0, chance explains them', column(103.9, 10, 200), 0],
    ['the larger spread counts', column(104.1, 20, 200), 0],
    ['a fall is as large as a rise', column(90, 10, 200), 0.1],
  ])('%s', (_, window, shift) => {
    expect(meanShiftOf(column(100, 10, 200), window)).toBeCloseTo(shift, 12);
  });

  test('of a negative mean is no less', () => {
    expect(meanShiftOf(column(-100, 10, 200), column(-90, 10, 200))).toBeCloseTo(0.1, 12);
  });

  test.each([[9.9, undefined], [10.1, expect.closeTo(4.95, 2)], [0, undefined]])('of a mean of %d, of values that spread by 100, is %p', (mean, shift) => {
    expect(meanShiftOf(column(mean, 100, 10_000), column(mean + 50, 100, 10_000))).toEqual(shift);
  });
});
