import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCsvFolder } from './csv.mjs';
import { trainScorecard } from './scorecard.mjs';

/** Trains on the channel `train` and leaves the model where SageMaker packs it up. */
export function train(root) {
  const applicants = readCsvFolder(path.join(root, 'input/data/train'));
  const scorecard = trainScorecard(applicants);
  mkdirSync(path.join(root, 'model'), { recursive: true });
  writeFileSync(path.join(root, 'model/model.json'), `${JSON.stringify(scorecard, undefined, 2)}\n`);
  console.log(`trained on ${applicants.length} applicants`);
}
