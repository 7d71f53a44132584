import { DuckDBInstance } from '@duckdb/node-api';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readInput } from '../../analyzer/input/read';
import { timeSpan } from '../../analyzer/input/time-span';
import { explainRows, ScoreRows } from '../../analyzer/model-explainability/explanation';
import { listenToProgress, Phase } from '../../analyzer/progress';
import { InputFormat } from '../../analyzer/task';
import { record } from './workspace';

interface Told {
  readonly phase: Phase;
  readonly steps: number[];
}

async function progressOf(work: () => Promise<unknown>): Promise<Told[]> {
  const told: Told[] = [];
  const stop = listenToProgress({ begin: phase => told.push({ phase, steps: [] }), advance: count => told.at(-1)?.steps.push(count) });
  try {
    await work();
  } finally {
    stop();
  }
  return told;
}

const NOBODY = { span: timeSpan(undefined), request: () => undefined, row: () => undefined, reject: () => undefined, outside: () => undefined };
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('how far the analyzer is', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'progress-'));
  const lines = Array.from({ length: 60_000 }, (_, index) => `${index},${Math.sin(index)}`).join('\n');
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    writeFileSync(file('rows.csv'), lines);
    writeFileSync(file('packed.csv.gz'), gzipSync(lines));
    mkdirSync(file('captures'));
    for (const name of ['a.jsonl', 'b.jsonl']) writeFileSync(file(`captures/${name}`), `${record('1,2')}\n`.repeat(3000));
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (SELECT range AS a, sin(range) AS b FROM range(60000)) TO '${file('rows.parquet')}' (FORMAT parquet)`);
    connection.closeSync();
  });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  test.each<[string, string, InputFormat]>([
    ['a CSV file', 'rows.csv', { csv: { header: false } }],
    ['a packed file, by what is packed', 'packed.csv.gz', { csv: { header: false } }],
    ['a folder of captures', 'captures', { sagemakerCaptureJson: { captureIndexNames: ['endpointInput'] } }],
    ['a Parquet file', 'rows.parquet', { parquet: {} }],
  ])('the bytes of %s are told a block at a time, until there are no more', async (_, name, format) => {
    const [told, ...others] = await progressOf(() => readInput(file(name), format, [NOBODY]));

    expect(others).toEqual([]);
    expect(told?.phase).toEqual({ doing: `reading ${file(name)}`, total: { count: expect.any(Number), unit: 'bytes' } });
    expect(sum(told!.steps)).toBeCloseTo(told!.phase.total!.count, 3);
    expect(told!.steps.filter(step => step > 0).length).toBeGreaterThan(1);
    expect(told!.steps.length).toBeLessThan(60);
  });

  test('explained rows are told a batch at a time', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => Array.from({ length: 20 }, (_, feature) => row + feature));
    const background = [Array.from({ length: 20 }, () => -1)];
    const score: ScoreRows<number> = asked => Promise.resolve({ labels: 1, values: Float64Array.from(asked, row => row[0] ?? 0) });
    const [told] = await progressOf(() => explainRows(rows, background, score, { useLogit: false }));

    expect(told?.phase).toEqual({ doing: 'explaining', total: { count: 30, unit: 'rows' } });
    expect(told!.steps.length).toBeGreaterThan(1);
    expect(sum(told!.steps)).toBe(30);
  });

  test('who has stopped listening is told nothing', async () => {
    const phases: Phase[] = [];
    listenToProgress({ begin: phase => phases.push(phase), advance: () => undefined })();
    await readInput(file('rows.csv'), { csv: { header: false } }, [NOBODY]);

    expect(phases).toEqual([]);
  });
});
