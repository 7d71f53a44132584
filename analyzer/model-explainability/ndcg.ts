/**
 * Normalised discounted cumulative gain (0–1) of a ranking: 1 where it puts the most relevant first. Those ranked alike share the mean of
 * their places. `undefined` where nothing is relevant.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.ndcg_score.html
 */
export function ndcg(relevance: readonly number[], ranking: readonly number[]): number | undefined {
  const ideal = [...relevance].sort((a, b) => b - a).reduce((gain, value, place) => gain + value * discount(place), 0);
  return ideal === 0 ? undefined : tiedGain(relevance, ranking) / ideal;
}

/** What the place is worth, counted from 0. */
export function discount(place: number): number {
  return 1 / Math.log2(place + 2);
}

function tiedGain(relevance: readonly number[], ranking: readonly number[]): number {
  const order = [...ranking.keys()].sort((a, b) => (ranking[b] ?? 0) - (ranking[a] ?? 0));
  let gain = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const tied = order.filter(item => ranking[item] === ranking[order[start] ?? 0]);
    end = start + tied.length;
    const relevant = tied.reduce((sum, item) => sum + (relevance[item] ?? 0), 0);
    for (let place = start; place < end; place++) gain += relevant / tied.length * discount(place);
  }
  return gain;
}
