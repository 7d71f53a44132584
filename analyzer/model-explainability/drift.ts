import { ModelExplainabilityViolation } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { formatDecimal, formatNumber } from '../format';
import { Attributions } from './explained-model';
import { discount, ndcg } from './ndcg';

/** So many features are named that moved in the ranking. */
const NAMED = 3;

/** How the features' ranking for one label compares with the baseline's. */
export interface RankingDrift {
  readonly label: string;
  /** `undefined` where no feature was worth anything. */
  readonly ndcg: number | undefined;
  /** Features by what they were worth in the baseline, most first. */
  readonly features: readonly RankedFeature[];
}

/** What a feature is worth, and its place in the ranking, counted from 1. */
export interface RankedFeature {
  readonly name: string;
  readonly before: { readonly value: number; readonly rank: number };
  readonly after: { readonly value: number; readonly rank: number };
}

/** Compares the rankings label by label. */
export function rankingDrifts(baseline: Attributions, window: Attributions): RankingDrift[] {
  const [expected, found] = [Object.keys(baseline), Object.keys(window)];
  if (expected.length !== found.length || expected.some(label => !found.includes(label))) {
    throw new AnalyzerError(`the model's labels are ${found.join(', ')}, those of the baseline ${expected.join(', ')}; set labelHeaders as they were for the baseline`);
  }
  return Object.entries(baseline).map(([label, { global_shap_values: before }]) => {
    const after = window[label]?.global_shap_values ?? {};
    const names = Object.keys(before);
    const [valuesBefore, valuesAfter] = [names.map(name => before[name] ?? 0), names.map(name => after[name] ?? 0)];
    const [ranksBefore, ranksAfter] = [ranksOf(valuesBefore), ranksOf(valuesAfter)];
    const features = names.map((name, index) => ({
      name,
      before: { value: valuesBefore[index] ?? 0, rank: ranksBefore[index] ?? 0 },
      after: { value: valuesAfter[index] ?? 0, rank: ranksAfter[index] ?? 0 },
    }));
    return { label, ndcg: ndcg(valuesBefore, valuesAfter), features: features.sort((a, b) => a.before.rank - b.before.rank) };
  });
}

/** A violation for each label whose ranking is too far from the baseline's. */
export function driftViolations(drifts: readonly RankingDrift[], threshold: number): ModelExplainabilityViolation[] {
  return drifts.flatMap((drift) => {
    if (drift.ndcg === undefined || drift.ndcg >= threshold) return [];
    return [{
      label: drift.label,
      metric_name: 'shap' as const,
      constraint_check_type: 'feature_attribution_drift_check' as const,
      description: `Feature attribution drift ${formatDecimal(drift.ndcg)} exceeds threshold ${formatDecimal(threshold)}`,
      explanation: explainDrift(drift),
    }];
  });
}

/** The features whose places moved most, those that rose first: `zip_code 5th → 1st`. */
function explainDrift({ features, ndcg }: RankingDrift): string {
  const score = `nDCG ${formatNumber(ndcg ?? 0)}, 1 is the baseline's`;
  const most = Math.max(...features.map(({ after }) => after.value));
  if (features.length > 1 && features.every(({ after }) => after.value === most)) return `all features are worth the same now, ${formatNumber(most)} (${score})`;
  const moved = features
    .filter(({ before, after }) => before.rank !== after.rank)
    .sort((a, b) => distance(b) - distance(a) || a.after.rank - b.after.rank)
    .map(({ name, before, after }) => `${name} ${ordinal(before.rank)} → ${ordinal(after.rank)}`);
  return `the ranking of features changed: ${moved.slice(0, NAMED).join(', ')} (${score})`;
}

/** A place lost at the top matters more than one at the end. */
function distance({ before, after }: RankedFeature): number {
  return Math.abs(discount(after.rank - 1) - discount(before.rank - 1));
}

/** Equal values in the order of the features. */
function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (const [place, index] of order.entries()) ranks[index] = place + 1;
  return ranks;
}

const SUFFIXES: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };

function ordinal(rank: number): string {
  return `${rank}${SUFFIXES[new Intl.PluralRules('en', { type: 'ordinal' }).select(rank)] ?? 'th'}`;
}
