import { readFileSync } from 'node:fs';
import { CREDIT_SCORE_COMPLETENESS, customers, NUMERIC_FEATURES, PAYMENT_TYPES } from '../../sample/churn/customers';
import { customersCsv, TRAINING_DATA } from '../../sample/churn/generate';
import { deviationOf, meanOf } from '../../sample/churn/moments';

const committed = readFileSync(TRAINING_DATA.file, 'utf8');
const [header, ...rows] = committed.trimEnd().split('\n').map(line => line.split(','));
const column = (name: string): string[] => rows.map(row => row[header!.indexOf(name)]!);

test('the generator writes the committed file byte for byte', () => {
  expect(customersCsv(customers(TRAINING_DATA.seed, TRAINING_DATA.rows))).toBe(committed);
});

test('another seed gives other customers', () => {
  expect(customersCsv(customers(TRAINING_DATA.seed + 1, TRAINING_DATA.rows))).not.toBe(committed);
});

test('the label comes first, and every row is complete', () => {
  expect(header).toEqual(['churn', 'age', 'income', 'credit_score', 'total_purchases', 'payment_type', 'email']);
  expect(rows).toHaveLength(5_000);
  expect(rows.every(row => row.length === header!.length)).toBe(true);
});

test.each(Object.entries(NUMERIC_FEATURES))('%s has its mean and deviation within 0.05 %%, its minimum and maximum exactly', (name, moments) => {
  const values = column(name).filter(text => text !== '').map(Number);
  expect(Math.abs(meanOf(values) / moments.mean - 1)).toBeLessThan(0.0005);
  expect(Math.abs(deviationOf(values) / moments.standardDeviation - 1)).toBeLessThan(0.0005);
  expect(Math.min(...values)).toBe(moments.minimum);
  expect(Math.max(...values)).toBe(moments.maximum);
});

test('the numeric features are skewed as the real ones are', () => {
  const skewness = (name: string): number => {
    const values = column(name).filter(text => text !== '').map(Number);
    const [mean, deviation] = [meanOf(values), deviationOf(values)];
    return meanOf(values.map(value => ((value - mean) / deviation) ** 3));
  };
  expect(skewness('age')).toBeGreaterThan(0.4);
  expect(skewness('income')).toBeGreaterThan(0.4);
  expect(skewness('total_purchases')).toBeGreaterThan(0.8);
  expect(skewness('credit_score')).toBeLessThan(0);
});

test('types are what the service infers: income Fractional in every row, the others Integral', () => {
  expect(column('income').every(text => /^\d+\.\d\d$/.test(text))).toBe(true);
  for (const name of ['age', 'credit_score', 'total_purchases', 'churn']) expect(column(name).every(text => /^\d*$/.test(text))).toBe(true);
});

test('exactly two in a hundred credit scores are unknown, and nothing else is', () => {
  expect(column('credit_score').filter(text => text !== '')).toHaveLength(rows.length * CREDIT_SCORE_COMPLETENESS);
  expect(header!.filter(name => column(name).includes(''))).toEqual(['credit_score']);
});

test('payment types are as frequent as they should be', () => {
  const paid = column('payment_type');
  expect(new Set(paid)).toEqual(new Set(Object.keys(PAYMENT_TYPES)));
  for (const [type, share] of Object.entries(PAYMENT_TYPES)) {
    expect(Math.abs(paid.filter(text => text === type).length / paid.length - share)).toBeLessThan(0.02);
  }
});

test('e-mail addresses are unique and belong to nobody', () => {
  expect(new Set(column('email')).size).toBe(rows.length);
  expect(column('email').every(text => /^[a-z]+\.[a-z]+\d{4}@example\.(com|net|org)$/.test(text))).toBe(true);
});

test('about a quarter of the customers churn', () => {
  const rate = meanOf(column('churn').map(Number));
  expect(rate).toBeGreaterThan(0.22);
  expect(rate).toBeLessThan(0.28);
});
