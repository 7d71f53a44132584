import { RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';
import { Row } from '../../analyzer/input/row';
import { metricsIn } from '../../analyzer/model-quality/constraints';
import { emptyQuality } from '../../analyzer/model-quality/empty-quality';
import { observationOf } from '../../analyzer/observation/observation';
import { ModelQualityAnalysis, ProblemType } from '../../lib/contract';
import { ask, describeWithOracles } from './oracle';

interface Case {
  readonly name: string;
  readonly kind: ProblemType;
  readonly labels: readonly (number | string)[];
  readonly predictions: readonly (number | string)[];
  readonly scores?: readonly number[];
}

const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1);

class Draw {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  integer(below: number): number {
    return unsafeUniformIntDistribution(0, below - 1, this.generator);
  }

  /** 0–1, on a grid: a coarse one makes many values equal. */
  share(grid = 2 ** 30): number {
    return this.integer(grid + 1) / grid;
  }

  values<T>(count: number, value: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => value(index));
  }
}

/** Balanced or rare positives, few or many rows, scores that are often equal or never, models from useless to perfect. */
function binaryCase(seed: number): Case {
  const draw = new Draw(seed);
  const [rows, share, skill, grid] = [2 + draw.integer(seed % 3 === 0 ? 2000 : 40), draw.share(), draw.share(), [2, 10, 2 ** 30][seed % 3]];
  const labels = draw.values(rows, index => index < 2 ? index : Number(draw.share() < share));
  const scores = labels.map(label => skill * label + (1 - skill) * draw.share(grid));
  const threshold = draw.share(4);
  const name = `binary ${seed}: ${rows} rows`;
  return seed % 5 === 0
    ? { name, kind: 'BinaryClassification', labels, predictions: labels.map(() => draw.integer(2)) }
    : { name, kind: 'BinaryClassification', labels, scores, predictions: scores.map(score => Number(score >= threshold)) };
}

/** Classes that are never predicted, and predictions that are nobody's label. */
function multiclassCase(seed: number): Case {
  const draw = new Draw(1000 + seed);
  const [classes, rows, skill] = [2 + draw.integer(12), 2 + draw.integer(500), draw.share()];
  const labels = draw.values(rows, () => `c${Math.min(draw.integer(classes), draw.integer(classes))}`);
  return {
    name: `multiclass ${seed}: ${classes} classes, ${rows} rows`, kind: 'MulticlassClassification', labels,
    predictions: labels.map(label => draw.share() < skill ? label : `c${draw.integer(classes + 2)}`),
  };
}

/** Labels far from zero or around it, with errors that are small or larger than the labels. */
function regressionCase(seed: number): Case {
  const draw = new Draw(2000 + seed);
  const [rows, offset, size] = [2 + draw.integer(800), [0, 1e6, -300][seed % 3] ?? 0, 10 ** draw.integer(4)];
  const labels = draw.values(rows, index => offset + 100 * draw.share() + (index === 0 ? 1 : 0));
  return { name: `regression ${seed}: ${rows} rows`, kind: 'Regression', labels, predictions: labels.map(label => label + size * (draw.share() - 0.5)) };
}

function figuresOf({ kind, labels, predictions, scores }: Case): Record<string, number> {
  const analysis: ModelQualityAnalysis = {
    problemType: kind, groundTruthAttribute: 'label', inferenceAttribute: 'prediction', ...scores && { probabilityAttribute: 'score' },
    probabilityThreshold: 0.5, labelDelayHours: 0, tolerance: 0, minimumRows: 0,
  };
  const quality = emptyQuality(analysis);
  const names = ['label', 'prediction', 'score'];
  for (const [index, label] of labels.entries()) {
    const row: Row = { names, cells: [String(label), String(predictions[index]), String(scores?.[index])] };
    quality.read(observationOf(row))();
  }
  return Object.fromEntries(Object.entries(metricsIn(quality.statistics(), kind))
    .filter(([name]) => kind === 'BinaryClassification' || !name.endsWith('_best_constant_classifier'))
    .map(([name, { value }]) => [name, value]));
}

describeWithOracles('model quality beside scikit-learn', () => {
  const cases = SEEDS.flatMap(seed => [binaryCase(seed), multiclassCase(seed), regressionCase(seed)]);
  let theirs: readonly Readonly<Record<string, number>>[];
  beforeAll(() => {
    theirs = ask('model_quality.py', cases) as typeof theirs;
  });

  test.each(cases.map((each, index) => [each.name, each, index] as const))('%s', (_, each, index) => {
    const [ours, expected] = [figuresOf(each), theirs[index] ?? {}];
    expect(Object.keys(ours).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) {
      const difference = Math.abs((ours[name] ?? NaN) - value) / Math.max(1, Math.abs(value));
      expect({ name, agrees: difference < 1e-9, ours: ours[name], value }).toMatchObject({ agrees: true });
    }
  });
});
