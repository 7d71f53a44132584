import { BiasAnalysisFile, BiasMetric, ModelBiasViolation } from '../../lib/contract';
import { clip, formatNumber, formatShare } from '../format';
import { numberOfValue } from '../model-bias/analysis-file';
import type { MeasuredGroup, Measurement } from '../model-bias/measurement';
import { formatMetric } from '../model-bias/metric-format';
import { entryOf } from '../model-bias/violations';
import type { DisparateImpact } from './bias-chart';
import { Html, html } from './html';

/** What the report shows of a window's bias. */
export interface BiasView {
  readonly groups: readonly MeasuredGroup[];
  readonly baseline: BiasAnalysisFile;
  readonly violations: readonly ModelBiasViolation[];
  readonly labelled: number;
  readonly minimumRows: number;
}

/** How often each group gets the positive prediction, then all its metrics beside the baseline's. */
export async function modelBiasSection(view: BiasView): Promise<Html> {
  const impacts = view.groups.map(group => impactOf(group, view));
  return html`<h2>Disparate impact <span class="legend"><i></i>Baseline<i class="window"></i>Window<i class="alarm"></i>Window, in violation</span></h2>
${await impactPanel(impacts)}
<p class="note">${noteOf(view)}</p>
<h2>Groups</h2>
<div class="features">${view.groups.map(group => groupCard(group, view))}</div>`;
}

async function impactPanel(impacts: readonly DisparateImpact[]): Promise<Html> {
  if (impacts.every(({ window, baseline }) => window === undefined && baseline === undefined)) {
    return html`<div class="panel"><p class="none">It needs predictions of the groups and of the others.</p></div>`;
  }
  const { paintDisparateImpact, SHOWN_GROUPS } = await import('./bias-chart.js');
  const left = impacts.length - SHOWN_GROUPS;
  return html`<div class="panel feature">${new Html(await paintDisparateImpact(impacts))}${left > 0 ? html`<p class="empty">and ${left} more groups</p>` : ''}</div>`;
}

function impactOf(group: MeasuredGroup, { baseline, violations }: BiasView): DisparateImpact {
  const before = entryOf(baseline.post_training_bias_metrics, group)?.metrics.find(({ name }) => name === 'DI');
  return {
    group: titleOf(group),
    baseline: numberOfValue(before?.value ?? null),
    window: group.postTraining?.find(({ name }) => name === 'DI')?.value,
    isAlarming: violations.some(violation => isAbout(violation, group) && violation.metric_name === 'DI'),
  };
}

function noteOf({ labelled, minimumRows, baseline }: BiasView): string {
  return [
    'How often the group gets the positive prediction, as a multiple of how often all others do: 1 is fair, below 0.8 is the usual sign of adverse impact.',
    ...labelled === 0 ? ['No prediction of this window has a label yet.'] : [],
    ...labelled > 0 && labelled < minimumRows ? [`With a label on ${labelled} rows nothing is judged; ${minimumRows} are needed.`] : [],
    ...baseline.post_training_bias_metrics === undefined ? ['The baseline was made without predictions, so these are not compared with it.'] : [],
  ].join(' ');
}

function groupCard(group: MeasuredGroup, { baseline, violations }: BiasView): Html {
  const broken = new Set(violations.filter(violation => isAbout(violation, group)).map(violation => violation.metric_name));
  const rows = (metrics: readonly Measurement[] = [], before: readonly BiasMetric[] = []): Html[] =>
    metrics.map(metric => metricRow(metric, before.find(({ name }) => name === metric.name), broken.has(metric.name)));
  return html`<section class="panel feature">
<header><h3>${titleOf(group)}</h3><span class="distance${broken.size > 0 ? ' alarm' : ''}">${shareOf(group)}</span></header>
<table><thead><tr><th>Predictions</th><td>Baseline</td><td>Window</td></tr></thead><tbody>
${rows(group.postTraining, entryOf(baseline.post_training_bias_metrics, group)?.metrics)}
</tbody></table>
<table><thead><tr><th>Labels</th><td>Baseline</td><td>Window</td></tr></thead><tbody>
${rows(group.preTraining, entryOf(baseline.pre_training_bias_metrics, group)?.metrics)}
</tbody></table>
</section>`;
}

function shareOf({ rows, ofRows }: MeasuredGroup): string {
  return ofRows === 0 || rows === 0 ? 'no row in this window' : `${formatShare(rows / ofRows)} of rows`;
}

function metricRow({ description, value, error, standardError }: Measurement, before: BiasMetric | undefined, isBroken: boolean): Html {
  const window = value === undefined ? '–' : scattered(value, standardError);
  const baseline = numberOfValue(before?.value ?? null);
  return html`<tr><th>${description}${error === undefined ? '' : html`<br><small>${error}</small>`}</th>
<td>${baseline === undefined ? '–' : scattered(baseline, before?.standard_error)}</td><td class="${isBroken ? 'distance alarm' : ''}">${window}</td></tr>`;
}

function scattered(value: number, standardError: number | undefined): string {
  return standardError === undefined || !Number.isFinite(value) ? formatMetric(value) : `${formatMetric(value)} ± ${formatNumber(standardError, 2)}`;
}

function titleOf({ facet, value }: MeasuredGroup): string {
  return clip(/^\(.*\]$/.test(value) ? `${facet} in ${value}` : `${facet} = ${value}`);
}

function isAbout(violation: ModelBiasViolation, { facet, value }: MeasuredGroup): boolean {
  return violation.facet === facet && violation.facet_value === value;
}
