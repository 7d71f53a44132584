import { MonitorType, RecordCounts, Violation, violationSubject, Window } from '../../lib/contract';
import type { Result } from '../result';
import { formatShare } from '../format';
import { ChartPainter } from './chart';
import { Html, html } from './html';
import { STYLE } from './style';

const TITLES: Readonly<Record<MonitorType, string>> = {
  'data-quality': 'Data quality', 'model-quality': 'Model quality', 'model-bias': 'Bias', 'model-explainability': 'Explainability',
};

/** A self-contained page: for each monitor its verdict, its violations, and what it looked at. */
export async function renderReport(endpoint: string | undefined, results: readonly Result[]): Promise<string> {
  const painter = new ChartPainter();
  const monitors: Html[] = [];
  for (const { task: { type }, summary: { monitor, window, records, violations }, findings } of results) {
    monitors.push(html`<article id="${type}">
<div class="eyebrow">${TITLES[type]}</div>
<div class="verdict${violations.length > 0 ? ' alarm' : ''}">${verdict(records, violations)}</div>
${facts(monitor, window, records)}
<h2>Violations</h2>
<div class="panel">${violationsTable(violations)}</div>
${await findings.section(painter)}
</article>`);
  }
  const titles = results.map(({ task }) => TITLES[task.type]).join(', ');
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${endpoint ?? titles}, ${results[0]?.summary.window.end ?? ''}</title>
<style>${new Html(STYLE)}</style></head>
<body><main>
<h1>${endpoint ?? 'Dataset'}</h1>
${results.length > 1 ? html`<nav>${results.map(({ task: { type } }) => html`<a href="#${type}">${TITLES[type]}</a>`)}</nav>` : ''}
${monitors}
</main></body></html>
`.text;
}

function verdict({ analysed, captured, labelled }: RecordCounts, violations: readonly Violation[]): string {
  if (captured === 0) return 'No data in this window';
  if (analysed === 0) return 'No row could be analysed';
  if (labelled === 0) return 'No label yet';
  return violations.length === 0 ? 'No violations' : plural(violations.length, 'violation');
}

function facts(monitor: string, window: Window, { captured, analysed, labelled, rejected }: RecordCounts): Html {
  return html`<dl class="facts">
${fact('Monitor', monitor || '–')}
${window.start === '' ? '' : fact('Window', timeSpan(window))}
${fact('Records', formatCount(captured))}
${fact('Analysed rows', formatCount(analysed))}
${labelled === undefined ? '' : fact('With a label', `${formatCount(labelled)}${analysed > 0 ? ` (${formatShare(labelled / analysed)})` : ''}`)}
${fact('Rejected', formatCount(rejected))}
</dl>`;
}

function fact(term: string, description: string): Html {
  return html`<div><dt>${term}</dt><dd>${description}</dd></div>`;
}

function violationsTable(violations: readonly Violation[]): Html {
  if (violations.length === 0) return html`<p class="none">Every constraint of the baseline holds.</p>`;
  return html`<table class="violations"><thead><tr><th>About</th><th>Check</th><th>What happened</th></tr></thead><tbody>${violations.map(violation => html`
<tr><td><b>${violationSubject(violation)}</b></td><td><code>${violation.constraint_check_type}</code></td><td class="why">${violation.explanation}<small>${violation.description}</small></td></tr>`)}
</tbody></table>`;
}

function formatCount(count: number): string {
  return count.toLocaleString('en').replaceAll(',', ' ');
}

function timeSpan({ start, end }: Window): string {
  const [from, to] = [start, end].map(instant => new Date(instant).toISOString().slice(0, 16).replace('T', ' '));
  return `${from ?? ''} to ${(to ?? '').replace(`${from?.slice(0, 10) ?? ''} `, '')} UTC`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
