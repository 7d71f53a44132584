import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCsvFolder } from './csv.mjs';
import { score } from './metrics.mjs';
import { labelsOf, loadModel, predict } from './model.mjs';

/** Compares the candidate with the current model, on data that neither was shown in this execution. */
export function evaluate(paths) {
  const customers = readCsvFolder(paths.input('validation'));
  const labels = labelsOf(customers);
  const scoreOf = name => {
    const model = loadPackedModel(paths.input(name));
    return score(customers.map(customer => predict(model, customer)), labels);
  };
  const evaluation = { rows: customers.length, candidate: scoreOf('candidate'), current: scoreOf('current') };
  mkdirSync(paths.result('evaluation'), { recursive: true });
  writeFileSync(path.join(paths.result('evaluation'), 'evaluation.json'), `${JSON.stringify(evaluation, undefined, 2)}\n`);
  console.log(`candidate AUC ${evaluation.candidate.auc.toFixed(4)}, current AUC ${evaluation.current.auc.toFixed(4)} on ${customers.length} rows`);
}

/** The model in the one archive of a folder. Uploaded by the CDK, model.tar.gz is called `<hash>.gz`. */
function loadPackedModel(folder) {
  const archives = readdirSync(folder).filter(name => name.endsWith('.gz'));
  if (archives.length !== 1) throw new Error(`${folder} must hold one model.tar.gz, it holds ${archives.length}`);
  const unpacked = mkdtempSync(path.join(tmpdir(), 'model-'));
  try {
    execFileSync('tar', ['--extract', '--gzip', '--no-same-owner', '--file', path.join(folder, archives[0]), '--directory', unpacked]);
    return loadModel(unpacked);
  } finally {
    rmSync(unpacked, { recursive: true });
  }
}
