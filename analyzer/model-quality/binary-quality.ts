import { BinaryClassificationCurves, ConfusionMatrix, ModelQualityAnalysis, ModelQualityStatistics } from '../../lib/contract';
import { Attribute } from '../observation/attribute';
import { probabilityOf } from '../observation/category';
import { Observation } from '../observation/observation';
import { BinaryClasses } from './binary-classes';
import { Figures, fMeasures, ofBestConstant, ratio } from './figures';
import type { Quality } from './quality';
import { metricsOf, PARTS, Resampling } from './resampling';
import { Ranking, Scores } from './scores';
import { NOTHING, numberOf, present } from './values';

/** Rows by what they are and what they were predicted to be. */
interface Outcomes {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** Yes or no, by a prediction, by a probability, or by both. */
export class BinaryQuality implements Quality {
  rows = 0;
  private readonly label: Attribute;
  private readonly prediction: Attribute | undefined;
  private readonly probability: Attribute | undefined;
  private readonly threshold: number;
  private readonly classes: BinaryClasses;
  private readonly resampling = new Resampling();
  private readonly scores = new Scores();
  /** Of each part, rows by label and prediction. */
  private readonly counts = new Float64Array(4 * PARTS);

  constructor(
    { inferenceAttribute, probabilityAttribute, groundTruthAttribute, probabilityThreshold, positiveLabel }: ModelQualityAnalysis,
    baseline: ModelQualityStatistics | undefined,
  ) {
    this.label = new Attribute(groundTruthAttribute, 'label');
    this.probability = probabilityAttribute === undefined ? undefined : new Attribute(probabilityAttribute, 'probability');
    this.prediction = inferenceAttribute === undefined && this.probability ? undefined : new Attribute(inferenceAttribute, 'prediction');
    this.threshold = probabilityThreshold;
    this.classes = new BinaryClasses(positiveLabel, Object.keys(baseline?.binary_classification_metrics?.confusion_matrix ?? {}));
  }

  get onlyLabel(): string | undefined {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this.outcomes(0);
    if (truePositives + falseNegatives === 0) return this.classes.negative;
    return falsePositives + trueNegatives === 0 ? this.classes.positive : undefined;
  }

  read({ output, label }: Observation): () => void {
    const labelCell = label && this.label.cell(label);
    const isPositive = labelCell != null && this.classes.isPositive(labelCell, 'label');
    const score = this.probability && probabilityOf(numberOf(present(this.probability.cell(output), 'probability'), 'probability'));
    const isPredicted = this.prediction
      ? this.classes.isPositive(present(this.prediction.cell(output), 'prediction'), 'prediction')
      : score !== undefined && score >= this.threshold;
    if (labelCell == null) return NOTHING;
    return () => {
      this.add(isPositive, isPredicted, score);
    };
  }

  statistics(): ModelQualityStatistics {
    const metrics = metricsOf(this.rows, part => this.figures(part));
    return {
      version: 0,
      dataset: { item_count: this.rows },
      ...(this.rows > 0 && { binary_classification_metrics: Object.assign({ ...metrics }, this.curves()) }),
    };
  }

  private add(isPositive: boolean, isPredicted: boolean, score: number | undefined): void {
    this.rows++;
    const parts = this.resampling.next();
    if (score !== undefined) this.scores.add(score, isPositive, parts);
    const cell = Number(isPositive) * 2 + Number(isPredicted);
    for (let part = 0; part < PARTS; part++) this.counts[4 * part + cell] = (this.counts[4 * part + cell] ?? 0) + (parts >> part & 1);
  }

  private outcomes(part: number): Outcomes {
    const [trueNegatives = 0, falsePositives = 0, falseNegatives = 0, truePositives = 0] = this.counts.subarray(4 * part);
    return { truePositives, falsePositives, trueNegatives, falseNegatives };
  }

  private figures(part: number): Figures {
    const outcomes = this.outcomes(part);
    return {
      ...predictionFigures(outcomes),
      ...rates(outcomes),
      ...this.probability && areas(this.scores.ranking(part)),
      ...ofBestConstant(predictionFigures(bestConstant(outcomes))),
    };
  }

  private curves(): BinaryClassificationCurves {
    const { positive, negative } = this.classes;
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this.outcomes(0);
    const confusion_matrix: ConfusionMatrix = Object.fromEntries([
      [negative, Object.fromEntries([[negative, trueNegatives], [positive, falsePositives]])],
      [positive, Object.fromEntries([[negative, falseNegatives], [positive, truePositives]])],
    ]);
    if (!this.probability || this.onlyLabel !== undefined) return { confusion_matrix };
    const ranking = this.scores.ranking(0);
    const [characteristic, precisionRecall] = [ranking.receiverOperatingCharacteristic, ranking.precisionRecall];
    return {
      confusion_matrix,
      receiver_operating_characteristic_curve: {
        false_positive_rates: characteristic.map(({ x }) => x), true_positive_rates: characteristic.map(({ y }) => y),
      },
      precision_recall_curve: { precisions: precisionRecall.map(({ y }) => y), recalls: precisionRecall.map(({ x }) => x) },
    };
  }
}

/** Where nothing is positive, there is nothing to find: recall and precision say nothing of the model then. */
function predictionFigures({ truePositives, falsePositives, trueNegatives, falseNegatives }: Outcomes): Figures {
  const accuracy = (truePositives + trueNegatives) / (truePositives + falsePositives + trueNegatives + falseNegatives);
  if (truePositives + falseNegatives === 0) return { recall: undefined, precision: undefined, accuracy };
  const precision = ratio(truePositives, truePositives + falsePositives);
  const recall = truePositives / (truePositives + falseNegatives);
  return { recall, precision, accuracy, ...fMeasures(precision, recall) };
}

function rates({ truePositives, falsePositives, trueNegatives, falseNegatives }: Outcomes): Figures {
  const share = (part: number, rest: number): number | undefined => part + rest === 0 ? undefined : part / (part + rest);
  return {
    true_positive_rate: share(truePositives, falseNegatives),
    true_negative_rate: share(trueNegatives, falsePositives),
    false_positive_rate: share(falsePositives, trueNegatives),
    false_negative_rate: share(falseNegatives, truePositives),
  };
}

function areas(ranking: Ranking): Figures {
  return { auc: ranking.auc, au_prc: ranking.areaUnderPrecisionRecall };
}

/** The service's "best" constant classifier predicts what was predicted most often, whatever the labels are. */
function bestConstant({ truePositives, falsePositives, trueNegatives, falseNegatives }: Outcomes): Outcomes {
  const [positives, negatives] = [truePositives + falseNegatives, trueNegatives + falsePositives];
  return truePositives + falsePositives > trueNegatives + falseNegatives
    ? { truePositives: positives, falsePositives: negatives, trueNegatives: 0, falseNegatives: 0 }
    : { truePositives: 0, falsePositives: 0, trueNegatives: negatives, falseNegatives: positives };
}
