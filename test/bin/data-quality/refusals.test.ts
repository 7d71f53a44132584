import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { record } from '../../analyzer/workspace';
import { CommandLine, PROGRAM } from '../command-line';
import { header, rows, shopFiles } from './shop-files';

const line = shopFiles();
const run = line.run.bind(line);

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
