import { CaptureIndexName, ExecutionSummary, RecordCounts, ReportFile } from '../../lib/contract';
import { CapturedRequest, rowsBeside } from '../input/captured-request';
import { CapturedRun } from '../input/captured-run';
import { Chunk } from '../input/chunk';
import { Origin, Row, unnamedNames } from '../input/row';
import { TimeSpan, timeSpan } from '../input/time-span';
import { RejectedLog } from '../rejected-log';
import { dataQualitySection } from '../report/data-quality-section';
import { ExecutionTask, MonitorTask, TaskOf } from '../task';
import { Findings, ReadCounts, WindowMonitor } from '../window-monitor';
import { Baseline, readBaseline } from './baseline';
import { findViolations } from './checks';
import { explainDrift } from './comparison/explanation';
import { compareFeatures, ComparedFeature } from './comparison/feature';
import { judgementOf } from './judgement';
import { dataQualityMetrics } from './metric-values';
import { OtherThreads } from './other-threads';
import { Share, WHOLE } from './share';
import { Table } from './statistics/table';
import { suggestConstraints } from './suggested-constraints';

/**
 * Watches the values of a window. Rows without header have as many columns as the baseline, others are rejected; if these are the
 * majority, it is they that the endpoint sends now, and the window is read again with their number of columns.
 */
export class DataQualityMonitor implements WindowMonitor {
  private readonly baseline: Baseline;
  private readonly widths = new Map<number, number>();
  /** The columns of the share that this thread has; all of them in the end, where there are other threads. */
  table: Table;
  private width: number;

  constructor(
    private readonly task: TaskOf<MonitorTask, 'data-quality'>, readonly span: TimeSpan, private readonly rejected: Pick<RejectedLog, 'add'>,
    private readonly share: Share = WHOLE, private readonly others?: OtherThreads,
  ) {
    this.baseline = readBaseline(task.constraints, task.statistics);
    this.table = this.emptyTable();
    this.width = this.expectedWidth;
  }

  /** Watches a window together with as many threads as it is worth. */
  static open(task: TaskOf<MonitorTask, 'data-quality'>, { dataset, format, window }: ExecutionTask, rejected: RejectedLog): DataQualityMonitor {
    // Only this thread compares what is read with the baseline's statistics.
    const others = OtherThreads.start({ kind: 'window', monitor: { ...task, statistics: undefined }, dataset, format, window });
    return new DataQualityMonitor(task, timeSpan(window), rejected, others.share, others);
  }

  request(request: CapturedRequest, origin: Origin): void {
    for (const row of rowsBeside(request, this.sides)) this.row(row, origin);
  }

  run(run: CapturedRun, from: number): number {
    const rows = run.plainRows(from, this.sides, this.width);
    if (rows === undefined) return 0;
    this.countWidth(this.width, rows.size);
    this.table.addRows(rows, this.width);
    return rows.size;
  }

  row(row: Row, origin: Origin): void {
    if (hasHeader(row)) {
      this.table.add(row);
      return;
    }
    const columns = row.names.length;
    this.countWidth(columns, 1);
    if (columns === this.width) this.table.add(row);
    else this.rejected.add(origin, `the row has ${columns} columns, expected ${this.width}`);
  }

  chunk(chunk: Chunk): void {
    this.table.addChunk(chunk);
  }

  wantsAnotherRead(): boolean {
    const expected = this.expectedWidth;
    const [usual] = [...this.widths].sort(([a, m], [b, n]) => n - m || Number(b === expected) - Number(a === expected));
    if (usual === undefined || usual[0] === this.width) return false;
    this.width = usual[0];
    this.widths.clear();
    this.table = this.emptyTable();
    return true;
  }

  async judge(counts: ReadCounts): Promise<Findings> {
    const { analysis } = this.task;
    const { table } = this;
    if (this.others !== undefined) table.takeOver(await this.others.values());
    const baseline = withoutExcluded(this.baseline, analysis.excludedColumns ?? []);
    const judgement = judgementOf(this.baseline.constraints, analysis);
    const otherWidth = this.width === this.expectedWidth ? undefined : { columns: this.width };
    const features = table.rows === 0 || otherWidth ? [] : compareFeatures(baseline, table, judgement);
    const violations = table.rows === 0 ? [] : findViolations(baseline, table, features, judgement.rules, otherWidth);
    const statistics = table.statistics;
    const { captured, rejected, outsideWindow } = counts;
    const records: RecordCounts = { captured, analysed: table.rows, rejected, outsideWindow };
    return {
      records,
      violations,
      drift: driftOf(features),
      metrics: dataQualityMetrics(features, violations, judgement.rules),
      emitsMetrics: judgement.rules.emitsMetrics,
      files: {
        [ReportFile.STATISTICS]: statistics,
        [ReportFile.CONSTRAINTS]: suggestConstraints(statistics, { rules: judgement.rules, overrides: analysis.overrides }),
      },
      section: painter => dataQualitySection(features, violations, painter),
    };
  }

  private get sides(): readonly CaptureIndexName[] {
    return this.task.analysis.captureIndexNames ?? ['endpointInput'];
  }

  private countWidth(columns: number, rows: number): void {
    this.widths.set(columns, (this.widths.get(columns) ?? 0) + rows);
  }

  private get expectedWidth(): number {
    return this.baseline.constraints.features.length;
  }

  private emptyTable(): Table {
    const { analysis } = this.task;
    return new Table({
      expected: new Map(this.baseline.constraints.features.map(feature =>
        [feature.name, { type: feature.inferred_type, domain: feature.string_constraints?.domains }])),
      excluded: new Set(analysis.excludedColumns),
      sensitive: new Set(analysis.sensitiveColumns),
      share: this.share,
    });
  }
}

function hasHeader({ names }: Row): boolean {
  return names !== unnamedNames(names.length) && names.some(name => name !== undefined);
}

function withoutExcluded(baseline: Baseline, excluded: readonly string[]): Baseline {
  const features = baseline.constraints.features.filter(({ name }) => !excluded.includes(name));
  return { ...baseline, constraints: { ...baseline.constraints, features } };
}

function driftOf(features: readonly ComparedFeature[]): ExecutionSummary['drift'] {
  return features
    .flatMap(({ name, baseline, window, distance }) =>
      distance === undefined || baseline === undefined ? [] : [{ feature: name, distance, explanation: explainDrift(baseline, window) }])
    .sort((a, b) => b.distance - a.distance);
}
