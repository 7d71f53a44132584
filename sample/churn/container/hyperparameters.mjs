import { existsSync, readFileSync } from 'node:fs';

/** What each is when nothing is given, and from which value on it makes sense. */
const KNOWN = {
  iterations: { default: 25, minimum: 1 },
  ridge: { default: 1, minimum: 0 },
};

/** The hyperparameters of a file as SageMaker writes it: every value is a text. */
export function readHyperparameters(file) {
  const given = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const unknown = Object.keys(given).filter(name => !Object.hasOwn(KNOWN, name));
  if (unknown.length > 0) throw new Error(`unknown hyperparameter ${unknown.join(', ')}: this model knows ${Object.keys(KNOWN).join(', ')}`);
  return Object.fromEntries(Object.entries(KNOWN).map(([name, known]) => [name, valueOf(name, known, given[name])]));
}

function valueOf(name, known, text) {
  if (text === undefined) return known.default;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < known.minimum) {
    throw new Error(`hyperparameter ${name} must be a number of at least ${known.minimum}, got ${JSON.stringify(text)}`);
  }
  return value;
}
