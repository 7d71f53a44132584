import { Violation, violationSubject } from '../../lib/contract';
import { ComparedFeature } from '../data-quality/comparison/compared-feature';
import { formatNumber, formatShare } from '../format';
import { ChartPainter } from './chart';
import { Html, html } from './html';
import { sharesOf } from './shares';

/** As many features are shown: a page of more is slow to draw and to read. */
const SHOWN_FEATURES = 100;

/** Each feature's baseline and window side by side: those in violation first, then the most drifted. */
export async function dataQualitySection(
  features: readonly ComparedFeature[], violations: readonly Violation[], painter: ChartPainter,
): Promise<Html> {
  const cards: Html[] = [];
  const ranked = features
    .map(feature => ({ feature, broken: violations.filter(violation => violationSubject(violation) === feature.name) }))
    .sort((a, b) => Number(b.broken.length > 0) - Number(a.broken.length > 0) || (b.feature.distance ?? -1) - (a.feature.distance ?? -1));
  for (const { feature, broken } of ranked.slice(0, SHOWN_FEATURES)) cards.push(await featureCard(feature, broken, painter));
  const hidden = Math.max(0, features.length - SHOWN_FEATURES);
  return html`<h2>Features <span class="legend"><i></i>Baseline<i class="window"></i>Window<i class="alarm"></i>Window, in violation</span></h2>
${cards.length > 0 ? html`<div class="features">${cards}</div>` : html`<div class="panel"><p class="none">No feature could be compared with its baseline.</p></div>`}
<p class="note">${hidden > 0 ? `Shown are the ${SHOWN_FEATURES} features in violation or with most drift; ${hidden} more are in statistics.json. ` : ''}Bars show the share of rows in each bucket or category. Distance is 0 for equal distributions, 1 for distributions without anything in common.</p>`;
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
