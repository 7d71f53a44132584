import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { csvParseRows } from 'd3-dsv';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CaptureLines } from '../../analyzer/input/capture-lines';
import { CapturedRequest } from '../../analyzer/input/captured-request';
import { readDataset } from '../../analyzer/input/dataset';
import { Line } from '../../analyzer/input/lines';
import { attempt, Cell, Rejection } from '../../analyzer/input/row';
import { theKernel } from '../../analyzer/kernel/kernel';
import { bell, record, Workspace } from './workspace';

const folder = mkdtempSync(path.join(os.tmpdir(), 'order-'));
const workspaces: Workspace[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const each of workspaces) each.remove();
});

/** Everything that a run of the bundle writes about the data. */
function outcome(files: Record<string, string | Buffer>, threads: number): unknown {
  const execution = new Workspace();
  workspaces.push(execution);
  execution.executionOf(trained.baseline, {});
  for (const [file, content] of Object.entries(files)) execution.write(`processing/input/dataset/${file}`, content);
  expect(execution.run({ ANALYZER_THREADS: String(threads) })).toMatchObject({ status: 0, stderr: '' });
  const { statistics, violations, summary, metrics, rejected } = execution.report;
  return { statistics, violations, summary, metrics, rejected: rejected.map(({ reason, record: line }) => [reason, line]) };
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

test('a line of a known shape is read as JSON.parse reads it, and any other is left to it', () => {
  const text = fc.oneof(fc.constantFrom('1,2\n', '1,2\r\n3,4', 'a"b,c', 'ü,1', '', ' ', '\\n', 'a\tb', '\u0001eventId\u0001'), fc.string({ maxLength: 12 }));
  const line = fc.tuple(text, text, fc.option(text, { nil: undefined }), fc.constantFrom('CSV', 'JSON'), fc.constantFrom('', ' ', 'x', '{}')).map(
    ([data, output, inferenceId, encoding, garbage]) => JSON.stringify({
      captureData: { endpointInput: { mode: 'INPUT', data, encoding }, endpointOutput: { data: output, encoding: 'CSV' } },
      eventMetadata: { eventId: 'e', ...(inferenceId !== undefined && { inferenceId }), inferenceTime: '2026-01-31T09:30:00Z' },
    }) + garbage);
  const kernel = theKernel();
  const place = kernel.allocate(10_000);
  const meaning = (request: CapturedRequest): unknown => [request.id, request.time, ...(['endpointInput', 'endpointOutput'] as const).map((side) => {
    const rows = attempt(() => request.rows(side));
    return rows instanceof Rejection ? rows.message : rows.map(({ names, cells }) => [names, cells]);
  })];
  fc.assert(fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), (lines) => {
    const requests = new CaptureLines();
    for (const each of lines) {
      kernel.bytes.write(`before\n${each}\nafter`, place);
      const [fast, slow] = [
        attempt(() => requests.request(new Line('a.jsonl', 1, place + 7, place + 7 + Buffer.byteLength(each)))),
        attempt(() => CapturedRequest.parse(each)),
      ].map(request => request instanceof Rejection ? request.message : meaning(request));
      expect(fast).toEqual(slow);
    }
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
    await readDataset(folder, { csv: { header: true } }, {
      row: ({ cells }) => read.push(cells),
      reject: (_, reason) => {
        throw new Error(reason);
      },
    });
    expect(read).toEqual(csvParseRows(text).slice(1).map(fields => fields.map(value => value === '' ? null : value)));
  }), { numRuns: 200, seed: 1 });
});
