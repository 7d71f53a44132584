import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack } from '../churn/build-model';
import { Applicant, applicants, NUMERIC_FEATURES } from './applicants';
import { CONTAINER_PROGRAM, ServedModel } from './served-model';

/** The data that the model is trained with. */
export const TRAINING_DATA = { seed: 20_260_101, rows: 4_000, file: path.join(__dirname, 'data', 'training.csv') };

/** Applicants that the model never saw, with its decisions about them: what production is compared with. */
export const VALIDATION_DATA = { seed: 20_260_201, rows: 4_000, file: path.join(__dirname, 'data', 'validation.csv') };

/** The model that the endpoint starts with. */
export const FIRST_MODEL = path.join(__dirname, 'model', 'model.tar.gz');

const FEATURES = ['credit_score', 'income', 'debt_ratio', 'age', 'zip_code', 'sex'] as const satisfies (keyof Applicant)[];

/** Applicants as CSV with a header, label first. */
export function trainingCsv({ seed, rows }: { readonly seed: number; readonly rows: number }): string {
  const lines = applicants(seed, rows).map(applicant => [applicant.creditworthy, ...fields(applicant)].join(','));
  return [['creditworthy', ...FEATURES].join(','), ...lines, ''].join('\n');
}

/** The same with the model's decisions. */
export async function validationCsv({ seed, rows }: { readonly seed: number; readonly rows: number }, model: ServedModel): Promise<string> {
  const known = applicants(seed, rows);
  const decisions = (await model.ask(known.map(applicant => fields(applicant).join(',')))).trimEnd().split('\n');
  const lines = known.map((applicant, index) => [applicant.creditworthy, decisions[index], ...fields(applicant)].join(','));
  return [['creditworthy', 'approved', 'probability', ...FEATURES].join(','), ...lines, ''].join('\n');
}

/** Trains on a file, exactly as SageMaker has the container do it, below a folder that stands for /opt/ml; returns the model's folder. */
export function trainIn(root: string, trainingData: string): string {
  const channel = path.join(root, 'input/data/train');
  mkdirSync(channel, { recursive: true });
  copyFileSync(trainingData, path.join(channel, 'data.csv'));
  execFileSync(process.execPath, [CONTAINER_PROGRAM, 'train', '--root', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  return path.join(root, 'model');
}

/** Every number keeps its decimals, so that a column is of one type. */
function fields(applicant: Applicant): string[] {
  return FEATURES.map((name) => {
    const value = applicant[name];
    return typeof value === 'number' && name in NUMERIC_FEATURES ? value.toFixed(NUMERIC_FEATURES[name as keyof typeof NUMERIC_FEATURES].decimals) : String(value);
  });
}

async function main(): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'lending-'));
  writeFileSync(TRAINING_DATA.file, trainingCsv(TRAINING_DATA));
  writeFileSync(FIRST_MODEL, pack(trainIn(root, TRAINING_DATA.file)));
  rmSync(root, { recursive: true });
  const model = await ServedModel.start(FIRST_MODEL);
  try {
    writeFileSync(VALIDATION_DATA.file, await validationCsv(VALIDATION_DATA, model));
  } finally {
    await model.stop();
  }
}

if (require.main === module) void main();
