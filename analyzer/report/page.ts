import { ExecutionSummary, Violation, Window } from '../../lib/contract';
import { ComparedFeature } from '../data-quality/comparison/feature';
import { formatNumber, formatShare } from '../format';
import { ChartPainter } from './chart';
import { Html, html } from './html';
import { sharesOf } from './shares';
import { STYLE } from './style';

/** What the report shows. */
export interface ReportContent {
  readonly endpoint: string | undefined;
  readonly summary: ExecutionSummary;
  readonly features: readonly ComparedFeature[];
}

/** A self-contained page: the verdict, the violations, then each feature's baseline and window side by side, most drifted first. */
export async function renderReport({ endpoint, summary, features }: ReportContent): Promise<string> {
  const painter = new ChartPainter();
  const cards: Html[] = [];
  for (const feature of [...features].sort((a, b) => (b.distance ?? -1) - (a.distance ?? -1))) {
    const violations = summary.violations.filter(violation => violation.feature_name === feature.name);
    cards.push(await featureCard(feature, violations, painter));
  }
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${summary.monitor || 'Data quality'}, ${summary.window.end}</title>
<style>${new Html(STYLE)}</style></head>
<body><main>
${header(endpoint, summary)}
<h2>Violations</h2>
<div class="panel">${violationsTable(summary.violations)}</div>
<h2>Features <span class="legend"><i></i>Baseline<i class="window"></i>Window<i class="alarm"></i>Window, in violation</span></h2>
${cards.length > 0 ? html`<div class="features">${cards}</div>` : html`<div class="panel"><p class="none">No feature could be compared with its baseline.</p></div>`}
<footer>Bars show the share of rows in each bucket or category. Distance is 0 for equal distributions, 1 for distributions without anything in common.</footer>
</main></body></html>
`.text;
}

function header(endpoint: string | undefined, { monitor, window, records, violations }: ExecutionSummary): Html {
  const verdict = records.analysed === 0 ? 'No data in this window' : violations.length === 0 ? 'No violations' : plural(violations.length, 'violation');
  return html`<header>
<div class="eyebrow">Data quality</div>
<h1>${endpoint ?? (monitor || 'Dataset')}</h1>
<div class="verdict${violations.length > 0 ? ' alarm' : ''}">${verdict}</div>
<dl class="facts">
${fact('Monitor', monitor || '–')}
${fact('Window', timeSpan(window))}
${fact('Captured records', formatCount(records.captured))}
${fact('Analysed rows', formatCount(records.analysed))}
${fact('Rejected', formatCount(records.rejected))}
</dl></header>`;
}

function fact(term: string, description: string): Html {
  return html`<div><dt>${term}</dt><dd>${description}</dd></div>`;
}

function violationsTable(violations: readonly Violation[]): Html {
  if (violations.length === 0) return html`<p class="none">Every constraint of the baseline holds.</p>`;
  return html`<table><thead><tr><th>Feature</th><th>Check</th><th>What happened</th></tr></thead><tbody>${violations.map(violation => html`
<tr><td><b>${violation.feature_name}</b></td><td><code>${violation.constraint_check_type}</code></td><td class="why">${violation.explanation}<small>${violation.description}</small></td></tr>`)}
</tbody></table>`;
}

async function featureCard(feature: ComparedFeature, violations: readonly Violation[], painter: ChartPainter): Promise<Html> {
  const shares = sharesOf(feature);
  const chart = shares.length > 0 ? new Html(await painter.paint(shares, violations.length > 0)) : html`<p class="empty">Too many different values for a plot.</p>`;
  const isDrifted = violations.some(violation => violation.constraint_check_type === 'baseline_drift_check');
  return html`<section class="panel feature">
<header><h3>${feature.name}</h3><span class="distance${isDrifted ? ' alarm' : ''}">${feature.distance === undefined ? 'not compared' : `distance ${formatNumber(feature.distance)}`}</span></header>
${chart}
<table><thead><tr><th>${feature.constraint.inferred_type}</th><td>Baseline</td><td>Window</td></tr></thead><tbody>${figures(feature)}</tbody></table>
</section>`;
}

function figures({ baseline, window, constraint, column, rows }: ComparedFeature): Html[] {
  const [before, after] = [baseline?.numerical_statistics, window.numerical_statistics];
  const number = (value: number | undefined): string => value === undefined ? '–' : formatNumber(value);
  const numbers = before ?? after
    ? [figure('Mean', number(before?.mean), number(after?.mean)), figure('Standard deviation', number(before?.std_dev), number(after?.std_dev))]
    : [figure('Distinct values', number(baseline?.string_statistics?.distinct_count), number(window.string_statistics?.distinct_count))];
  return [...numbers, figure('Completeness', formatShare(constraint.completeness), formatShare(column.present / rows))];
}

function figure(name: string, before: string, after: string): Html {
  return html`<tr><th>${name}</th><td>${before}</td><td>${after}</td></tr>`;
}

function formatCount(count: number): string {
  return count.toLocaleString('en').replaceAll(',', ' ');
}

function timeSpan({ start, end }: Window): string {
  if (start === '') return '–';
  const [from, to] = [start, end].map(instant => new Date(instant).toISOString().slice(0, 16).replace('T', ' '));
  return `${from ?? ''} to ${(to ?? '').replace(`${from?.slice(0, 10) ?? ''} `, '')} UTC`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
