import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SampleAssembly } from '../rehearsal/sample-assembly';

const COMMAND_LINE = path.resolve('assets/cli/model-monitor.js');

describe('model-monitor rehearse', () => {
  const sample = new SampleAssembly();
  const folder = mkdtempSync(path.join(tmpdir(), 'rehearse-'));
  const rehearse = (...options: string[]): { status: number | null; output: string[] } => {
    const env = { ...process.env, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND_LINE, 'rehearse', sample.folder, ...options], { cwd: folder, encoding: 'utf8', env });
    return { status, output: `${stdout}${stderr}`.trimEnd().split('\n') };
  };
  const file = (name: string, lines: readonly string[]): void => { writeFileSync(path.join(folder, name), lines.join('\n')); };
  const customer = (number: number): string => `${20 + (number % 50)},${30_000 + number * 97},${600 + (number % 200)},${number % 60},card,c${number}@example.com`;

  afterAll(() => {
    sample.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['an unknown option', ['--bogus'], 'unknown option \'--bogus\''],
    ['hours that are no number', ['--hours', 'few'], 'give a whole number from 1 to 720'],
    ['a shift without a value', ['--shift', 'income'], '--shift income: give a feature and a value, like income=+10%'],
    ['a share above everything', ['--null', 'email=150%'], '"150%" is not a percentage between 0% and 100%'],
    ['a category without its share', ['--category', 'payment_type=crypto'], 'give a value and its share, like payment_type=crypto:3%'],
    ['a quiet hour after the last', ['--quiet-hour', '9'], '--quiet-hour 9 comes after the last hour: give 5 or less, or more --hours'],
    ['drift that never sets in', ['--hours', '3', '--null', 'email=15%'],
      'the drift sets in after 3 calm hours and only 3 are played: give --hours 4 or more, or fewer --calm-hours'],
    ['a header without a file', ['--header'], '--header goes with --traffic and a CSV file'],
    ['a file that is not there', ['--traffic', 'none.csv'], 'none.csv does not exist'],
    ['a folder', ['--traffic', '.'], '. is no file'],
    ['a dataset that is not there', ['--dataset', 'none.csv@2'], 'none.csv does not exist'],
    ['a dataset before the first hour', ['--dataset', 'none.csv@0'], 'give a whole number, 1 or more'],
    ['a scenario that is not there', ['--scenario', 'none.json'], 'none.json does not exist'],
    ['a scenario beside drift', ['--scenario', 'none.json', '--null', 'email=15%'], '--scenario says itself what is asked when, and what is planted'],
    ['a model that is at no URL', ['--invocations', 'localhost:8080'], '--invocations localhost:8080 is no URL: give one such as http://127.0.0.1:8080/invocations'],
  ])('refuses %s before anything is played', (_, options, message) => {
    const { status, output } = rehearse(...options);

    expect(status).toBe(1);
    expect(output).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['a feature that the baseline does not know', ['--shift', 'incme=+10%'],
      'drift cannot be planted in "incme": the features are age, income, credit_score, total_purchases, payment_type, email'],
    ['to shift text', ['--shift', 'payment_type=+10%'], 'payment_type holds text, which cannot be shifted: plant a --category or a --null'],
    ['text among text', ['--text', 'payment_type=n/a:2%'], 'payment_type holds text already: plant a --category'],
    ['a category of numbers', ['--category', 'age=old:2%'], 'age holds numbers, not categories: plant a --shift or a --text'],
    ['an empty CSV', ['--traffic', 'empty.csv'], 'empty.csv holds no row'],
    ['a CSV that is only a header', ['--traffic', 'header.csv', '--header'], 'header.csv holds no row'],
    ['empty captures', ['--traffic', 'empty.jsonl'], 'empty.jsonl holds no record'],
    ['bytes that are no CSV', ['--traffic', 'bytes.csv'], 'bytes.csv cannot be read as CSV: '],
    ['drift of a scenario in a feature that the baseline does not know', ['--scenario', 'scenario.json'], 'drift cannot be planted in "incme"'],
    ['a condition that is none', ['--scenario', 'condition.json'], 'a day: '],
    ['a model that does not serve', ['--scenario', 'calm.json', '--invocations', 'http://127.0.0.1:9/invocations'], 'no model serves at http://127.0.0.1:9/invocations: '],
    ['drift in captures', ['--traffic', 'blank.jsonl', '--null', 'email=15%'], 'drift cannot be planted in captured records (blank.jsonl): give CSV with --header'],
  ])('refuses %s', (_, options, message) => {
    file('empty.csv', []);
    file('header.csv', ['age,income', '']);
    file('empty.jsonl', ['', ' ', '']);
    file('blank.jsonl', ['{}']);
    const day = (planted: object): string => JSON.stringify({ firstHour: 9, hours: 1, recordsPerHour: 10, days: [{ what: 'a day', ...planted }] });
    file('scenario.json', [day({ shift: ['incme=+10%'] })]);
    file('condition.json', [day({ only: 'height > 3' })]);
    file('calm.json', [day({})]);
    writeFileSync(path.join(folder, 'bytes.csv'), Buffer.from(Array.from({ length: 25_600 }, (_byte, index) => index % 256)));

    const { status, output } = rehearse(...options);

    expect(status).toBe(1);
    expect(output.at(-1)).toContain(`error: ${message}`);
    expect(output.join('\n')).not.toMatch(/\n {4}at /);
  });

  test.each([
    ['closed', [], 0, { closed: true, executions: [{ status: 'Completed', captured: 300, rejected: 0, violations: [] }], alarms: [], pipelineStarts: [] }],
    ['broken', ['--traffic', 'wide.csv'], 1, { closed: false, broken: { arrow: 'traffic → baseline' }, executions: [{ status: 'CompletedWithViolations' }] }],
  ])('a loop that is %s is told of as JSON and nothing else', (_, options, code, outcome) => {
    file('wide.csv', Array.from({ length: 400 }, (_row, number) => `${customer(number)},1`));

    const { status, output } = rehearse('--hours', '1', '--records', '300', '--json', ...options);

    expect(status).toBe(code);
    expect(output).toHaveLength(1);
    expect(JSON.parse(output[0]!)).toMatchObject(outcome);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('nothing stays behind when %s interrupts a job', async (signal) => {
    const temporary = path.join(folder, signal);
    mkdirSync(temporary);
    const child = spawn(process.execPath, [COMMAND_LINE, 'rehearse', sample.folder], { cwd: folder, stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } });
    const ended = once(child, 'exit');
    let seen: string[] = [];
    while (child.exitCode === null && seen.length === 0) {
      await setTimeout(20);
      seen = readdirSync(temporary);
    }
    expect(seen).toEqual([expect.stringMatching(/^processing-job-/)]);
    child.kill(signal);

    expect(await ended).toEqual([signal === 'SIGINT' ? 130 : 143, null]);
    await setTimeout(500);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('plays captured records and tells how many were rejected', () => {
    const record = (data: string, encoding = 'CSV'): string =>
      JSON.stringify({ captureData: { endpointInput: { data, encoding } }, eventMetadata: { eventId: 'e', inferenceTime: '2026-01-01T00:00:00Z' } });
    file('traffic.jsonl', [...Array.from({ length: 300 }, (_, number) => record(customer(number))), record('/9j/4AAQ', 'BASE64'), '{"captureData": ', 'null']);

    const { output } = rehearse('--traffic', 'traffic.jsonl', '--hours', '1');

    expect(output.find(line => line.includes('08:00–09:00'))).toMatch(/301 records, 3 rejected/);
  });

  test('traffic whose columns are not the baseline\'s breaks the loop at the traffic, not at an alarm', () => {
    file('wide.csv', Array.from({ length: 400 }, (_, number) => `${customer(number)},1`));

    const { status, output } = rehearse('--traffic', 'wide.csv', '--hours', '2');

    expect(status).toBe(1);
    expect(output.at(-1)).toContain('loop broken at traffic → baseline: extra column _c6, by position after email');
  });
});
