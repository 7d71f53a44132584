import { ShapAggregation } from '../../lib/contract';
import { advancePhase, beginPhase } from '../progress';
import { KernelShap, KernelShapOptions, Question, Scores } from './kernel-shap';

/** About so many values are asked with before the answers are made use of: memory stays small, requests are full. */
const VALUES_AT_ONCE = 1_000_000;

/** Asks the model for the scores of rows. */
export type ScoreRows<Value> = (rows: readonly (readonly Value[])[]) => Promise<Scores>;

/** What features are worth to one label's score. */
export interface LabelExplanation {
  readonly expectedValue: number;
  /** SHAP values of each row, one a feature. */
  readonly attributions: readonly Float64Array[];
}

/** Explains the scores that a model gives to rows, label by label. */
export async function explainRows<Value>(
  rows: readonly (readonly Value[])[], background: readonly (readonly Value[])[], score: ScoreRows<Value>, options: KernelShapOptions,
): Promise<LabelExplanation[]> {
  const backgroundScores = await score(background);
  const shap = new KernelShap(background, backgroundScores, options);
  const labels = Array.from({ length: backgroundScores.labels }, (_, label) =>
    ({ expectedValue: shap.expectedValue(label), attributions: [] as Float64Array[] }));
  beginPhase({ doing: 'explaining', total: { count: rows.length, unit: 'rows' } });
  for (const questions of batches(rows.map(row => () => shap.question(row)))) {
    const { values } = await score(questions.flatMap(question => question.rows));
    let start = 0;
    for (const { rows: asked, attributions } of questions) {
      const end = start + asked.length * labels.length;
      const answer: Scores = { labels: labels.length, values: values.subarray(start, end) };
      for (const [label, explanation] of labels.entries()) explanation.attributions.push(attributions(answer, label));
      start = end;
    }
    advancePhase(questions.length);
  }
  return labels;
}

/** Global SHAP values, one a feature. */
export function globalAttributions(attributions: readonly Float64Array[], aggregation: ShapAggregation): number[] {
  const features = attributions[0]?.length ?? 0;
  return Array.from({ length: features }, (_, feature) => AGGREGATIONS[aggregation](attributions.map(values => values[feature] ?? 0)));
}

const AGGREGATIONS: Readonly<Record<ShapAggregation, (values: readonly number[]) => number>> = {
  mean_abs: values => mean(values.map(Math.abs)),
  mean_sq: values => mean(values.map(value => value ** 2)),
  median: (values) => {
    const sorted = Float64Array.from(values, Math.abs).sort();
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  },
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function* batches<Value>(questions: readonly (() => Question<Value>)[]): Generator<Question<Value>[]> {
  let batch: Question<Value>[] = [];
  let values = 0;
  for (const ask of questions) {
    const question = ask();
    batch.push(question);
    values += question.rows.length * (question.rows[0]?.length ?? 0);
    if (values < VALUES_AT_ONCE) continue;
    yield batch;
    batch = [];
    values = 0;
  }
  if (batch.length > 0) yield batch;
}
