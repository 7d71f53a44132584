import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';
import { explainRows, LabelExplanation } from '../../analyzer/model-explainability/explanation';
import { Scores } from '../../analyzer/model-explainability/kernel-shap';
import { ndcg } from '../../analyzer/model-explainability/ndcg';
import { ask, describeWithOracles } from './oracle';

/** A model's score: linear, with interactions and steps as in a tree. */
interface Output {
  readonly bias: number;
  readonly linear: readonly number[];
  readonly products: readonly (readonly [number, number, number])[];
  readonly steps: readonly (readonly [number, number, number])[];
  readonly isProbability: boolean;
}

interface Case {
  readonly outputs: readonly Output[];
  readonly background: readonly (readonly number[])[];
  readonly rows: readonly (readonly number[])[];
  readonly useLogit: boolean;
}

/** Of the 2 ** 11 coalitions and more that there are. */
const SAMPLES = 1000;

const random = xoroshiro128plus(4);
const uniform = (): number => unsafeUniformIntDistribution(-1000, 1000, random) / 500;
const below = (bound: number): number => unsafeUniformIntDistribution(0, bound - 1, random);
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

function anOutput(features: number, isProbability: boolean, isLinear = false): Output {
  return {
    bias: uniform(),
    linear: many(features, uniform),
    products: isLinear ? [] : many(below(features), () => [below(features), below(features), uniform()]),
    steps: isLinear ? [] : many(below(2 * features), () => [below(features), uniform(), uniform()]),
    isProbability,
  };
}

function aCase(features: number, index: number, isLinear = false): Case {
  const isProbability = index % 3 > 0;
  const background = many(1 + below(4), () => many(features, uniform));
  return {
    outputs: many(1 + below(3), () => anOutput(features, isProbability, isLinear)),
    background,
    // Some features of some rows are the background's own.
    rows: many(2, () => many(features, feature => below(6) === 0 ? background[0]![feature]! : uniform())),
    useLogit: isProbability && index % 3 === 2,
  };
}

function score({ outputs }: Pick<Case, 'outputs'>, rows: readonly (readonly number[])[]): Scores {
  return { labels: outputs.length, values: Float64Array.from(rows.flatMap(row => outputs.map(output => scoreOf(output, row)))) };
}

function scoreOf({ bias, linear, products, steps, isProbability }: Output, row: readonly number[]): number {
  let sum = bias + linear.reduce((total, factor, feature) => total + factor * row[feature]!, 0);
  for (const [a, b, factor] of products) sum += factor * row[a]! * row[b]!;
  for (const [feature, threshold, gain] of steps) sum += row[feature]! > threshold ? gain : 0;
  return isProbability ? 1 / (1 + Math.exp(-sum)) : sum;
}

function explain(each: Case, samples?: number): Promise<LabelExplanation[]> {
  return explainRows(each.rows, each.background, rows => Promise.resolve(score(each, rows)), { samples, useLogit: each.useLogit });
}

function largestGap(a: readonly (readonly number[] | Float64Array)[], b: readonly (readonly number[] | Float64Array)[]): number {
  return Math.max(...a.flatMap((values, row) => [...values].map((value, feature) => Math.abs(value - b[row]![feature]!))));
}

const exact = many(60, index => aCase(1 + index % 10, index));
const wide = many(9, index => aCase(11 + index % 3, index));
const rankings = many(60, (index) => {
  const features = 2 + below(20);
  // Few different values: ties.
  return { relevance: many(features, () => Math.abs(uniform())), ranking: many(features, () => index % 2 === 0 ? below(4) : Math.abs(uniform())) };
});

interface Answer {
  readonly explanations: readonly { readonly expected: readonly number[]; readonly values: readonly (readonly (readonly number[])[])[] }[];
  readonly ndcg: readonly number[];
}

describeWithOracles('beside shap.KernelExplainer', () => {
  let answer: Answer;
  beforeAll(() => {
    answer = ask('kernel_shap.py', { cases: [...exact, ...wide, ...wide.map(each => ({ ...each, samples: SAMPLES }))], rankings }) as Answer;
  });

  test('up to ten features, values and expected value are the same', async () => {
    for (const [index, each] of exact.entries()) {
      for (const [label, { attributions, expectedValue }] of (await explain(each)).entries()) {
        const theirs = answer.explanations[index]!;
        expect(expectedValue).toBeCloseTo(theirs.expected[label]!, 9);
        expect(largestGap(attributions, theirs.values[label]!)).toBeLessThan(1e-6);
      }
    }
  });

  test('of more features a sample of coalitions comes as near to all of them as theirs does', async () => {
    const errors = { ours: 0, theirs: 0 };
    for (const [index, each] of wide.entries()) {
      const [all, sample] = [answer.explanations[exact.length + index]!, answer.explanations[exact.length + wide.length + index]!];
      for (const [label, { attributions }] of (await explain(each, SAMPLES)).entries()) {
        const largest = Math.max(...all.values[label]!.flat().map(Math.abs));
        const error = largestGap(attributions, all.values[label]!) / largest;
        expect(error).toBeLessThan(0.05);
        errors.ours += error;
        errors.theirs += largestGap(sample.values[label]!, all.values[label]!) / largest;
      }
    }
    expect(errors.ours).toBeLessThan(1.1 * errors.theirs);
  });

  test('nDCG is that of sklearn.metrics.ndcg_score, ties included', () => {
    for (const [index, { relevance, ranking }] of rankings.entries()) expect(ndcg(relevance, ranking)).toBeCloseTo(answer.ndcg[index]!, 12);
  });
});

describe('what is known without an oracle', () => {
  test('of a linear model each value is the factor times the distance from the mean background, whatever the number of samples', async () => {
    for (const features of [3, 10, 15, 40]) {
      const each = { ...aCase(features, 0, true), useLogit: false };
      for (const [label, { attributions }] of (await explain(each, 2 * features)).entries()) {
        const means = many(features, feature => each.background.reduce((sum, row) => sum + row[feature]!, 0) / each.background.length);
        const expected = each.rows.map(row => row.map((value, feature) => each.outputs[label]!.linear[feature]! * (value - means[feature]!)));
        expect(largestGap(attributions, expected)).toBeLessThan(1e-9);
      }
    }
  });

  test('the values of a row add up to its score less the expected one', async () => {
    for (const each of [...exact, ...wide, aCase(20, 1), aCase(60, 2)]) {
      const { values, labels } = score(each, each.rows);
      const link = (value: number): number => each.useLogit ? Math.log(value / (1 - value)) : value;
      for (const [label, { attributions, expectedValue }] of (await explain(each, 100)).entries()) {
        for (const [row, parts] of attributions.entries()) {
          expect(parts.reduce((sum, part) => sum + part, expectedValue)).toBeCloseTo(link(values[row * labels + label]!), 8);
        }
      }
    }
  });
});
