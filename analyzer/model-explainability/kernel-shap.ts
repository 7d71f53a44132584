import { AnalyzerError } from '../analyzer-error';
import { Coalitions, kernelCoalitions } from './coalitions';
import { KernelRegression } from './kernel-regression';

/** What a model answers to rows: for each row one score a label, row by row. */
export interface Scores {
  readonly labels: number;
  readonly values: Float64Array;
}

/** Rows whose scores explain one row. */
export interface Question<Value> {
  readonly rows: readonly (readonly Value[])[];
  /** SHAP values of a label's score, one a feature. */
  readonly attributions: (scores: Scores, label: number) => Float64Array;
}

/** How scores are explained. */
export interface KernelShapOptions {
  /** Coalitions tried for a row with more than 10 varying features; absent: 2 × features + 2048. */
  readonly samples?: number;
  /** Explains log odds in place of probabilities. */
  readonly useLogit: boolean;
}

interface Plan {
  readonly coalitions: Coalitions;
  readonly regression: KernelRegression;
}

/**
 * Kernel SHAP (Lundberg and Lee 2017): what each feature of a row adds to the score, compared with background rows. It knows nothing of
 * the values but whether two are the same: a coalition takes the row's own or the background's.
 *
 * @see https://arxiv.org/abs/1705.07874
 */
export class KernelShap<Value> {
  private readonly plans = new Map<number, Plan>();

  /** @param backgroundScores what the model answers to the background. */
  constructor(
    private readonly background: readonly (readonly Value[])[],
    private readonly backgroundScores: Scores,
    private readonly options: KernelShapOptions,
  ) {}

  /** What is expected of a row of which nothing is known. */
  expectedValue(label: number): number {
    return this.meanScore(this.backgroundScores, label, 0);
  }

  /** Asks for the row itself, then for each coalition with each background row. A feature that never differs from the background's plays no part. */
  question(row: readonly Value[]): Question<Value> {
    const varying = [...row.keys()].filter(feature => this.background.some(other => other[feature] !== row[feature]));
    if (varying.length === 0) return { rows: [], attributions: () => new Float64Array(row.length) };
    const plan = varying.length === 1 ? undefined : this.plan(varying.length);
    return {
      rows: [row, ...plan === undefined ? [] : this.mixedRows(row, varying, plan.coalitions)],
      attributions: (scores, label) => {
        const expected = this.expectedValue(label);
        const whole = this.linked(scores.values[label] ?? NaN) - expected;
        const gains = Float64Array.from({ length: plan?.coalitions.count ?? 0 }, (_, coalition) =>
          this.meanScore(scores, label, 1 + coalition * this.background.length) - expected);
        const parts = plan?.regression.parts(gains, whole) ?? [whole];
        const attributions = new Float64Array(row.length);
        for (const [index, feature] of varying.entries()) attributions[feature] = parts[index] ?? 0;
        return attributions;
      },
    };
  }

  /** Coalitions depend on how many features vary, not on which. */
  private plan(varying: number): Plan {
    let plan = this.plans.get(varying);
    if (plan === undefined) {
      const coalitions = kernelCoalitions(varying, this.options.samples);
      plan = { coalitions, regression: new KernelRegression(coalitions) };
      this.plans.set(varying, plan);
    }
    return plan;
  }

  private mixedRows(row: readonly Value[], varying: readonly number[], { count, features, members }: Coalitions): Value[][] {
    const rows: Value[][] = [];
    for (let start = 0; start < count * features; start += features) {
      for (const other of this.background) {
        const mixed = [...row];
        for (const [index, feature] of varying.entries()) if (members[start + index] === 0) mixed[feature] = other[feature] as Value;
        rows.push(mixed);
      }
    }
    return rows;
  }

  /** Mean over the background of the scores from a row on. */
  private meanScore({ labels, values }: Scores, label: number, row: number): number {
    const rows = this.background.length;
    let sum = 0;
    for (let at = row * labels + label, end = at + rows * labels; at < end; at += labels) sum += values[at] ?? NaN;
    return this.linked(sum / rows);
  }

  private linked(score: number): number {
    return this.options.useLogit ? logit(score) : score;
  }
}

/** Scores that are sure of themselves have log odds of ±36 and not of infinity. */
function logit(score: number): number {
  if (score < 0 || score > 1) throw new AnalyzerError(`the model's score ${score} has no log odds, as it lies outside of 0 to 1; set useLogit to false or name the attribute of a probability`);
  const inside = Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON);
  return Math.log(inside / (1 - inside));
}
