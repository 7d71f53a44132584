import { ExecutionMetric, QualityMetrics, RecordCounts, ReportFile } from '../../lib/contract';
import { CapturedRequest } from '../input/captured-request';
import { Row } from '../input/row';
import { TimeSpan } from '../input/time-span';
import { MetricValue } from '../metric-records';
import { Labels } from '../observation/ground-truth';
import { Observation, observationOf, observationsOf } from '../observation/observation';
import { modelQualitySection } from '../report/model-quality-section';
import { MonitorTask, TaskOf } from '../task';
import { Findings, ReadCounts, WindowMonitor } from '../window-monitor';
import { Baseline, readBaseline } from './baseline';
import { judgeMetrics, violationsOf } from './checks';
import { metricsIn, suggestConstraints } from './constraints';
import { emptyQuality } from './empty-quality';
import { Quality } from './quality';

/** Watches how well predictions agree with the labels that came later. */
export class ModelQualityMonitor implements WindowMonitor {
  private readonly baseline: Baseline;
  private readonly quality: Quality;
  private analysed = 0;

  constructor(private readonly task: TaskOf<MonitorTask, 'model-quality'>, readonly span: TimeSpan, private readonly labels: Labels) {
    this.baseline = readBaseline(task.constraints, task.statistics, task.analysis.problemType);
    this.quality = emptyQuality(task.analysis, this.baseline.statistics);
  }

  request(request: CapturedRequest): void {
    this.take(observationsOf(request, this.labels));
  }

  row(row: Row): void {
    this.take([observationOf(row)]);
  }

  judge(counts: ReadCounts): Findings {
    const { problemType, minimumRows, tolerance } = this.task.analysis;
    const statistics = this.quality.statistics();
    const isEnough = this.quality.rows >= minimumRows;
    const metrics = isEnough ? metricsIn(statistics, problemType) : {};
    const judged = judgeMetrics(this.baseline.constraints, metrics, tolerance);
    const violations = violationsOf(judged);
    const records: RecordCounts = { ...counts, analysed: this.analysed, labelled: this.quality.rows, ...this.labels.counts };
    return {
      records,
      violations,
      drift: [],
      metrics: metricValues(metrics, violations.length),
      emitsMetrics: true,
      files: { [ReportFile.STATISTICS]: statistics, [ReportFile.CONSTRAINTS]: suggestConstraints(statistics, problemType) },
      section: () => modelQualitySection({
        problemType, minimumRows, judged, window: statistics, baseline: this.baseline.statistics, records,
      }),
    };
  }

  /** All rows of a request, or none. */
  private take(observations: readonly Observation[]): void {
    const counted = observations.map(observation => this.quality.read(observation));
    for (const count of counted) count();
    this.analysed += observations.length;
  }
}

function metricValues(metrics: QualityMetrics, violations: number): MetricValue[] {
  return [
    ...Object.entries(metrics).map(([name, { value }]): MetricValue => ({ name, value, unit: 'None' })),
    { name: ExecutionMetric.TOTAL_NUMBER_OF_VIOLATIONS, value: violations, unit: 'Count' },
  ];
}
