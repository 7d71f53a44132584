import { columnType, numberOf, valueType } from '../../../../analyzer/data-quality/statistics/value-type';

test.each([
  ['Integral', ['0', '-7', '+7', '- 7', ' 7', '007', '123456789012345678901']],
  ['Fractional', ['1.0', '-0.5', '1e5', '1.5E-3', '+2.50']],
  ['String', ['', '.5', '5.', '1,000', 'NaN', 'inf', 'Infinity', 'true', '0x1f', '1e999', '12a', '5 ', '１']],
] as const)('%s: %j', (type, texts) => {
  for (const text of texts) expect([text, valueType(text)]).toEqual([text, type]);
});

test('the sign may stand apart from the number', () => {
  expect(numberOf('- 7.5')).toBe(-7.5);
});

test('one text makes a column text, else one fraction makes it fractional', () => {
  expect(columnType({ Integral: 9, Fractional: 9, String: 1 })).toBe('String');
  expect(columnType({ Integral: 9, Fractional: 1, String: 0 })).toBe('Fractional');
  expect(columnType({ Integral: 1, Fractional: 0, String: 0 })).toBe('Integral');
  expect(columnType({ Integral: 0, Fractional: 0, String: 0 })).toBe('Unknown');
});
