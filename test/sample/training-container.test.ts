import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { FIRST_MODEL, pack, trainIn, unpack } from '../../sample/churn/build-model';
import { TRAINING_DATA } from '../../sample/churn/generate';
import { newRoot, put, runContainer } from './container-run';

const trainingData = readFileSync(TRAINING_DATA.file, 'utf8');
const [header, ...rows] = trainingData.trimEnd().split('\n') as [string, ...string[]];
const csv = (...lines: string[]): string => [header, ...lines, ''].join('\n');
const read = (...parts: string[]): string => readFileSync(path.join(...parts), 'utf8');

interface Evaluation { rows: number; candidate: { auc: number; accuracy: number }; current: { auc: number; accuracy: number } }
interface Model { weights: Record<string, number> }

describe('the first model', () => {
  const folder = trainIn(newRoot(), TRAINING_DATA.file);

  test('is what train makes of the training data', () => {
    expect(read(folder, 'model.json')).toBe(unpack(FIRST_MODEL));
  });

  test('is packed into the same bytes each time', () => {
    expect(pack(folder).equals(pack(folder))).toBe(true);
  });

  test('found out what makes customers leave', () => {
    const { weights } = JSON.parse(read(folder, 'model.json')) as Model;
    expect(weights.total_purchases).toBeLessThan(weights.income!);
    expect(weights.income).toBeLessThan(weights.age!);
    expect(weights['payment_type=invoice']).toBeGreaterThan(weights['payment_type=card']! + 1);
  });
});

describe('preprocess, train and evaluate', () => {
  const root = newRoot({ 'processing/input/data/training.csv': trainingData });
  const preprocessed = runContainer('preprocess', root);
  const training = read(root, 'processing/output/train/data.csv').trimEnd().split('\n');
  const validation = read(root, 'processing/output/validation/data.csv').trimEnd().split('\n');

  test('preprocess keeps every row once, about a fifth of them to validate with', () => {
    expect(preprocessed).toEqual({ status: 0, log: `5000 distinct rows: ${training.length - 1} to train, ${validation.length - 1} to validate\n` });
    expect([training[0], validation[0]]).toEqual([header, header]);
    expect([...training.slice(1), ...validation.slice(1)].sort()).toEqual([...rows].sort());
    expect((validation.length - 1) / rows.length).toBeCloseTo(0.2, 1);
  });

  test('preprocess drops duplicates, and puts a row on the same side whatever order the data has', () => {
    const shuffled = newRoot({ 'processing/input/data/a.csv': csv(...[...rows].reverse()), 'processing/input/data/b.csv': csv(...rows.slice(0, 100)) });
    expect(runContainer('preprocess', shuffled).status).toBe(0);
    expect(read(shuffled, 'processing/output/validation/data.csv').trimEnd().split('\n').sort()).toEqual([...validation].sort());
  });

  test('a model of the training part tells leavers from stayers that it never saw', () => {
    const candidate = newRoot();
    put(root, { 'training.csv': training.join('\n') });
    const model = trainIn(candidate, path.join(root, 'training.csv'));
    put(root, {
      'processing/input/candidate/model.tar.gz': pack(model),
      'processing/input/current/d57db3189485f549.gz': readFileSync(FIRST_MODEL),
      'processing/input/validation/data.csv': validation.join('\n'),
    });

    expect(runContainer('evaluate', root)).toEqual({ status: 0, log: expect.stringMatching(/^candidate AUC 0\.\d{4}, current AUC 0\.\d{4}/) });
    const evaluation = JSON.parse(read(root, 'processing/output/evaluation/evaluation.json')) as Evaluation;
    expect(evaluation.rows).toBe(validation.length - 1);
    for (const { auc, accuracy } of [evaluation.candidate, evaluation.current]) {
      expect(auc).toBeGreaterThan(0.75);
      expect(auc).toBeLessThan(0.95);
      expect(accuracy).toBeGreaterThan(0.76);
    }
    expect(evaluation.candidate.auc).not.toBe(evaluation.current.auc);
  });

  test('a model that learnt the opposite is found to be worse', () => {
    const flipped = csv(...rows.map(row => (row.startsWith('1') ? '0' : '1') + row.slice(1)));
    const misled = newRoot({ 'flipped.csv': flipped });
    put(misled, {
      'processing/input/candidate/model.tar.gz': pack(trainIn(misled, path.join(misled, 'flipped.csv'))),
      'processing/input/current/model.tar.gz': readFileSync(FIRST_MODEL),
      'processing/input/validation/data.csv': validation.join('\n'),
    });
    expect(runContainer('evaluate', misled).status).toBe(0);
    const { candidate, current } = JSON.parse(read(misled, 'processing/output/evaluation/evaluation.json')) as Evaluation;
    expect(candidate.auc).toBeLessThan(0.25);
    expect(candidate.auc + current.auc).toBeCloseTo(1, 2);
  });
});

describe('hyperparameters', () => {
  test('are obeyed: a heavy penalty holds the weights down', () => {
    const root = newRoot({ 'input/config/hyperparameters.json': '{"ridge":"100000"}' });
    const { weights } = JSON.parse(read(trainIn(root, TRAINING_DATA.file), 'model.json')) as Model;
    expect(Math.abs(weights.total_purchases!)).toBeLessThan(0.1);
  });

  test.each([
    ['{"depth":"3"}', 'unknown hyperparameter depth: this model knows iterations, ridge'],
    ['{"ridge":"-1"}', 'hyperparameter ridge must be a number of at least 0, got "-1"'],
    ['{"iterations":"many"}', 'hyperparameter iterations must be a number of at least 1, got "many"'],
  ])('%s is refused in words', (hyperparameters, reason) => {
    const root = newRoot({ 'input/config/hyperparameters.json': hyperparameters, 'input/data/train/data.csv': trainingData });
    expect(runContainer('train', root)).toEqual({ status: 1, log: `${reason}\n` });
    expect(read(root, 'output/failure')).toBe(reason);
  });
});

describe('what cannot be used fails with the reason where SageMaker looks for it', () => {
  test.each<[string, string, Record<string, string>, RegExp]>([
    ['train', 'no data', { 'input/data/train/readme.txt': '' }, /^no \.csv file in .+input\/data\/train$/],
    ['train', 'an empty file', { 'input/data/train/data.csv': '' }, /^data\.csv is empty: its first line must name the columns$/],
    ['train', 'a broken row', { 'input/data/train/data.csv': csv('1,34') }, /^data\.csv, row 1: 2 fields, but the header names 7$/],
    ['train', 'a label that is none', { 'input/data/train/data.csv': csv('yes,34,1.5,700,1,card,a') }, /^row 1: churn must be 0 or 1, got "yes"$/],
    ['train', 'a text for a number', { 'input/data/train/data.csv': csv('1,old,1.5,700,1,card,a') }, /^age must be a number or empty, got "old"$/],
    ['train', 'an empty column', { 'input/data/train/data.csv': csv('1,34,1.5,,1,card,a') }, /^credit_score is empty in every row$/],
    ['preprocess', 'files with different columns', {
      'processing/input/data/a.csv': csv(), 'processing/input/data/b.csv': 'age\n1\n',
    }, /^b\.csv has other columns than a\.csv: "age" instead of "churn,/],
    ['evaluate', 'no archive', {
      'processing/input/validation/data.csv': csv('1,34,1.5,700,1,card,a'), 'processing/input/candidate/model.json': '{}',
    }, /must hold one model\.tar\.gz, it holds 0$/],
    ['evaluate', 'two archives', {
      'processing/input/validation/data.csv': csv('1,34,1.5,700,1,card,a'), 'processing/input/candidate/a.tar.gz': '', 'processing/input/candidate/b.tar.gz': '',
    }, /must hold one model\.tar\.gz, it holds 2$/],
    ['evaluate', 'an archive that is none', {
      'processing/input/validation/data.csv': csv('1,34,1.5,700,1,card,a'), 'processing/input/candidate/model.tar.gz': 'no archive',
    }, /not in gzip format/],
    ['evaluate', 'one label only', {
      'processing/input/validation/data.csv': csv('1,34,1.5,700,1,card,a'), 'processing/input/candidate/model.tar.gz': 'FIRST_MODEL',
    }, /^AUC needs both labels, but all rows have the same one$/],
    ['dance', 'an unknown command', {}, /^unknown command "dance": give one of preprocess, train, evaluate, serve$/],
  ])('%s: %s', (command, _, files, reason) => {
    const root = newRoot(Object.fromEntries(Object.entries(files)
      .map(([name, content]) => [name, content === 'FIRST_MODEL' ? readFileSync(FIRST_MODEL) : content])));
    expect(runContainer(command, root).status).toBe(1);
    expect(read(root, 'output/failure')).toMatch(reason);
    expect(read(root, 'output/message')).toMatch(reason);
  });
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('started as root, the container goes on as its own user in the folders that it was handed', () => {
  const root = newRoot({ 'processing/input/data/data.csv': trainingData, 'processing/output/train/.mounted': '' });
  expect(runContainer('preprocess', root, { CONTAINER_USER: 'nobody' }).status).toBe(0);
  const nobody = Number(execFileSync('id', ['--user', 'nobody'], { encoding: 'utf8' }));
  expect(statSync(path.join(root, 'processing/output/train/data.csv')).uid).toBe(nobody);
  expect(statSync(path.join(root, 'processing/input/data/data.csv')).uid).toBe(0);
});

asRoot('a user who does not exist is named', () => {
  expect(runContainer('train', newRoot(), { CONTAINER_USER: 'ghost' })).toEqual({ status: 1, log: expect.stringContaining('ghost') });
});
