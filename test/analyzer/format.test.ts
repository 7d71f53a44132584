import { clip, formatApart, formatChange, formatDecimal, formatNumber, formatShare } from '../../analyzer/format';

test('numbers have three digits, and their thousands a space', () => {
  expect([67_512, 0, -0.123456, 1_234_567, 2.5e-7, 3e15].map(value => formatNumber(value))).toEqual(['67 500', '0', '-0.123', '1 230 000', '2.5e-7', '3e15']);
});

test('numbers that lie close have as many digits as it takes', () => {
  expect(formatApart([1_000_000, 1_000_001])).toEqual(['1 000 000', '1 000 001']);
});

test('a share is never rounded to nothing or to all', () => {
  expect([0, 0.031, 0.15, 1, 0.00001, 0.9975, 0.99999].map(formatShare)).toEqual(['0 %', '3.1 %', '15 %', '100 %', '< 0.01 %', '99.75 %', '> 99.99 %']);
});

test('a change bears its sign', () => {
  expect([0.2148, -0.05, 3].map(formatChange)).toEqual(['+21 %', '−5 %', '+300 %']);
});

test('decimals look as the service prints them', () => {
  expect([100, 0.1, 0, -0, 200 / 3, 0.0001, 12_345_678].map(formatDecimal)).toEqual(['100.0', '0.1', '0.0', '-0.0', '66.66666666666667', '1.0E-4', '1.2345678E7']);
});

test('a value in a sentence is one line of at most forty characters, and no character is cut in two', () => {
  expect(clip('a\n b')).toBe('a b');
  expect(clip('😀'.repeat(50))).toBe(`${'😀'.repeat(39)}…`);
});
