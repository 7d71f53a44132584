import { spawn } from 'node:child_process';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ExecutionSummary, violationSubject } from '../../lib/contract';
import { Answer, CommandLine, PROGRAM } from './command-line';

const ROWS = 400;
const line = new CommandLine();
const run = line.run.bind(line);

/** People of two sexes; the model is right about 9 of 10, and the second time of 6 of 10. */
const people = (right: number): Record<string, string | number>[] => Array.from({ length: ROWS }, (_, index) => {
  const approved = (index * 7) % 10 < 5 ? 1 : 0;
  const isRight = (index * 3) % 10 < right;
  return {
    age: 20 + index % 50, sex: index % 2 === 0 ? 'f' : 'm', approved,
    predicted: isRight ? approved : 1 - approved, probability: (isRight ? approved : 1 - approved) === 1 ? 0.9 : 0.2,
  };
});
const csv = (rows: readonly Record<string, string | number>[]): string[] => [Object.keys(rows[0]!).join(','), ...rows.map(row => Object.values(row).join(','))];

beforeAll(() => {
  const rows = people(9);
  line
    .write('good.csv', csv(rows))
    .write('bad.csv', csv(people(6)))
    .write('capture/a.jsonl', rows.map(({ age, sex, probability }, index) => JSON.stringify({
      captureData: { endpointInput: { data: `${age!},${sex!}`, encoding: 'CSV' }, endpointOutput: { data: String(probability), encoding: 'CSV' } },
      eventMetadata: { eventId: `e${index}`, inferenceTime: '2026-01-31T09:30:00Z' },
    })))
    .write('labels/b.jsonl', rows.map(({ approved }, index) => JSON.stringify({
      groundTruthData: { data: String(approved), encoding: 'CSV' }, eventMetadata: { eventId: `e${index}` },
    })));
});
afterAll(() => {
  line.remove();
});

const summary = ({ stdout }: Answer): ExecutionSummary => JSON.parse(stdout) as ExecutionSummary;

describe('model-monitor … model-quality', () => {
  const columns = ['--header', '--problem-type', 'BinaryClassification', '--label', 'approved', '--prediction', 'predicted', '--probability', 'probability'];

  beforeAll(() => {
    expect(run('baseline', 'model-quality', '--dataset', 'good.csv', ...columns, '--output', 'quality')).toMatchObject({ status: 0, stderr: '' });
  });

  test('finds nothing in the data of its baseline, and a worse model in worse data', () => {
    expect(run('analyze', 'model-quality', '--dataset', 'good.csv', ...columns, '--baseline', 'quality', '--output', 'calm').status).toBe(0);
    const { status, stdout } = run('analyze', 'model-quality', '--dataset', 'bad.csv', ...columns, '--baseline', 'quality', '--output', 'worse');

    expect(status).toBe(2);
    expect(stdout).toMatch(/│ accuracy +│ LessThanThreshold +│ Metric accuracy with 0.6 /);
    expect(run('violations', 'worse').status).toBe(2);
  });

  test('joins captured requests with their labels', () => {
    const answers = ['--problem-type', 'BinaryClassification', '--probability', '0', '--ground-truth', 'labels'];

    const analysed = run('analyze', 'model-quality', '--capture', 'capture', ...answers, '--baseline', 'quality', '--output', 'joined', '--json');

    expect(analysed).toMatchObject({ status: 0, stderr: '' });
    expect(summary(analysed).records).toMatchObject({ captured: ROWS, analysed: ROWS, labelled: ROWS, rejected: 0 });
    expect(run('baseline', 'model-quality', '--capture', 'capture', ...answers, '--output', 'quality-of-capture').status).toBe(0);
  });

  test('labels that come later are those of requests so long before the window', () => {
    const late = (start: string, end: string): Answer => run('analyze', 'model-quality', '--capture', 'capture', '--problem-type', 'BinaryClassification', '--probability', '0',
      '--ground-truth', 'labels', '--label-delay', '24', '--start', start, '--end', end, '--baseline', 'quality', '--output', 'late', '--json');

    expect(summary(late('2026-02-01T09:00:00Z', '2026-02-01T10:00:00Z')).records).toMatchObject({ labelled: ROWS });
    expect(late('2026-01-31T09:00:00Z', '2026-01-31T10:00:00Z').status).toBe(1);
  });

  test('baseline show prints metrics and constraints', () => {
    expect(run('baseline', 'show', 'quality').stdout).toMatch(/│ accuracy +│ 0.9 +│ [\s\S]*│ accuracy +│ LessThanThreshold +│ 0.9 /);
  });

  test.each([
    ['no kind of problem', ['--dataset', 'good.csv'], 'required option \'--problem-type <type>\' not specified'],
    ['captured requests alone', ['--capture', 'capture', '--problem-type', 'Regression'], 'captured requests hold no labels: give --ground-truth FOLDER'],
    ['labels of a dataset', ['--dataset', 'good.csv', '--ground-truth', 'labels', '--problem-type', 'Regression'],
      'option \'--ground-truth <folder>\' cannot be used with option \'--dataset <file>\''],
    ['labels that are not there', ['--capture', 'capture', '--ground-truth', 'none', '--problem-type', 'Regression'], 'the ground truth none does not exist'],
    ['a delay without a window', ['--capture', 'capture', '--ground-truth', 'labels', '--problem-type', 'Regression', '--label-delay', '1'],
      '--label-delay goes with --start and --end'],
  ])('refuses %s', (_, words, message) => {
    const { status, stdout, stderr } = run('analyze', 'model-quality', ...words, '--baseline', 'quality', '--output', 'x');

    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: `error: ${message}\n` });
  });
});

describe('model-monitor … model-bias', () => {
  const columns = ['--label', 'approved', '--positive-label', '1', '--facet', 'sex=f', '--prediction', 'predicted'];
  const config = { version: '1.0', label: 'approved', label_values_or_threshold: [1], facet: [{ name_or_index: 'sex', value_or_threshold: ['f'] }] };

  test('reads Clarify\'s configuration or options, which say the same', () => {
    line.write('analysis_config.json', JSON.stringify(config));
    expect(run('baseline', 'model-bias', '--dataset', 'good.csv', '--header', ...columns, '--output', 'bias')).toMatchObject({ status: 0, stderr: '' });
    const configured = run('baseline', 'model-bias', '--dataset', 'good.csv', '--header', '--config', 'analysis_config.json', '--prediction', 'predicted', '--output', 'bias-config');

    expect(configured.status).toBe(0);
    expect(line.json('bias-config/analysis.json')).toEqual(line.json('bias/analysis.json'));
    expect(run('analyze', 'model-bias', '--dataset', 'good.csv', '--header', ...columns, '--baseline', 'bias', '--output', 'fair')).toMatchObject({ status: 0 });
  });

  test('options go before the configuration: another facet', () => {
    run('baseline', 'model-bias', '--dataset', 'good.csv', '--header', '--config', 'analysis_config.json', '--facet', 'age=45', '--prediction', 'predicted', '--output', 'age');

    expect(Object.keys((line.json('age/analysis.json') as { pre_training_bias_metrics: { facets: object } }).pre_training_bias_metrics.facets)).toEqual(['age']);
  });

  test('a group lies above a threshold where that is said, whatever the column holds', () => {
    const groupOf = (facet: string): unknown => {
      expect(run('baseline', 'model-bias', '--dataset', 'good.csv', '--header', ...columns.slice(0, 4), '--facet', facet, '--output', 'old').status).toBe(0);
      const { facets } = (line.json('old/analysis.json') as { pre_training_bias_metrics: { facets: Record<string, { value_or_threshold: string }[]> } }).pre_training_bias_metrics;
      return Object.entries(facets).map(([name, groups]) => [name, groups.map(({ value_or_threshold: group }) => group)]);
    };

    expect(groupOf('age>45')).toEqual([['age', ['(45, 69]']]]);
    expect(groupOf('predicted>0')).toEqual([['predicted', ['(0, 1]']]]);
    expect(groupOf('predicted=0')).toEqual([['predicted', ['0']]]);
  });

  test('a folder may hold the baselines of two monitors, and both are shown', () => {
    const made = (...words: string[]): unknown => (JSON.parse(run('baseline', ...words, '--dataset', 'good.csv', '--header', '--output', 'both', '--json').stdout) as { files: unknown }).files;

    expect(made('data-quality')).toEqual(['statistics.json', 'constraints.json']);
    expect(made('model-bias', ...columns)).toEqual(['analysis.json']);
    expect(run('baseline', 'show', 'both').stdout).toMatch(/^baseline, 400 rows\n[\s\S]*\nbefore training, approved = 1\n/);
    for (const words of [['data-quality'], ['model-bias', ...columns]]) {
      expect(run('analyze', ...words, '--dataset', 'good.csv', '--header', '--baseline', 'both', '--output', 'calm')).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test('a model that refuses one group is found', () => {
    line.write('unfair.csv', csv(people(9).map(row => row.sex === 'f' ? { ...row, predicted: 0 } : row)));

    const { status, stdout } = run('analyze', 'model-bias', '--dataset', 'unfair.csv', '--header', ...columns, '--baseline', 'bias', '--output', 'unfair');

    expect(status).toBe(2);
    expect(stdout).toMatch(/│ sex=f DI +│ bias_(drift_)?check/);
    expect(run('baseline', 'show', 'bias').stdout).toMatch(/before training, approved = 1\n[\s\S]*│ sex +│ f +│ CI +│[\s\S]*after training[\s\S]*│ DI +│/);
  });

  test.each([
    ['that the model keeps', ['--bias-constraint', 'DI=0.8:4', '--bias-constraint', 'DPPL=:0.1'], []],
    ['that it does not keep', ['--bias-constraint', 'DI=0.8:1.25', '--bias-constraint', 'DPPL=-0.1:'], ['sex=f DI: maximum 1.25', 'sex=f DPPL: minimum -0.1']],
  ])('bounds of metrics %s are options', (_, bounds, found) => {
    const analysed = run('analyze', 'model-bias', '--dataset', 'good.csv', '--header', ...columns, '--baseline', 'bias', '--output', 'bound', '--json', ...bounds);

    expect(summary(analysed).violations.map(violation => `${violationSubject(violation)}: ${violation.description.split('meet the ')[1]!}`)).toEqual(found);
  });

  test.each([
    ['no bound', 'DI=:', 'give a metric, a smallest and a largest value, or one of them: DI=0.8:1.25, DI=0.8:, DPL=:0.1'],
    ['no number', 'DI=low:', 'give a metric, a smallest and a largest value, or one of them: DI=0.8:1.25, DI=0.8:, DPL=:0.1'],
    ['an unknown metric', 'DIE=1:', 'there is no metric DIE; there are CI, DPL, KL, JS, LP, TVD, KS, CDDL, DPPL, DI, DCA, DCR, RD, SD, DAR, DRR, AD, TE, CDDPL, FT, GE'],
    ['bounds the wrong way round', 'DI=2:1', 'the smallest value 2 is above the largest, 1'],
  ])('refuses %s', (_, bound, message) => {
    const { status, stderr } = run('analyze', 'model-bias', '--dataset', 'good.csv', ...columns, '--baseline', 'bias', '--output', 'x', '--bias-constraint', bound);

    expect({ status, stderr: stderr.trimEnd() })
      .toEqual({ status: 1, stderr: `error: option '--bias-constraint <metric=minimum:maximum>' argument '${bound}' is invalid. ${message}` });
  });

  test('what neither options nor a configuration say is named', () => {
    line.write('facetless.json', JSON.stringify({ ...config, facet: undefined }));
    const missing = (...words: string[]): unknown => {
      const { status, stderr } = run('baseline', 'model-bias', '--dataset', 'good.csv', '--header', ...words, '--output', 'x');
      return [status, stderr];
    };

    expect(missing('--label', 'approved')).toEqual([1, 'error: give --positive-label and --facet, or Clarify\'s analysis_config.json with --config\n']);
    expect(missing('--config', 'facetless.json')).toEqual([1, 'error: the analysis configuration is not as expected: facet: must be a list of { name_or_index, value_or_threshold }\n']);
  });
});

describe('model-monitor … model-explainability', () => {
  let model: Server;
  let weights: readonly [number, number] = [1, 0.1];
  /** When it was asked, in milliseconds. */
  let asked: number[] = [];
  /** The model answers from this process, so that the command may not block it. */
  const ask = async (...words: readonly string[]): Promise<Answer> => new Promise((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: line.folder, env: { PATH: process.env.PATH, NO_COLOR: '1' } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => { stdout += text.toString(); });
    child.stderr.on('data', (text: Buffer) => { stderr += text.toString(); });
    child.on('close', (status) => { resolve({ status, stdout, stderr }); });
  });
  const invocations = (): string => `http://127.0.0.1:${(model.address() as AddressInfo).port}/invocations`;

  beforeAll(async () => {
    model = createServer((request, response) => {
      asked.push(performance.now());
      let body = '';
      request.on('data', (text: Buffer) => { body += text.toString(); });
      request.on('end', () => {
        const scores = body.trim().split('\n').map(row => row.split(',').map(Number)).map(([x, y]) => weights[0] * x! + weights[1] * y!);
        response.end(scores.join('\n'));
      });
    });
    await new Promise<void>((resolve) => { model.listen(0, '127.0.0.1', resolve); });
    line.write('numbers.csv', csv(Array.from({ length: 60 }, (_, index) => ({ x: index % 7, y: (index * 5) % 11, z: index % 2 }))));
  });
  afterAll(() => {
    model.close();
  });

  test('explains a model that answers here; one that looks at other features has drifted', async () => {
    const made = await ask('baseline', 'model-explainability', '--dataset', 'numbers.csv', '--header', '--invocations', invocations(), '--output', 'shap');
    const calm = await ask('analyze', 'model-explainability', '--dataset', 'numbers.csv', '--header', '--invocations', invocations(), '--baseline', 'shap', '--output', 'same');
    weights = [0.01, 3];
    const drifted = await ask('analyze', 'model-explainability', '--dataset', 'numbers.csv', '--header', '--invocations', invocations(), '--baseline', 'shap', '--output', 'other');

    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(calm).toMatchObject({ status: 0, stderr: '' });
    expect(drifted.status).toBe(2);
    expect(drifted.stdout).toMatch(/│ label0 +│ feature_attribution_drift_check +│ Feature attribution drift 0\.\d+ exceeds threshold 0.9/);
    expect(run('baseline', 'show', 'shap').stdout).toMatch(/│ label0 │ x +│[^\n]*\n│ label0 │ y +│/);
  });

  test('is asked as fast and in requests as large as options say', async () => {
    asked = [];
    const made = await ask('baseline', 'model-explainability', '--dataset', 'numbers.csv', '--header', '--invocations', invocations(), '--output', 'paced',
      '--rows', '10', '--rows-per-request', '1', '--concurrency', '8', '--requests-per-second', '1000');

    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(asked.length).toBeGreaterThan(30);
    // Ten a second, unless told otherwise.
    expect(asked.at(-1)! - asked[0]!).toBeLessThan((asked.length - 1) * 100);
  });

  test.each([
    ['no model', [], 'required option \'--invocations <url>\' not specified'],
    ['an address that is none', ['--invocations', 'localhost'], 'the model\'s address is "localhost"; it must be a URL such as http://localhost:8080/invocations'],
    ['a configuration that is not there', ['--invocations', 'http://127.0.0.1:1', '--config', 'none.json'], 'the settings were not found at none.json'],
  ])('refuses %s', (_, words, message) => {
    const { status, stderr } = run('baseline', 'model-explainability', '--dataset', 'numbers.csv', '--header', ...words, '--output', 'x');

    expect({ status, stderr }).toEqual({ status: 1, stderr: `error: ${message}\n` });
  });
});
