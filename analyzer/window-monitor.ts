import { ExecutionSummary, RecordCounts, Violation } from '../lib/contract';
import { CapturedRequest } from './input/captured-request';
import { CapturedRun } from './input/captured-run';
import { Chunk } from './input/chunk';
import { Origin, Row } from './input/row';
import { TimeSpan } from './input/time-span';
import { MetricValue } from './metric-records';
import type { ChartPainter } from './report/chart';
import type { Html } from './report/html';

/** Takes the records of a window as they are read. */
export interface WindowReader {
  /** Instants whose requests it takes. */
  readonly span: TimeSpan;
  /** A request that the endpoint captured. Throws a Rejection when it cannot be analysed. */
  request(request: CapturedRequest, origin: Origin): void;
  /** Takes requests of a run, from one on; returns how many, 0 where it wants that one by itself. Who does not tell how, is given each. */
  run?(run: CapturedRun, from: number): number;
  /** A row of a dataset that was brought instead. Throws a Rejection when it cannot be analysed. */
  row(row: Row, origin: Origin): void;
  /** Rows of a dataset that are stored by columns; who does not tell how to take them, is given each. */
  chunk?(chunk: Chunk): void;
  /** Which of these columns of a dataset it looks at; where it does not tell, at all of them. */
  wanted?(names: readonly string[]): readonly boolean[];
  /** Has the window read once more, where the first read showed that other rules are needed. */
  wantsAnotherRead?(): boolean;
}

/** One monitor at work: it judges when all records are there. */
export interface WindowMonitor extends WindowReader {
  judge(counts: ReadCounts): Findings | Promise<Findings>;
}

/** What a monitor was given. */
export interface ReadCounts {
  /** Requests of its window; rows, in a dataset. */
  captured: number;
  outsideWindow: number;
  /** Lines, requests and rows that could not be analysed. */
  rejected: number;
}

/** What a monitor found. */
export interface Findings {
  readonly records: RecordCounts;
  readonly violations: readonly Violation[];
  readonly drift: ExecutionSummary['drift'];
  /** Its own; those that every monitor has are added to them. */
  readonly metrics: readonly MetricValue[];
  /** False where the baseline's file forbids metrics. */
  readonly emitsMetrics: boolean;
  /** JSON files, by name, besides those that every monitor writes. */
  readonly files: Readonly<Record<string, unknown>>;
  /** What the report shows of it. */
  section(painter: ChartPainter): Html | Promise<Html>;
}
