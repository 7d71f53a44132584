/** How well probabilities tell the labels. */
export function score(probabilities, labels) {
  return { auc: areaUnderCurve(probabilities, labels), accuracy: accuracy(probabilities, labels) };
}

/** Share of pairs of a positive and a negative that are in the right order; equal ones count half. */
function areaUnderCurve(probabilities, labels) {
  const ranks = averageRanks(probabilities);
  const positives = labels.filter(label => label === 1).length;
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) throw new Error('AUC needs both labels, but all rows have the same one');
  const rankSum = labels.reduce((sum, label, index) => (label === 1 ? sum + ranks[index] : sum), 0);
  return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
}

/** Share of rows whose likelier label is the true one. */
function accuracy(probabilities, labels) {
  return labels.filter((label, index) => Number(probabilities[index] >= 0.5) === label).length / labels.length;
}

/** Ranks from 1; equal values share the mean of theirs. */
function averageRanks(values) {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const ranks = new Array(values.length);
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) end++;
    for (let position = first; position < end; position++) ranks[order[position]] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}
