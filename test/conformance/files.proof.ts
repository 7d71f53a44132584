import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { CommandLine } from '../bin/command-line';
import { ask, describeWithOracles } from './oracle';

const ROWS = 240;

describeWithOracles('the SDK\'s Statistics, Constraints and ConstraintViolations read what is written', () => {
  const line = new CommandLine();
  const rows = (right: number): string[] => Array.from({ length: ROWS }, (_, index) => {
    const approved = index % 2;
    const predicted = (index * 3) % 10 < right ? approved : 1 - approved;
    return [20 + index % 50, ['f', 'm'][(index >> 1) % 2], approved, predicted, predicted * 0.8 + 0.1, 2 * approved + 0.5, 2 * predicted + 0.4].join(',');
  });
  const monitors: Readonly<Record<string, string[]>> = {
    'data-quality': [],
    'binary': ['--problem-type', 'BinaryClassification', '--label', 'approved', '--prediction', 'predicted', '--probability', 'probability'],
    'multiclass': ['--problem-type', 'MulticlassClassification', '--label', 'approved', '--prediction', 'predicted'],
    'regression': ['--problem-type', 'Regression', '--label', 'amount', '--prediction', 'predicted_amount'],
    'model-bias': ['--label', 'approved', '--positive-label', '1', '--facet', 'sex=f', '--prediction', 'predicted'],
  };
  const header = 'age,sex,approved,predicted,probability,amount,predicted_amount';

  beforeAll(() => {
    line.write('good.csv', [header, ...rows(9)]).write('bad.csv', [header, ...rows(5).map(row => row.replace(/^(\d+)/, age => String(Number(age) + 30)))]);
  });
  afterAll(() => {
    line.remove();
  });

  test.each(Object.entries(monitors))('of %s', (name, options) => {
    const monitor = ['binary', 'multiclass', 'regression'].includes(name) ? 'model-quality' : name;
    const compatible = monitor === 'model-bias' ? ['--compatible'] : [];
    expect(line.run('baseline', monitor, '--dataset', 'good.csv', '--header', ...options, '--output', `${name}-base`)).toMatchObject({ status: 0, stderr: '' });
    expect(line.run('analyze', monitor, '--dataset', 'bad.csv', '--header', ...options, ...compatible, '--baseline', `${name}-base`, '--output', name)).toMatchObject({ status: 2, stderr: '' });
    const [baseline, report] = monitor === 'model-bias' ? [['analysis'], ['analysis']] : [['statistics', 'constraints'], ['statistics', 'constraints']];
    const files = [...baseline.map(file => `${name}-base/${file}`), ...report.map(file => `${name}/${file}`), `${name}/constraint_violations`].map(file => `${file}.json`);

    expectReadable(line, files);
  });

  test('of model-explainability', async () => {
    const explain = async (weights: readonly number[], ...words: readonly string[]): Promise<number | null> => {
      const model = spawn(process.execPath, ['-e', MODEL, JSON.stringify(weights)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const port = String((await once(model.stdout, 'data') as [Buffer])[0]).trim();
      const columns = ['--exclude', 'sex', 'approved', 'predicted', '--invocations', `http://127.0.0.1:${port}`];
      const { status } = line.run(...words, '--dataset', 'good.csv', '--header', ...columns);
      model.kill();
      return status;
    };

    expect(await explain([1, 0.1, 0.1, 0.1], 'baseline', 'model-explainability', '--output', 'shap-base')).toBe(0);
    expect(await explain([0.001, 0.1, 9, 9], 'analyze', 'model-explainability', '--baseline', 'shap-base', '--output', 'shap')).toBe(2);

    expectReadable(line, ['shap-base/analysis.json', 'shap/analysis.json', 'shap/constraint_violations.json']);
  });
});

/** A linear model that answers CSV with CSV, and says at which port. */
const MODEL = `
  const weights = JSON.parse(process.argv[1]);
  const score = row => row.split(',').reduce((sum, cell, index) => sum + Number(cell) * weights[index], 0);
  const server = require('node:http').createServer((request, response) => {
    let body = '';
    request.on('data', text => { body += text; }).on('end', () => { response.end(body.trim().split('\\n').map(score).join('\\n')); });
  });
  server.listen(0, '127.0.0.1', () => { console.log(server.address().port); });
`;

/** What bias and explainability constrain is in analysis.json. */
function kindOf(file: string): string {
  const { name } = path.parse(file);
  return name === 'analysis' ? 'constraints' : name;
}

/** Each file is read as it stands; a data-quality baseline can be switched off by the SDK. */
function expectReadable(line: CommandLine, files: readonly string[]): void {
  const read = ask('files.py', files.map(file => ({ kind: kindOf(file), file: path.join(line.folder, file) }))) as { body: unknown; evaluates?: string }[];

  expect(read.map(({ body }) => body)).toEqual(files.map(file => line.json(file)));
  for (const { evaluates = 'Disabled' } of read) expect(evaluates).toBe('Disabled');
}
