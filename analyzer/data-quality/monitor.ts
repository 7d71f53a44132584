import { Constraints, ExecutionSummary, RecordCounts, ReportFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Origin, Row } from '../input/row';
import { TimeSpan, timeSpan } from '../input/time-span';
import { RejectedLog } from '../rejected-log';
import { dataQualitySection } from '../report/data-quality-section';
import { ExecutionTask, InputFormat, MonitorTask, TaskOf } from '../task';
import { Findings, ReadCounts, WindowMonitor } from '../window-monitor';
import { Baseline, readConstraints, withStatistics } from './baseline';
import { findViolations } from './checks';
import { noteUnknownExclusions } from './exclusion';
import { explainDrift } from './comparison/explanation';
import { ComparedFeature } from './comparison/compared-feature';
import { compareFeatures } from './comparison/feature';
import { judgementOf } from './judgement';
import { dataQualityMetrics } from './metric-values';
import { OtherThreads } from './other-threads';
import { suggestConstraints } from './suggested-constraints';
import { WindowColumns, WindowTable } from './window-table';

type Analysis = TaskOf<MonitorTask, 'data-quality'>['analysis'];

/** Watches the values of a window. */
export class DataQualityMonitor extends WindowTable implements WindowMonitor {
  private constructor(
    private readonly baseline: Baseline, private readonly analysis: Analysis, private readonly format: InputFormat, span: TimeSpan,
    rejected: RejectedLog, private readonly others: OtherThreads,
  ) {
    super(columnsOf(baseline.constraints, analysis), span, rejected, others.share);
  }

  /** Watches a window together with as many threads as it is worth. */
  static open(
    { constraints: place, statistics, analysis }: TaskOf<MonitorTask, 'data-quality'>, { dataset, format, window }: ExecutionTask, rejected: RejectedLog,
  ): DataQualityMonitor {
    const constraints = readConstraints(place);
    const others = OtherThreads.start({ kind: 'window', columns: columnsOf(constraints, analysis), dataset, format, window });
    // Meanwhile, the other threads are at work.
    return new DataQualityMonitor(withStatistics(constraints, statistics), analysis, format, timeSpan(window), rejected, others);
  }

  override row(row: Row, origin: Origin): void {
    if (origin.line === 1 && 'csv' in this.format) refuseHeader(row, origin, this.baseline.constraints);
    super.row(row, origin);
  }

  async judge(counts: ReadCounts): Promise<Findings> {
    const { analysis, table, otherWidth } = this;
    await table.takeOver(this.others.values());
    noteUnknownExclusions(analysis.excludedColumns, this.format, [...table.columns.keys(), ...table.extra.keys(), ...table.leftOut]);
    const baseline = withoutExcluded(this.baseline, analysis.excludedColumns ?? []);
    const judgement = judgementOf(this.baseline.constraints, analysis);
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
}

function columnsOf({ features }: Constraints, { excludedColumns, sensitiveColumns, captureIndexNames }: Analysis): WindowColumns {
  return {
    expected: new Map(features.map(feature => [feature.name, { type: feature.inferred_type, domain: feature.string_constraints?.domains }])),
    excluded: new Set(excludedColumns),
    sensitive: new Set(sensitiveColumns),
    sides: captureIndexNames ?? ['endpointInput'],
  };
}

/** A header that is taken for a row would look like drift. */
function refuseHeader({ cells }: Row, { file }: Origin, { features }: Constraints): void {
  if (features.every(({ name }) => cells.includes(name))) throw new AnalyzerError(`${file}: the first row names the baseline's columns; say that it is a header (--header)`);
}

function withoutExcluded(baseline: Baseline, excluded: readonly string[]): Baseline {
  const features = baseline.constraints.features.filter(({ name }) => !excluded.includes(name));
  return { ...baseline, constraints: { ...baseline.constraints, features } };
}

function driftOf(features: readonly ComparedFeature[]): ExecutionSummary['drift'] {
  return features
    .flatMap(({ name, baseline, window, distance }) => distance === undefined || baseline === undefined
      ? []
      : [{ feature: name, distance, explanation: distance === 0 ? `${name}: as before` : explainDrift(baseline, window) }])
    .sort((a, b) => b.distance - a.distance);
}
