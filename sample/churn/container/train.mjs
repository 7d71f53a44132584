import { readCsvFolder } from './csv.mjs';
import { readHyperparameters } from './hyperparameters.mjs';
import { labelsOf, predict, saveModel, trainModel } from './model.mjs';
import { score } from './metrics.mjs';

/** Trains on the channel `train` and leaves the model where SageMaker packs it up. */
export function train(paths) {
  const hyperparameters = readHyperparameters(paths.hyperparameters);
  const customers = readCsvFolder(paths.trainingChannel);
  const model = trainModel(customers, hyperparameters);
  saveModel(paths.model, model);
  const { auc, accuracy } = score(customers.map(customer => predict(model, customer)), labelsOf(customers));
  console.log(`trained on ${customers.length} rows: train:auc=${auc.toFixed(4)} train:accuracy=${accuracy.toFixed(4)}`);
}
