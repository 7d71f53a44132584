import { columnType } from '../../../../analyzer/data-quality/statistics/value-type';

test('one text makes a column text, else one fraction makes it fractional', () => {
  expect(columnType({ Integral: 9, Fractional: 9, String: 1 })).toBe('String');
  expect(columnType({ Integral: 9, Fractional: 1, String: 0 })).toBe('Fractional');
  expect(columnType({ Integral: 1, Fractional: 0, String: 0 })).toBe('Integral');
  expect(columnType({ Integral: 0, Fractional: 0, String: 0 })).toBe('Unknown');
});
