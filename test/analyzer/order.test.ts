import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { csvParseRows } from 'd3-dsv';
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCapture } from '../../analyzer/input/capture';
import { CapturedRequest } from '../../analyzer/input/captured-request';
import { readDataset } from '../../analyzer/input/dataset';
import { attempt, Cell, Rejection } from '../../analyzer/input/row';
import { timeSpan } from '../../analyzer/input/time-span';
import { CaptureRecord, DataQualityAnalysis, EXPLANATION_INFERENCE_ID_PREFIX } from '../../lib/contract';
import { bell, ExecutionReport, record, Workspace } from './workspace';

const folder = mkdtempSync(path.join(os.tmpdir(), 'order-'));
const workspaces: Workspace[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const each of workspaces) each.remove();
});

type Outcome = Pick<ExecutionReport, 'statistics' | 'violations' | 'summary' | 'metrics'> & { readonly rejected: readonly (readonly string[])[] };

/** Everything that a run of the bundle writes about the data. */
function outcome(files: Record<string, string | Buffer>, threads: number, analysis: Partial<DataQualityAnalysis> = {}): Outcome {
  const execution = new Workspace();
  workspaces.push(execution);
  execution.executionOf(trained.baseline, {}, analysis);
  for (const [file, content] of Object.entries(files)) execution.write(`processing/input/dataset/${file}`, content);
  expect(execution.run({ ANALYZER_THREADS: String(threads) })).toMatchObject({ status: 0, stderr: '' });
  const { statistics, violations, summary, metrics, rejected } = execution.report;
  return { statistics, violations, summary, metrics, rejected: rejected.map(({ reason, record: line }) => [reason, line.trimEnd()]) };
}

const ROWS = 3000;
const LINES = bell(ROWS, 20, 3).map((price, index) => `${price},${index % 7},shop ${index % 130},${index / 3}`);
const trained = new Workspace();
workspaces.push(trained);

beforeAll(() => {
  expect(trained.baselineOf(['price,size,shop,long', ...LINES].join('\n')).run()).toMatchObject({ status: 0 });
});

describe('a window comes out the same', () => {
  const records = [...LINES.map(line => record(line)), '{"broken', record('1,2'), record('1,2,"a, b",4'), record('1,2,ü,4'), record('5,6,x,7\n8,9,y,1\n')];
  const whole = (): Record<string, string> => ({ 'a.jsonl': records.join('\n') });

  test('whatever the number of threads', () => {
    const alone = outcome(whole(), 1);
    for (const threads of [2, 3, 7]) expect(outcome(whole(), threads)).toEqual(alone);
  });

  test('of Parquet, too, where a column is missing and another one is new', async () => {
    const window = new Workspace();
    workspaces.push(window);
    for (const [name, content] of Object.entries(trained.baseline)) window.writeJson(`${name}.json`, content);
    window.write('data/a/.keep', '');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT i % 41 / 2 AS price, i / 3 AS long, -i AS other, 'the very long name of shop ' || i % 150 AS shop FROM range(5000) r(i))
      TO '${window.root}/data/a.parquet' (FORMAT parquet)`);
    connection.closeSync();

    const outcomes = [1, 2, 3].map((threads) => {
      expect(window.run({
        ANALYZER_THREADS: String(threads), dataset_format: '{"parquet":{}}', dataset_source: '/opt/ml/data', output_path: `/opt/ml/by-${threads}`,
        baseline_constraints: '/opt/ml/constraints.json', baseline_statistics: '/opt/ml/statistics.json',
      })).toMatchObject({ status: 0, stderr: '' });
      return ['statistics.json', 'constraint_violations.json'].map(file => window.json(`by-${threads}/${file}`));
    });

    expect(outcomes[0]).toMatchObject([
      { features: [{ name: 'price' }, { name: 'size', inferred_type: 'Unknown' }, { name: 'shop', string_statistics: { distinct_count: 150 } }, { name: 'long' }] },
      { violations: expect.arrayContaining([expect.objectContaining({ constraint_check_type: 'extra_column_check' })]) },
    ]);
    for (const other of outcomes.slice(1)) expect(other).toEqual(outcomes[0]);
  });

  test('however its lines are split into files, packed or not, in whatever order the files were written', () => {
    const alone = outcome(whole(), 1);
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: records.length }), { maxLength: 4 }), fc.boolean(), (cuts, packed) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), records.length];
      const files = edges.slice(1).map((end, index): [string, string | Buffer] => {
        const text = records.slice(edges[index], end).join('\n');
        return packed ? [`0${index}.jsonl.gz`, gzipSync(text)] : [`0${index}.jsonl`, text];
      });
      expect(outcome(Object.fromEntries(files.reverse()), 2)).toEqual(alone);
    }), { numRuns: 3, seed: 1 });
  });
});

test.each([
  ['of requests', 'endpointInput', undefined],
  ['of requests and answers', undefined, '1'],
])('a window %s comes out the same, be its lines of known shapes, read in runs, or each of another shape', (_, side, output) => {
  const times = ['2026-01-31T09:59:59Z', '2026-01-31T09:30:00Z', '2026-01-31T10:00:00Z', 'noon'];
  const inputs = output === undefined ? LINES : LINES.map(line => line.split(',').slice(1).join(','));
  const others = ['1,2', '5,6,x,7\n8,9,y,1\n', '', ' ', 'a,"b, c",3,4', '1,,,'];
  const records = inputs.map((input, index) => {
    const parsed = JSON.parse(record(index % 50 === 7 ? others[index % others.length] ?? '' : input, { output, time: times[Math.floor(index / 97) % times.length] })) as CaptureRecord;
    const inferenceId = index % 71 === 3 ? `${EXPLANATION_INFERENCE_ID_PREFIX}${index}` : index % 83 === 5 ? `"${index}"` : undefined;
    return JSON.stringify({ ...parsed, eventMetadata: { ...parsed.eventMetadata, ...(index % 2 === 0 && { inferenceId }) } });
  });
  const analysis = { captureIndexNames: side === undefined ? ['endpointInput', 'endpointOutput'] as const : ['endpointInput'] as const };
  const inRuns = outcome({ 'a.jsonl': records.join('\n') }, 2, analysis);
  expect(inRuns.summary.records.analysed).toBeGreaterThan(1000);
  expect(inRuns.rejected.length).toBeGreaterThan(10);
  expect(outcome({ 'a.jsonl': records.map(line => `${line} `).join('\n') }, 1, analysis)).toEqual(inRuns);
});

test('the number of threads must be one', () => {
  const { status, message } = trained.run({ ANALYZER_THREADS: 'many' });
  expect([status, message]).toEqual([1, 'Failed: ANALYZER_THREADS is many; it must be a whole number from 1 to 64']);
});

test('the same rows as CSV make the same baseline with one thread and with three', () => {
  const baselines = ['1', '3'].map((threads) => {
    expect(trained.run({ ANALYZER_THREADS: threads }).status).toBe(0);
    return trained.baseline;
  });
  expect(baselines[1]).toEqual(baselines[0]);
});

test('a line of a known shape is read as JSON.parse reads it, and any other is left to it', async () => {
  const text = fc.oneof(fc.constantFrom('1,2\n', '1,2\r\n3,4', 'a"b,c', 'ü,1', '', ' ', '\\n', 'a\tb', '\u0001eventId\u0001'), fc.string({ maxLength: 12 }));
  const time = fc.constantFrom('2026-01-31T09:30:00Z', '2026-01-31T09:30:00Z', '2026-01-31T09:30:01.5Z', '2026-01-31T9', 'now', '');
  const line = fc.tuple(text, text, fc.option(text, { nil: undefined }), fc.constantFrom('CSV', 'JSON'), time, fc.constantFrom('', ' ', 'x', '{}')).map(
    ([data, output, inferenceId, encoding, inferenceTime, garbage]) => JSON.stringify({
      captureData: { endpointInput: { mode: 'INPUT', data, encoding }, endpointOutput: { data: output, encoding: 'CSV' } },
      eventMetadata: { eventId: 'e', ...(inferenceId !== undefined && { inferenceId }), inferenceTime },
    }) + garbage);
  const file = path.join(folder, 'captures.jsonl');
  const meaning = (request: CapturedRequest): unknown => [request.id, request.time, ...(['endpointInput', 'endpointOutput'] as const).map((side) => {
    const rows = attempt(() => request.rows(side));
    return rows instanceof Rejection ? rows.message : rows.map(({ names, cells }) => [names, cells]);
  })];
  await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 2, maxLength: 9 }), async (lines) => {
    writeFileSync(file, lines.join('\n'));
    const read: unknown[] = [];
    await readCapture(file, [{
      span: timeSpan(undefined),
      request: (request, origin) => read.push([origin.line, origin.record, meaning(request)]),
      reject: (origin, reason) => read.push([origin.line, origin.record, reason]),
      outside: () => {
        throw new Error('outside');
      },
    }]);
    expect(read).toEqual(lines.map((each, index) => {
      const request = attempt(() => CapturedRequest.parse(each));
      return [index + 1, each, request instanceof Rejection ? request.message : meaning(request)];
    }));
  }), { numRuns: 500, seed: 1 });
});

test('CSV files are read as the library for CSV reads them', async () => {
  const field = fc.oneof(fc.constantFrom('', '1.5', 'a b', 'say "hi"', 'one, two', 'line\nbreak', 'ü', '  '), fc.string({ maxLength: 6 }))
    .filter(text => !text.includes('\r'));
  const quoted = (text: string): string => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 20 }), fc.constantFrom('\n', '\r\n'), async (rows, newline) => {
    const text = ['a,b,c', ...rows.map(row => row.map(quoted).join(','))].join(newline);
    writeFileSync(path.join(folder, 'rows.csv'), text);
    const read: (readonly Cell[])[] = [];
    await readDataset(path.join(folder, 'rows.csv'), { csv: { header: true } }, {
      row: ({ cells }) => read.push(cells),
      reject: (_, reason) => {
        throw new Error(reason);
      },
    });
    expect(read).toEqual(csvParseRows(text).slice(1).map(fields => fields.map(value => value === '' ? null : value)));
  }), { numRuns: 200, seed: 1 });
});
