import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unpack } from '../../sample/churn/build-model';
import { FIRST_MODEL, trainingCsv, TRAINING_DATA, trainIn, VALIDATION_DATA, validationCsv } from '../../sample/lending/generate';
import { ServedModel } from '../../sample/lending/served-model';

const GOOD = '800,58000.00,0.200,41,100xx,female';
const [header, ...lines] = readFileSync(VALIDATION_DATA.file, 'utf8').trimEnd().split('\n').map(line => line.split(','));
const rows = lines.map(fields => Object.fromEntries(header!.map((name, column) => [name, fields[column]!])));
const share = (chosen: readonly object[], of: readonly object[]): number => chosen.length / of.length;

let model: ServedModel;

beforeAll(async () => {
  model = await ServedModel.start(FIRST_MODEL);
});

afterAll(() => model.stop());

test('the generator writes the committed files byte for byte', async () => {
  expect(trainingCsv(TRAINING_DATA)).toBe(readFileSync(TRAINING_DATA.file, 'utf8'));
  expect(await validationCsv(VALIDATION_DATA, model)).toBe(readFileSync(VALIDATION_DATA.file, 'utf8'));
});

test('the first model is what train makes of the training data', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'lending-container-'));
  expect(readFileSync(path.join(trainIn(root, TRAINING_DATA.file), 'model.json'), 'utf8')).toBe(unpack(FIRST_MODEL));
  rmSync(root, { recursive: true });
});

test('it is right about 95 % of applicants that it never saw, and approves three quarters of women and of men', () => {
  expect(share(rows.filter(row => row.approved === row.creditworthy), rows)).toBeCloseTo(0.95, 1);
  for (const sex of ['female', 'male']) {
    const group = rows.filter(row => row.sex === sex);
    expect(share(group.filter(row => row.approved === '1'), group)).toBeCloseTo(0.76, 1);
  }
});

test('neither sex nor age changes a decision', async () => {
  expect(await model.ask([GOOD.replace('female', 'male').replace('41', '20')])).toBe(await model.ask([GOOD]));
});

test('a row a line is answered with the decision and its probability; what is missing or unknown is no error', async () => {
  expect(await model.ask([GOOD, '500,20000.00,0.600,41,482xx,male', ',58000.00,0.200,41,99999,female'])).toMatch(/^1,[\d.]+\n0,[\d.]+\n[01],[\d.]+\n$/);
});

test.each([
  [GOOD.slice(4), 'a row must have 6 fields (credit_score, income, debt_ratio, age, zip_code, sex), got 5'],
  [GOOD.replace('58000.00', 'rich'), 'income must be a number or empty, got "rich"'],
  ['', 'the request holds no row'],
])('%j is refused in words', async (row, reason) => {
  await expect(model.ask([row])).rejects.toThrow(reason);
});

test('other content types and paths are refused in words', async () => {
  const asked = async (url: string, contentType: string): Promise<[number, string]> => {
    const response = await fetch(url, { method: 'POST', body: GOOD, headers: { 'Content-Type': contentType, 'Connection': 'close' } });
    return [response.status, await response.text()];
  };
  expect(await asked(model.invocations, 'application/json')).toEqual([415, 'content type "application/json" is not read here: send text/csv']);
  expect(await asked(model.invocations.replace('invocations', 'predict'), 'text/csv')).toEqual([404, 'no POST /predict here: there are GET /ping and POST /invocations']);
});
