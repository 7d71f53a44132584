import { ExplainabilityAnalysisFile, RecordCounts, ReportFile } from '../../lib/contract';
import { CapturedRequest } from '../input/captured-request';
import { Cell, Row } from '../input/row';
import { TimeSpan } from '../input/time-span';
import { modelExplainabilitySection } from '../report/model-explainability-section';
import { MonitorTask, TaskOf } from '../task';
import { Findings, ReadCounts, WindowMonitor } from '../window-monitor';
import { backgroundFor, Baseline, readBaseline, requestColumns } from './baseline';
import { driftViolations, RankingDrift, rankingDrifts } from './drift';
import { Attributions, attributionsOf, requirePredictor } from './explained-model';
import { FeatureColumns } from './feature-columns';
import { attributionMetrics } from './metric-values';
import { Predictor } from './predictor';
import { RowSample } from '../observation/row-sample';

/** Watches what the model's scores are made of: it explains a sample of the window's rows, and compares the features' ranking with the baseline's. */
export class ModelExplainabilityMonitor implements WindowMonitor {
  private readonly baseline: Baseline;
  private readonly columns: FeatureColumns;
  private readonly sample: RowSample<readonly Cell[]>;
  private readonly predictor: Predictor;

  constructor(private readonly task: TaskOf<MonitorTask, 'model-explainability'>, readonly span: TimeSpan, predictor: Predictor | undefined) {
    this.predictor = requirePredictor(predictor);
    this.baseline = readBaseline(task.constraints);
    this.columns = requestColumns(this.baseline, task.analysis);
    this.sample = new RowSample(task.analysis.maximumRows);
  }

  request(request: CapturedRequest): void {
    // All of them or none: what is rejected is the request.
    const rows = request.rows('endpointInput').map(row => this.columns.cells(row));
    for (const cells of rows) this.sample.add(cells);
  }

  row(row: Row): void {
    this.sample.add(this.columns.cells(row));
  }

  async judge({ captured, rejected, outsideWindow }: ReadCounts): Promise<Findings> {
    const { analysis } = this.task;
    const rows = this.sample.rows();
    const records: RecordCounts = { captured, analysed: rows.length, rejected, outsideWindow };
    if (rows.length === 0) return this.findings(records, {}, []);
    const background = backgroundFor(this.columns.names, this.baseline, analysis);
    const attributions = await attributionsOf(rows, this.columns.names, background, this.predictor, analysis);
    return this.findings(records, attributions, rankingDrifts(this.baseline.attributions, attributions));
  }

  private findings(records: RecordCounts, attributions: Attributions, drifts: readonly RankingDrift[]): Findings {
    const { analysis: { ndcgThreshold, minimumRows } } = this.task;
    const judged = records.analysed < minimumRows ? [] : drifts;
    const violations = driftViolations(judged, ndcgThreshold);
    const file: ExplainabilityAnalysisFile = { version: '1.0', explanations: { kernel_shap: attributions } };
    return {
      records,
      violations,
      drift: [],
      metrics: attributionMetrics(attributions, judged),
      emitsMetrics: true,
      files: records.analysed > 0 ? { [ReportFile.ANALYSIS]: file } : {},
      section: () => modelExplainabilitySection({ drifts, ndcgThreshold, minimumRows, explained: records.analysed, rows: this.sample.seen }),
    };
  }
}
