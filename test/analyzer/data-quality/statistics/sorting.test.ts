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
