// Explains 300 rows of 20 features by 100 coalitions each, against 10 background rows. The model costs next to nothing.
import { explainRows } from '../analyzer/model-explainability/explanation';

const [ROWS, FEATURES, BACKGROUND, SAMPLES] = [300, 20, 10, 100];
let state = 1;
const random = (): number => (state = state * 48271 % 2147483647) / 2147483647;
const rows = (count: number): number[][] => Array.from({ length: count }, () => Array.from({ length: FEATURES }, random));

// eslint-disable-next-line @typescript-eslint/require-await -- a model is asked over the network
async function score(asked: readonly (readonly number[])[]): Promise<{ labels: number; values: Float64Array }> {
  return { labels: 1, values: Float64Array.from(asked, row => row.reduce((sum, value, index) => sum + value * index, 0)) };
}

void explainRows(rows(ROWS), rows(BACKGROUND), score, { samples: SAMPLES, useLogit: false });
