import fc from 'fast-check';
import { mergeRuns } from '../../../../analyzer/data-quality/statistics/merge-runs';
import { sortAscending } from '../../../../analyzer/data-quality/statistics/sort-ascending';

const numbers = (maxLength: number): fc.Arbitrary<Float64Array> =>
  fc.float64Array({ noNaN: true, maxLength, size: 'max' }).map(values => Float64Array.from([...values, 0, -0, 1, -1]));

test('numbers are sorted as the language sorts them, infinite ones and both zeros included', () => {
  fc.assert(fc.property(numbers(3000), (values) => {
    const [ours, theirs] = [values.slice(), values.slice().sort()];
    sortAscending(ours);
    expect(ours).toEqual(theirs);
  }), { numRuns: 50, seed: 1 });
});

test('numbers are sorted whose bits differ in the lower half only, or hardly in the upper one', () => {
  const timestamp = fc.integer({ min: 0, max: 3_600_000 }).map(milliseconds => 1_770_000_000_000 + milliseconds);
  const close = fc.integer({ min: -1000, max: 1000 }).map(steps => 1 + steps * Number.EPSILON);
  for (const number of [timestamp, close, fc.oneof(timestamp, fc.double({ noNaN: true }))]) {
    fc.assert(fc.property(fc.array(number, { minLength: 128, maxLength: 3000, size: 'max' }), (values) => {
      const ours = Float64Array.from(values);
      sortAscending(ours);
      expect(ours).toEqual(Float64Array.from(values).sort());
    }), { numRuns: 20, seed: 1 });
  }
});

test('ascending runs are merged into one', () => {
  fc.assert(fc.property(fc.array(numbers(300), { minLength: 1, maxLength: 5 }), (runs) => {
    const starts: number[] = [];
    const values = Float64Array.from(runs.flatMap(run => [...run.sort()]));
    runs.slice(0, -1).reduce((start, { length }) => (starts.push(start + length), start + length), 0);
    const expected = values.slice().sort();
    mergeRuns(values, starts);
    expect(values).toEqual(expected);
  }), { numRuns: 100, seed: 1 });
});
