import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  BaselineConfig, CaptureRecord, Constraints, ConstraintViolations, DataQualityAnalysis, ExecutionConfig, ExecutionSummary, MetricRecord, Statistics,
  Window,
} from '../../lib/contract';

/** The bundle that ships. */
export const ANALYZER = path.join(__dirname, '../../assets/analyzer');
export const GOLDEN = path.join(__dirname, '../../../shared/golden/data-quality');

export const WINDOW: Window = { start: '2026-01-31T09:00:00.000Z', end: '2026-01-31T10:00:00.000Z' };
export const ANALYSIS: DataQualityAnalysis = {
  captureIndexNames: ['endpointInput'], excludedColumns: [], sensitiveColumns: [], comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 30,
};

export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
  readonly message: string;
}

/** A folder that stands for /opt/ml. */
export class Workspace {
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'analyzer-'));

  write(file: string, content: string | Buffer): this {
    const target = path.join(this.root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return this;
  }

  writeJson(file: string, content: unknown): this {
    return this.write(file, JSON.stringify(content));
  }

  /** A baseline job over a dataset. */
  baselineOf(dataset: string | Buffer, analysis: Partial<DataQualityAnalysis> = {}, config: Partial<Pick<BaselineConfig, 'datasetFormat'>> = {}, file = 'train.csv'): this {
    return this
      .write(`processing/input/dataset/${file}`, dataset)
      .writeJson('processing/input/config/config.json', {
        type: 'data-quality', datasetFormat: { csv: { header: true } }, analysis: { ...ANALYSIS, ...analysis }, ...config,
      } satisfies BaselineConfig);
  }

  /** An execution over capture files, by the baseline of another workspace. */
  executionOf(
    baseline: { constraints: unknown; statistics: unknown }, captured: Record<string, string>, analysis: Partial<DataQualityAnalysis> = {},
  ): this {
    for (const [file, content] of Object.entries(captured)) this.write(`processing/input/dataset/${file}`, content);
    mkdirSync(path.join(this.root, 'processing/input/dataset'), { recursive: true });
    return this
      .writeJson('processing/baseline/data-quality-constraints/constraints.json', baseline.constraints)
      .writeJson('processing/baseline/data-quality-statistics/statistics.json', baseline.statistics)
      .writeJson('processing/input/config/config.json', {
        window: WINDOW,
        schedule: {
          capture: { endpointName: 'churn', variantName: 'AllTraffic', uri: 's3://bucket/capture' },
          monitors: [{ type: 'data-quality', name: 'hourly-data-quality', analysis: { ...ANALYSIS, ...analysis } }],
        },
      } satisfies { window: Window; schedule: Pick<ExecutionConfig['schedule'], 'capture'> & { monitors: unknown[] } });
  }

  run(environment: Record<string, string> = {}, program = path.join(ANALYZER, 'index.js')): Ended {
    const { status, stderr } = spawnSync(process.execPath, [program, '--root', this.root], {
      encoding: 'utf8', env: { PATH: process.env.PATH, ...environment },
    });
    return { status, stderr, message: this.exists('output/message') ? this.read('output/message') : '' };
  }

  exists(file: string): boolean {
    return existsSync(path.join(this.root, file));
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  json(file: string): unknown {
    return JSON.parse(this.read(file));
  }

  lines(file: string): unknown[] {
    return this.read(file).split('\n').filter(line => line !== '').map(line => JSON.parse(line) as unknown);
  }

  get baseline(): { constraints: Constraints; statistics: Statistics } {
    return {
      constraints: this.json('processing/output/constraints.json') as Constraints,
      statistics: this.json('processing/output/statistics.json') as Statistics,
    };
  }

  get report(): ExecutionReport {
    const folder = 'processing/output/data-quality';
    return {
      statistics: this.json(`${folder}/statistics.json`) as Statistics,
      violations: (this.json(`${folder}/constraint_violations.json`) as ConstraintViolations).violations,
      summary: this.json(`${folder}/summary.json`) as ExecutionSummary,
      metrics: this.lines(`${folder}/metrics.jsonl`) as MetricRecord[],
      rejected: this.lines(`${folder}/rejected.jsonl`) as ExecutionReport['rejected'],
      html: this.read(`${folder}/report.html`),
    };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export interface ExecutionReport {
  readonly statistics: Statistics;
  readonly violations: ConstraintViolations['violations'];
  readonly summary: ExecutionSummary;
  readonly metrics: readonly MetricRecord[];
  readonly rejected: readonly { file: string; line: number; reason: string; record: string }[];
  readonly html: string;
}

/** A capture record with as little as is legal. */
export function record(input: string, options: { output?: string; encoding?: 'CSV' | 'JSON' | 'BASE64'; time?: string; contentType?: string } = {}): string {
  const { encoding = 'CSV', time = '2026-01-31T09:30:00Z', output, contentType } = options;
  return JSON.stringify({
    captureData: {
      endpointInput: { data: input, encoding, ...(contentType !== undefined && { observedContentType: contentType }) },
      ...(output !== undefined && { endpointOutput: { data: output, encoding: 'CSV' } }),
    },
    eventMetadata: { eventId: 'c0ffee', inferenceTime: time },
  } satisfies CaptureRecord);
}

/** Numbers that look normal and are the same everywhere. */
export function bell(count: number, mean: number, deviation: number): number[] {
  const golden = (index: number): number => (index * 0.618033988749895) % 1;
  return Array.from({ length: count }, (_, index) => {
    const [u, v] = [golden(index + 1), golden((index + 1) * 7.3)];
    return Math.round((mean + deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)) * 100) / 100;
  });
}

/** Value of a metric; `undefined` where it is absent. */
export function metric(report: ExecutionReport, name: string): number | undefined {
  return report.metrics.find(({ MetricName }) => MetricName === name)?.Value;
}
