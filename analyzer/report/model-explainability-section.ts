import { formatNumber } from '../format';
import type { RankingDrift } from '../model-explainability/drift';
import { Html, html } from './html';

/** What the report shows of a window's attributions. */
export interface ExplainabilityView {
  readonly drifts: readonly RankingDrift[];
  readonly ndcgThreshold: number;
  readonly minimumRows: number;
  /** Rows that were explained, of so many. */
  readonly explained: number;
  readonly rows: number;
}

/** What each feature is worth to the model's scores before and after, by its rank in the baseline. */
export async function modelExplainabilitySection(view: ExplainabilityView): Promise<Html> {
  const cards: Html[] = [];
  for (const drift of view.drifts) cards.push(await labelCard(drift, view));
  return html`<h2>Feature attribution <span class="legend"><i></i>Baseline<i class="window"></i>Window<i class="alarm"></i>Window, in violation</span></h2>
${cards.length > 0 ? html`<div class="features" style="grid-template-columns: 1fr">${cards}</div>` : html`<div class="panel"><p class="none">No row of this window could be explained.</p></div>`}
<p class="note">${noteOf(view)}</p>`;
}

async function labelCard({ label, ndcg, features }: RankingDrift, { ndcgThreshold, minimumRows, explained }: ExplainabilityView): Promise<Html> {
  const { paintAttributions, SHOWN_FEATURES } = await import('./attribution-chart.js');
  const isDrifted = ndcg !== undefined && ndcg < ndcgThreshold && explained >= minimumRows;
  const left = features.length - SHOWN_FEATURES;
  return html`<section class="panel feature">
<header><h3>${label}</h3><span class="distance${isDrifted ? ' alarm' : ''}">${ndcg === undefined ? 'not compared' : `nDCG ${formatNumber(ndcg)}, allowed from ${formatNumber(ndcgThreshold)}`}</span></header>
${new Html(await paintAttributions(features, isDrifted))}
${left > 0 ? html`<p class="empty">${left} features more were worth less.</p>` : ''}
</section>
`;
}

function noteOf({ explained, rows, minimumRows }: ExplainabilityView): string {
  return [
    'Bars show global SHAP values: what a feature moves the score by, over all rows explained. nDCG is 1 where the ranking is the baseline\'s.',
    ...explained < rows ? [`${formatNumber(explained, 12)} of ${formatNumber(rows, 12)} rows were explained, drawn evenly.`] : [],
    ...explained > 0 && explained < minimumRows ? [`With ${explained} rows nothing is judged; ${minimumRows} are needed.`] : [],
  ].join(' ');
}
