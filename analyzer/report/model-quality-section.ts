import { ConfusionMatrix, ModelQualityStatistics, ProblemType, QualityMetric, QualityMetrics, RecordCounts } from '../../lib/contract';
import { formatNumber, formatShare } from '../format';
import type { JudgedMetric } from '../model-quality/checks';
import { metricsIn } from '../model-quality/constraints';
import { Html, html } from './html';

/** Labels of a matrix that fit a page. */
const MOST_LABELS = 12;

/** What the report shows of a window's predictions. */
export interface QualityView {
  readonly problemType: ProblemType;
  readonly minimumRows: number;
  readonly judged: readonly JudgedMetric[];
  readonly window: ModelQualityStatistics;
  readonly baseline: ModelQualityStatistics | undefined;
  readonly records: RecordCounts;
}

/** Each metric beside its baseline, the confusion matrix, and the receiver operating characteristic. */
export async function modelQualitySection(view: QualityView): Promise<Html> {
  return html`<h2>Metrics</h2>
<div class="panel">${metricsTable(view)}</div>
<p class="note">${noteOf(view)}</p>
${view.window.dataset.item_count === 0 ? '' : await cards(view)}`;
}

function metricsTable({ problemType, judged, window, baseline }: QualityView): Html {
  const [before, after] = [baseline ? metricsIn(baseline, problemType) : {}, metricsIn(window, problemType)];
  const rules = new Map(judged.map(each => [each.name, each]));
  const names = [...new Set([...rules.keys(), ...Object.keys(after)])].filter(name => !name.endsWith('_best_constant_classifier'));
  return html`<table><thead><tr><th>Metric</th><th>Baseline</th><th>Window</th><th>Allowed</th></tr></thead><tbody>${names.map(name => metricRow(name, before, after, rules.get(name)))}
</tbody></table>`;
}

function metricRow(name: string, before: QualityMetrics, after: QualityMetrics, rule: JudgedMetric | undefined): Html {
  const baseline = before[name] ?? (rule && { value: rule.constraint.threshold, standard_deviation: 'NaN' as const });
  const window = rule?.isViolated === true ? html`<b class="broken">${scattered(after[name])}</b>` : scattered(after[name]);
  return html`
<tr><td><b>${name}</b></td><td>${scattered(baseline)}</td><td>${window}</td><td>${rule ? allowed(rule) : '–'}</td></tr>`;
}

function scattered(metric: QualityMetric | undefined): string {
  if (metric === undefined) return '–';
  const { value, standard_deviation: deviation } = metric;
  return deviation === 'NaN' ? formatNumber(value) : `${formatNumber(value)} ± ${formatNumber(deviation, 2)}`;
}

function allowed({ constraint, limit }: JudgedMetric): string {
  return `${constraint.comparison_operator === 'LessThanThreshold' ? 'not below' : 'not above'} ${formatNumber(limit)}`;
}

function noteOf({ minimumRows, records: { labelled: rows = 0, duplicatedLabels = 0, unmatchedLabels = 0 } }: QualityView): string {
  return [
    rows === 0 ? 'No prediction of this window has a label yet.' : '± is how far a figure scatters among samples of 80 % of the rows, told from 200 rows on.',
    ...rows > 0 && rows < minimumRows ? [`With a label on ${rows} rows nothing is judged; ${minimumRows} are needed.`] : [],
    ...unmatchedLabels > 0 ? [`Labels that belong to no prediction of this window: ${formatNumber(unmatchedLabels, 12)}.`] : [],
    ...duplicatedLabels > 0 ? [`Labels that a later one of the same id replaced: ${formatNumber(duplicatedLabels, 12)}.`] : [],
  ].join(' ');
}

async function cards({ window, baseline }: QualityView): Promise<Html> {
  const [matrixBefore, matrix] = [baseline, window].map(matrixOf);
  const [before, after] = [baseline, window].map(statistics => statistics?.binary_classification_metrics?.receiver_operating_characteristic_curve);
  if (matrix === undefined) return html``;
  const { paintCharacteristics } = await import('./curve-chart.js');
  const characteristic = before ?? after
    ? html`<section class="panel feature">
<header><h3>Receiver operating characteristic</h3></header>
${new Html(await paintCharacteristics(before, after))}
</section>`
    : '';
  return html`<h2>Predictions <span class="legend"><i></i>Baseline<i class="window"></i>Window</span></h2>
<div class="features"><section class="panel feature">
<header><h3>Confusion matrix</h3></header>
${confusionTable('Window', matrix)}
${matrixBefore === undefined ? '' : confusionTable('Baseline', matrixBefore)}
</section>${characteristic}</div>`;
}

function matrixOf(statistics: ModelQualityStatistics | undefined): ConfusionMatrix | undefined {
  return (statistics?.binary_classification_metrics ?? statistics?.multiclass_classification_metrics)?.confusion_matrix;
}

/** A row a label, a column a prediction. */
function confusionTable(title: string, matrix: ConfusionMatrix): Html {
  const rows = Object.entries(matrix).map(([label, predictions]) => ({ label, predictions, total: sum(Object.values(predictions)) }));
  const shown = [...rows].sort((a, b) => b.total - a.total).slice(0, MOST_LABELS);
  const labels = rows.map(({ label }) => label).filter(label => shown.some(row => row.label === label));
  const left = rows.length - labels.length;
  const heads = labels.map(label => html`<td>predicted ${label}</td>`);
  const body = rows.filter(({ label }) => labels.includes(label)).map(({ label, predictions, total }) => html`
<tr><th>label ${label}</th>${labels.map(prediction => confusionCell(predictions[prediction] ?? 0, total))}</tr>`);
  return html`<table class="confusion"><thead><tr><th>${title}</th>${heads}</tr></thead><tbody>${body}
</tbody></table>${left > 0 ? html`<p class="empty">The ${labels.length} most frequent of ${rows.length} labels.</p>` : ''}`;
}

function confusionCell(count: number, total: number): Html {
  const share = total === 0 ? 0 : count / total;
  return html`<td style="background: rgb(47 109 181 / ${(share * 0.45).toFixed(3)})">${formatNumber(count, 12)}<small>${total === 0 ? '–' : formatShare(share)}</small></td>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
