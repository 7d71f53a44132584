import { CATEGORICAL_FEATURES, NUMERIC_FEATURES, parseNumber } from './schema.mjs';

/** What must be known of the training data to turn customers into vectors. */
export function fitEncoder(customers) {
  return {
    numeric: Object.fromEntries(NUMERIC_FEATURES.map(name => [name, moments(name, customers)])),
    categorical: Object.fromEntries(CATEGORICAL_FEATURES.map(name => [name, [...new Set(customers.map(customer => customer[name]))].sort()])),
  };
}

/** Names of a vector's components. */
export function componentNames({ categorical, numeric }) {
  return [...Object.keys(numeric), ...Object.entries(categorical).flatMap(([name, values]) => values.map(value => `${name}=${value}`))];
}

/** A customer as a vector: numbers standardised, a missing one at its mean, a category unknown in training at zero in all components. */
export function encode({ categorical, numeric }, customer) {
  const numbers = Object.entries(numeric).map(([name, { mean, deviation }]) => ((parseNumber(name, customer[name]) ?? mean) - mean) / deviation);
  const flags = Object.entries(categorical).flatMap(([name, values]) => values.map(value => (customer[name] === value ? 1 : 0)));
  return [...numbers, ...flags];
}

function moments(name, customers) {
  const values = customers.map(customer => parseNumber(name, customer[name])).filter(value => value !== undefined);
  if (values.length === 0) throw new Error(`${name} is empty in every row`);
  const mean = sum(values) / values.length;
  const deviation = Math.sqrt(sum(values.map(value => (value - mean) ** 2)) / values.length);
  return { mean: round(mean), deviation: round(deviation) || 1 };
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** The last digits differ from one machine's mathematics to another's. */
export function round(value) {
  return Number(value.toPrecision(8));
}
