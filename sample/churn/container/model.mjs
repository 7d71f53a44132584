import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { componentNames, encode, fitEncoder, round } from './encoder.mjs';
import { fit, probability } from './logistic-regression.mjs';
import { LABEL } from './schema.mjs';

const FILE = 'model.json';

/** A model of customers whose label is known. */
export function trainModel(customers, hyperparameters) {
  const encoder = fitEncoder(customers);
  const { intercept, weights } = fit(customers.map(customer => encode(encoder, customer)), labelsOf(customers), hyperparameters);
  return {
    hyperparameters,
    encoder,
    intercept: round(intercept),
    weights: Object.fromEntries(componentNames(encoder).map((name, index) => [name, round(weights[index])])),
  };
}

/** Probability that the customer leaves. */
export function predict({ encoder, intercept, weights }, customer) {
  return probability({ intercept, weights: Object.values(weights) }, encode(encoder, customer));
}

/** The labels as numbers. */
export function labelsOf(customers) {
  return customers.map((customer, index) => {
    const label = customer[LABEL];
    if (label !== '0' && label !== '1') throw new Error(`row ${index + 1}: ${LABEL} must be 0 or 1, got ${JSON.stringify(label)}`);
    return Number(label);
  });
}

export function saveModel(folder, model) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, FILE), `${JSON.stringify(model, undefined, 2)}\n`);
}

export function loadModel(folder) {
  return JSON.parse(readFileSync(path.join(folder, FILE), 'utf8'));
}
