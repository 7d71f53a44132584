import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const VALIDATION_SHARE = 0.2;
const SEED = 'churn';

/** Splits the data into a training and a validation set, each row once. */
export function preprocess(paths) {
  const { header, rows } = readDistinctRows(paths.input('data'));
  const validation = rows.filter(isForValidation);
  const training = rows.filter(row => !isForValidation(row));
  writeRows(paths.result('train'), header, training);
  writeRows(paths.result('validation'), header, validation);
  console.log(`${rows.length} distinct rows: ${training.length} to train, ${validation.length} to validate`);
}

/** A row's own content decides, so that it is on the same side however often and in whatever order the data comes. */
function isForValidation(row) {
  return createHash('sha256').update(SEED).update(row).digest().readUInt32BE() / 2 ** 32 < VALIDATION_SHARE;
}

function readDistinctRows(folder) {
  const files = readdirSync(folder).filter(name => name.endsWith('.csv')).sort();
  if (files.length === 0) throw new Error(`no .csv file in ${folder}`);
  const contents = files.map(file => readFileSync(path.join(folder, file), 'utf8').split(/\r?\n/).filter(line => line !== ''));
  const [header = ''] = contents[0];
  contents.forEach(([other], index) => {
    if (other !== header) throw new Error(`${files[index]} has other columns than ${files[0]}: ${JSON.stringify(other)} instead of ${JSON.stringify(header)}`);
  });
  return { header, rows: [...new Set(contents.flatMap(([, ...lines]) => lines))] };
}

function writeRows(folder, header, rows) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'data.csv'), [header, ...rows, ''].join('\n'));
}
