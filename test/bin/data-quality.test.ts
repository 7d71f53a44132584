import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { Constraints, ExecutionSummary, Statistics, violationSubject } from '../../lib/contract';
import { bell, record } from '../analyzer/workspace';
import { CommandLine, PROGRAM } from './command-line';

const ROWS = 400;
const prices = bell(ROWS, 20, 3);
const rows = (shift = 0): string[] => prices.map((price, index) => `${(price + shift).toFixed(2)},${['Paris', 'Wien'][index % 2]!}`);
const objects = rows().map(row => JSON.stringify({ price: Number(row.split(',')[0]), shop: row.split(',')[1] }));
const header = 'price,shop';

const line = new CommandLine();
const run = line.run.bind(line);

beforeAll(async () => {
  line
    .write('train.csv', [header, ...rows()])
    .write('train.csv.gz', gzipSync([header, ...rows()].join('\n')))
    .write('bare.csv', rows())
    .write('train.jsonl', objects)
    .write('train.jsonl.gz', gzipSync(objects.join('\n')))
    .write('shifted.csv', [header, ...rows(6)])
    .write('capture/2026/01/31/09/00-00-000-a.jsonl', rows().map(row => record(row)))
    .write('capture/2026/01/31/10/00-00-000-b.jsonl', rows(6).map(row => record(row, { time: '2026-01-31T10:30:00Z' })));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const at = (file: string): string => path.join(line.folder, file);
  await connection.run(`COPY (SELECT * FROM read_csv('${at('train.csv')}')) TO '${at('train.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
  expect(run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'base')).toMatchObject({ status: 0, stderr: '' });
});
afterAll(() => {
  line.remove();
});

describe('model-monitor baseline data-quality', () => {
  test.each([
    ['packed CSV', 'train.csv.gz', ['--header']],
    ['JSON lines', 'train.jsonl', []],
    ['packed JSON lines', 'train.jsonl.gz', []],
    ['Parquet', 'train.parquet', []],
  ])('reads %s as it reads CSV', (_, file, options) => {
    expect(run('baseline', 'data-quality', '--dataset', file, ...options, '--output', `base-of-${file}`)).toMatchObject({ status: 0, stderr: '' });

    expect(line.json(`base-of-${file}/constraints.json`)).toEqual(line.json('base/constraints.json'));
  });

  test('reads captured requests, and says how CSV without header is named', () => {
    expect(run('baseline', 'data-quality', '--capture', 'capture', '--output', 'base-of-capture').status).toBe(0);
    const bare = run('baseline', 'data-quality', '--dataset', 'bare.csv', '--output', 'base-of-bare');

    expect(bare).toMatchObject({ status: 0, stderr: 'note: without --header the columns are named _c0, _c1 … by their position\n' });
    expect((line.json('base-of-capture/statistics.json') as Statistics).dataset.item_count).toBe(2 * ROWS);
    expect((line.json('base-of-bare/constraints.json') as Constraints).features.map(({ name }) => name)).toEqual(['_c0', '_c1']);
  });

  test('with --json says what it wrote, and nothing else', () => {
    line.write('one-bad.jsonl', [...objects, '{"price":']);

    const { status, stdout, stderr } = run('baseline', 'data-quality', '--dataset', 'one-bad.jsonl', '--output', 'base-of-bad', '--json');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ output: 'base-of-bad', files: ['statistics.json', 'constraints.json'], rejected: 1 });
  });

  test('tells what was rejected, and where it is', () => {
    const { status, stderr } = run('baseline', 'data-quality', '--dataset', 'one-bad.jsonl', '--output', 'base-of-bad');

    expect(status).toBe(0);
    expect(stderr).toBe(`note: 1 rejected, the first in one-bad.jsonl, line ${ROWS + 1}: line is not valid JSON; all are in base-of-bad/rejected.jsonl\n`);
  });

  test('leaves columns out, hashes values, and compares as it is told', () => {
    const options = ['--exclude', 'price', '--sensitive', 'shop', '--compatible', '--threshold', '0.3'];
    expect(run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', ...options, '--output', 'base-strict').status).toBe(0);

    const { features, monitoring_config: rules } = line.json('base-strict/constraints.json') as Constraints;
    expect(features.map(({ name }) => name)).toEqual(['shop']);
    expect(line.read('base-strict/statistics.json')).not.toContain('Paris');
    expect(rules.distribution_constraints).toMatchObject({ comparison_method: 'Compatible', comparison_threshold: 0.3 });
  });
});

describe('model-monitor baseline show', () => {
  test('prints the numbers, then the types', () => {
    const { status, stdout } = run('baseline', 'show', 'base');

    expect(status).toBe(0);
    expect(stdout).toMatch(/baseline, 400 rows\n[\s\S]*│ name +│ mean +│ sd +│ min +│ max +│\n│ price /);
    expect(stdout).toMatch(/│ name +│ type +│ completeness │\n│ price +│ Fractional │ 1 [\s\S]*│ shop +│ String/);
  });

  test('with --json gives both files', () => {
    const [statistics, constraints] = [line.json('base/statistics.json'), line.json('base/constraints.json')];

    expect(JSON.parse(run('baseline', 'show', 'base', '--json').stdout)).toEqual({ statistics, constraints });
  });
});

describe('model-monitor analyze data-quality', () => {
  test('ends with 0 where nothing is violated', () => {
    const { status, stdout, stderr } = run('analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', 'calm');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('rows        400 analysed\nviolations  0\nreport      calm/report.html\n');
    expect(run('violations', 'calm')).toEqual({ status: 0, stdout: 'no violation\n', stderr: '' });
  });

  test('ends with 2 and the violations where there are any; violations shows them again', () => {
    const { status, stdout } = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'drifted');

    expect(status).toBe(2);
    expect(stdout).toMatch(/feature_name │ constraint_check_type │ description .* │ explanation .*\n/);
    expect(stdout).toMatch(/│ price +│ baseline_drift_check +│ Baseline drift distance: .* exceeds threshold: 0.1 │ price: mean 20 → 26/);
    const again = run('violations', 'drifted');
    expect(again.status).toBe(2);
    expect(stdout.startsWith(again.stdout)).toBe(true);
  });

  test('with --json gives the summary, and violations the file', () => {
    const analysed = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'drifted', '--json');

    expect(analysed).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(analysed.stdout)).toEqual({ ...line.json('drifted/summary.json') as ExecutionSummary, output: 'drifted' });
    const { status, stdout } = run('violations', 'drifted', '--json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual(line.json('drifted/constraint_violations.json'));
  });

  test('analyses captured requests of a window, or all there are', () => {
    const analyse = (...window: string[]): { status: number | null; records: object } => {
      const { status, stdout } = run('analyze', 'data-quality', '--capture', 'capture', ...window, '--baseline', 'base', '--output', 'window', '--json');
      return { status, records: (JSON.parse(stdout) as { records: object }).records };
    };

    expect(analyse('--start', '2026-01-31T09:00:00Z', '--end', '2026-01-31T11:00:00+01:00')).toEqual({ status: 0, records: { captured: 400, analysed: 400, rejected: 0, outsideWindow: 400 } });
    expect(analyse('--start', '2026-01-31T10:00:00Z', '--end', '2026-01-31T11:00:00Z')).toMatchObject({ status: 2 });
    expect(analyse()).toMatchObject({ status: 2, records: { captured: 800, outsideWindow: 0 } });
  });

  test('threads share the columns of what is large, and change nothing', () => {
    const threaded = line.with({ ANALYZER_THREADS: '2' });

    expect(threaded.run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'base-of-threads')).toMatchObject({ status: 0, stderr: '' });
    expect(line.read('base-of-threads/statistics.json')).toBe(line.read('base/statistics.json'));
  });

  test('of a column that has not drifted nothing is made up', () => {
    expect(run('analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', 'calm').status).toBe(0);

    expect((line.json('calm/summary.json') as ExecutionSummary).drift).toEqual(['price', 'shop'].map(feature => ({ feature, distance: 0, explanation: `${feature}: as before` })));
  });

  test('--compatible and --threshold go before what the baseline says', () => {
    const drifted = (...options: string[]): ExecutionSummary['violations'] => {
      const { stdout } = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'other', '--json', ...options);
      return (JSON.parse(stdout) as ExecutionSummary).violations;
    };

    expect(drifted()).not.toEqual([]);
    expect(drifted('--threshold', '0.99')).toEqual([]);
  });

  test('--config says what differs for single columns; the other options go before it', () => {
    const judged = (...options: string[]): [string, string][] => {
      const { stdout } = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'other', '--json', ...options);
      return (JSON.parse(stdout) as ExecutionSummary).violations.map(violation => [violationSubject(violation), violation.constraint_check_type]);
    };
    const config = { comparisonThreshold: 0.99, featureOverrides: { price: { comparisonThreshold: 0.05 } } };
    line.write('config.json', JSON.stringify(config)).write('excluding.json', JSON.stringify({ ...config, excludedColumns: ['price'], featureOverrides: {} }));

    expect(judged('--config', 'config.json')).toEqual([['price', 'baseline_drift_check']]);
    expect(judged('--config', 'excluding.json')).toEqual([]);
    expect(judged('--config', 'excluding.json', '--exclude', 'shop', '--threshold', '0.05')).toEqual([['price', 'baseline_drift_check']]);
  });

  test('a population stability index may exceed 1, and so may its threshold', () => {
    const { status, stderr } = run('analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', 'other',
      '--comparison', 'PopulationStabilityIndex', '--threshold', '1.5');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('an excluded column that is nowhere', () => {
  const excluding = (...words: string[]): unknown => {
    const { status, stderr } = run(...words, '--exclude', 'pric', 'shop', '--output', 'excluding');
    return { status, stderr };
  };
  const note = 'note: "pric" shall be left out, but there is no such column; there are price, shop\n';

  test.each([
    ['a baseline of CSV', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header']],
    ['a baseline of Parquet', ['baseline', 'data-quality', '--dataset', 'train.parquet']],
    ['an analysis', ['analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base']],
  ])('is noted, and hinders nothing: %s', (_, words) => {
    expect(excluding(...words)).toEqual({ status: 0, stderr: note });
    expect(excluding(...words, '--json')).toEqual({ status: 0, stderr: note });
  });

  test('is no oversight in captured requests, which lack the label', () => {
    expect(excluding('analyze', 'data-quality', '--capture', 'capture/2026/01/31/09', '--baseline', 'base')).toEqual({ status: 0, stderr: '' });
  });
});

describe('what cannot be done is told in one line, with exit code 1', () => {
  test.each([
    ['no data', ['baseline', 'data-quality', '--output', 'x'], 'give the data: --dataset FILE, --capture FOLDER, or --transform-input and --transform-output FOLDER'],
    ['two kinds of data', ['baseline', 'data-quality', '--dataset', 'train.csv', '--capture', 'capture', '--output', 'x'],
      'option \'--dataset <file>\' cannot be used with option \'--capture <folder>\''],
    ['no output', ['baseline', 'data-quality', '--dataset', 'train.csv'], 'required option \'--output <folder>\' not specified'],
    ['a dataset that is not there', ['baseline', 'data-quality', '--dataset', 'none.csv', '--output', 'x'], 'none.csv does not exist'],
    ['a dataset that is a folder', ['baseline', 'data-quality', '--dataset', 'capture', '--output', 'x'],
      'capture is no file: give one file with --dataset, or a folder of captured requests with --capture'],
    ['an unknown extension', ['baseline', 'data-quality', '--dataset', 'table.xlsx', '--output', 'x'],
      'what table.xlsx holds cannot be told from its name: it must end in .csv, .jsonl or .parquet, the first two also with .gz'],
    ['a header of JSON lines', ['baseline', 'data-quality', '--dataset', 'train.jsonl', '--header', '--output', 'x'], '--header goes with --dataset and a CSV file'],
    ['an empty file', ['baseline', 'data-quality', '--dataset', 'empty.csv', '--header', '--output', 'x'],
      'empty.csv is empty: give a file of rows'],
    ['a file that is a header alone', ['baseline', 'data-quality', '--dataset', 'header.csv', '--header', '--output', 'x'],
      'the baseline dataset has no row to analyse (0 rejected); check its files and the dataset format'],
    ['fields between semicolons', ['baseline', 'data-quality', '--dataset', 'semicolons.csv', '--header', '--output', 'x'],
      'semicolons.csv: the header is one column, "price;shop"; fields must be separated by commas'],
    ['a JSON array', ['baseline', 'data-quality', '--dataset', 'list.json', '--output', 'x'],
      'the baseline dataset has no row to analyse (1 rejected, the first in list.json, line 1: line is a JSON array, where JSON lines have an object a line)'],
    ['to write over the baseline', ['analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', './base/'],
      '--output ./base/ is the folder of the baseline, whose files would be written over: give another folder'],
    ['to write among the captures', ['analyze', 'data-quality', '--capture', 'capture', '--baseline', 'base', '--output', 'capture/report'],
      '--output capture/report lies in capture, which is read as a whole, reports too: give another folder'],
    ['a window of a dataset', ['analyze', 'data-quality', '--dataset', 'train.csv', '--start', '2026-01-31T09:00:00Z', '--baseline', 'base', '--output', 'x'],
      '--start and --end go with --capture: the rows of a dataset have no time'],
    ['half a window', ['analyze', 'data-quality', '--capture', 'capture', '--end', '2026-01-31T09:00:00Z', '--baseline', 'base', '--output', 'x'],
      'give --start and --end together, got only --end'],
    ['a window that is none', ['analyze', 'data-quality', '--capture', 'capture', '--start', '2026-01-31T09:00:00Z', '--end', '2026-01-31T09:00:00Z', '--baseline', 'base', '--output', 'x'],
      '--end 2026-01-31T09:00:00.000Z is not after --start 2026-01-31T09:00:00.000Z'],
    ['a time in no form', ['analyze', 'data-quality', '--capture', 'capture', '--start', 'nine', '--baseline', 'base', '--output', 'x'],
      'give an ISO 8601 time such as 2026-01-31T09:00:00Z'],
    ['a window without requests', ['analyze', 'data-quality', '--capture', 'capture', '--start', '2026-02-01T09:00:00Z', '--end', '2026-02-01T10:00:00Z', '--baseline', 'base', '--output', 'x'],
      'capture holds nothing to analyse: 800 requests lie outside of --start and --end'],
    ['a baseline that is none', ['analyze', 'data-quality', '--dataset', 'train.csv', '--baseline', 'capture', '--output', 'x'],
      'capture holds no baseline (constraints.json or analysis.json): make one with model-monitor baseline'],
    ['another monitor\'s baseline', ['analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'biased', '--output', 'x'],
      'biased holds another monitor\'s baseline (analysis.json); data-quality needs constraints.json: make one with model-monitor baseline data-quality'],
    ['a baseline of another monitor whose file has the same name', ['analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'quality', '--output', 'x'],
      'quality/constraints.json is the baseline of model-quality: make one with model-monitor baseline data-quality'],
    ['a header that is not said to be one', ['analyze', 'data-quality', '--dataset', 'train.csv', '--baseline', 'base', '--output', 'x'],
      'train.csv: the first row names the baseline\'s columns; say that it is a header (--header)'],
    ['a sensitive column that is misspelt', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--sensitive', 'shopp', '--output', 'x'],
      '"shopp" shall be sensitive, but the baseline dataset has no such column; it has price, shop'],
    ['an output below a file', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'train.csv/x'], 'train.csv/x cannot be a folder: a file is in its place, or further up in its path'],
    ['an output that is a file', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'train.csv'], 'train.csv cannot be a folder: a file is in its place'],
    ['an output where no folder can be made', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', '/proc/none/x'],
      '/proc/none is not there, and cannot be made there: name another'],
    ['an output of an empty variable', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', ''], '--output is empty: give it a value'],
    ['a broken baseline', ['analyze', 'data-quality', '--dataset', 'train.csv', '--baseline', 'broken', '--output', 'x'],
      'the baseline constraints in broken/constraints.json are not valid JSON'],
    ['a threshold above everything', ['baseline', 'data-quality', '--dataset', 'train.csv', '--threshold', '2', '--output', 'x'],
      'the threshold is 2, but a distance by Robust lies between 0 and 1; only one by PopulationStabilityIndex exceeds 1'],
    ['a threshold that is no number', ['baseline', 'data-quality', '--dataset', 'train.csv', '--threshold', 'low', '--output', 'x'], 'give a number, 0 or more'],
    ['a configuration that says what nobody knows', ['baseline', 'data-quality', '--dataset', 'train.csv', '--config', 'misspelt.json', '--output', 'x'],
      'the settings in misspelt.json are not as expected at "featureOverrides.price": there is no comparisonTreshold; '
      + 'there are comparisonMethod, categoricalMethod, comparisonThreshold, typeThreshold, domainThreshold'],
    ['a configuration that is none', ['baseline', 'data-quality', '--dataset', 'train.csv', '--config', 'list.json', '--output', 'x'],
      'the settings in list.json are not as expected: Invalid input: expected object, received array'],
    ['an unknown method', ['baseline', 'data-quality', '--dataset', 'train.csv', '--comparison', 'Best', '--output', 'x'],
      'Allowed choices are Robust, Simple, Compatible, PopulationStabilityIndex'],
    ['violations of nothing', ['violations', 'base'], 'the violations were not found at base/constraint_violations.json'],
    ['a baseline to show that is none', ['baseline', 'show', 'capture'], 'capture holds no baseline'],
    ['requests that are all bad', ['analyze', 'data-quality', '--capture', 'bad-capture', '--baseline', 'base', '--output', 'x'],
      'nothing of bad-capture could be analysed, 1 rejected, the first in a.jsonl, line 1: endpointInput: payload is not valid JSON; all are in x/rejected.jsonl'],
  ])('%s', (_, words, message) => {
    line.write('biased/analysis.json', '{}').write('quality/constraints.json', '{"regression_constraints":{}}').write('table.xlsx', 'PK').write('header.csv', header).write('semicolons.csv', ['price;shop', '1;Wien']).write('empty.csv', '').write('broken/constraints.json', '{').write('bad-capture/a.jsonl', record('{', { encoding: 'JSON' }))
      .write('list.json', '[]').write('misspelt.json', JSON.stringify({ featureOverrides: { price: { comparisonTreshold: 0.3 } } }));

    const { status, stdout, stderr } = run(...words);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(stderr).toContain(message);
  });

  test('what is told itself, where there is no space for it; a reader that goes is no error', () => {
    expect(run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'full').status).toBe(2);
    const shell = (command: string): unknown =>
      spawnSync('bash', ['-o', 'pipefail', '-c', command, process.execPath, PROGRAM], { cwd: line.folder, encoding: 'utf8' });

    expect(shell('"$0" "$1" violations full > /dev/full')).toMatchObject({ status: 1, stderr: 'error: there is no space left to write to: make room, or write to another disk\n' });
    expect(shell('"$0" "$1" violations full | true')).toMatchObject({ status: 2, stderr: '' });
  });

  test('Parquet that is damaged further on, though other threads still read it', async () => {
    const file = path.join(line.folder, 'damaged.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT i, hash(i)::VARCHAR AS t, i / 3 AS x, hash(i + 1)::VARCHAR AS u FROM range(400000) r(i)) TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.9)));

    const told = /^error: damaged\.parquet is damaged: after \d+ of its 400000 rows nothing more can be read; bring it once more\n$/;
    for (let time = 0; time < 3; time++) {
      expect(line.with({ ANALYZER_THREADS: '4' }).run('baseline', 'data-quality', '--dataset', 'damaged.parquet', '--output', 'x')).toEqual({
        status: 1, stdout: '',
        stderr: expect.stringMatching(told) as string,
      });
    }
  });

  test('Parquet, where its engine is not installed; all else needs none', () => {
    const alone = new CommandLine(path.join(line.folder, 'alone/model-monitor.js'));
    cpSync(path.dirname(PROGRAM), path.join(line.folder, 'alone'), { recursive: true });
    cpSync(path.join(line.folder, 'train.parquet'), path.join(alone.folder, 'train.parquet'));
    alone.write('train.csv', [header, ...rows()]);

    expect(alone.run('baseline', 'data-quality', '--dataset', 'train.parquet', '--output', 'base')).toEqual({
      status: 1, stdout: '',
      stderr: 'error: Parquet is read by the optional package @duckdb/node-bindings, which is not installed: run npm install @duckdb/node-bindings, or bring CSV or JSON lines\n',
    });
    expect(alone.run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'base').status).toBe(0);
    alone.remove();
  });
});
