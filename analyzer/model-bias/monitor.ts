import { BiasAnalysisFile, ReportFile } from '../../lib/contract';
import { CapturedRequest } from '../input/captured-request';
import { Cell, Row } from '../input/row';
import { TimeSpan } from '../input/time-span';
import { Attribute } from '../observation/attribute';
import { Labels } from '../observation/ground-truth';
import { Observation, observationOf, observationsOf } from '../observation/observation';
import { modelBiasSection } from '../report/model-bias-section';
import { MonitorTask, TaskOf } from '../task';
import { Findings, ReadCounts, WindowMonitor } from '../window-monitor';
import { analysisFile, LabelName, readAnalysisFile } from './analysis-file';
import { BaselineRules } from './baseline-rules';
import { emptyTable, NO_TABLE, outcomeColumns } from './bias-columns';
import { BiasTable } from './bias-table';
import { FeatureColumns } from './feature-columns';
import { measureGroups } from './measurement';
import { biasMetrics } from './metric-values';
import { Prediction } from './prediction';
import { Selection } from './selection';
import { findViolations } from './violations';

interface ReadRow {
  readonly features: readonly Cell[];
  readonly isPredicted: boolean;
  /** Unknown without a label. */
  readonly isPositive: boolean | undefined;
}

/** Watches how differently a model treats groups of people, in the rows of a window that have a label by now. */
export class ModelBiasMonitor implements WindowMonitor {
  private readonly baseline: BiasAnalysisFile;
  private readonly rules: BaselineRules;
  private readonly positive: Selection;
  private readonly prediction: Prediction;
  private readonly groundTruth: Attribute;
  private readonly label: Attribute;
  private columns: FeatureColumns | undefined;
  private table: BiasTable | undefined;
  private analysed = 0;

  constructor(private readonly task: TaskOf<MonitorTask, 'model-bias'>, readonly span: TimeSpan, private readonly labels: Labels) {
    const { analysis } = task;
    this.baseline = readAnalysisFile(task.constraints);
    this.rules = new BaselineRules(this.baseline, analysis);
    this.positive = this.rules.positiveLabel;
    this.prediction = new Prediction(analysis, this.positive);
    this.groundTruth = new Attribute(analysis.groundTruthAttribute, 'label');
    this.label = new Attribute(analysis.label, 'label');
  }

  request(request: CapturedRequest): void {
    this.columns ??= new FeatureColumns(this.headers);
    this.take(observationsOf(request, this.labels), this.groundTruth, this.columns);
  }

  row(row: Row): void {
    this.columns ??= new FeatureColumns(this.headers, outcomeColumns(this.task.analysis));
    this.take([observationOf(row)], this.label, this.columns);
  }

  judge({ captured, rejected, outsideWindow }: ReadCounts): Findings {
    const { analysis } = this.task;
    const labelled = this.table?.rows ?? 0;
    const columns = this.columns ?? new FeatureColumns(this.headers);
    const table = this.table ?? (columns.names.length > 0 ? this.tableOf(columns) : NO_TABLE);
    const groups = measureGroups(table, { predictions: true, standardErrors: analysis.method !== 'Compatible' });
    const isJudged = labelled > 0 && labelled >= analysis.minimumRows;
    const violations = isJudged ? findViolations(groups, this.baseline, analysis) : [];
    const label: LabelName = { label: analysis.label, label_value_or_threshold: this.positive.text };
    return {
      records: { captured, analysed: this.analysed, labelled, ...this.labels.counts, rejected, outsideWindow },
      violations,
      drift: [],
      metrics: isJudged ? biasMetrics(groups, label) : [],
      emitsMetrics: true,
      files: { [ReportFile.ANALYSIS]: analysisFile(groups, label, columns.names) },
      section: () => modelBiasSection({ groups, baseline: this.baseline, violations, minimumRows: analysis.minimumRows, labelled }),
    };
  }

  private get headers(): readonly string[] | undefined {
    return this.task.analysis.headers ?? this.baseline.headers;
  }

  /** All rows of a request, or none. A row whose label is not known yet is counted and left out, as in the service. */
  private take(observations: readonly Observation[], label: Attribute, columns: FeatureColumns): void {
    const rows = observations.map(observation => this.read(observation, label, columns));
    const table = this.table ??= this.tableOf(columns);
    table.requireRoomFor(rows.map(({ features }) => features));
    for (const { features, isPositive, isPredicted } of rows) {
      if (isPositive !== undefined) table.add(features, isPositive, isPredicted);
    }
    this.analysed += rows.length;
  }

  /** With or without a label, a row is only analysed if it can be read whole: else the share with a label would tell of what was rejected. */
  private read({ input, output, label: labelRow }: Observation, label: Attribute, columns: FeatureColumns): ReadRow {
    const labelCell = labelRow === undefined ? null : label.cell(labelRow);
    const isPredicted = this.prediction.isPositive(output);
    return { features: columns.cells(input), isPredicted, isPositive: labelCell === null ? undefined : this.positive.includes(labelCell) };
  }

  private tableOf(columns: FeatureColumns): BiasTable {
    return emptyTable(columns, this.task.analysis, (facet, name) => this.rules.groupsOf(facet, name));
  }
}
