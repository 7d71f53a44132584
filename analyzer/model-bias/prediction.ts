import { Rejection, Row } from '../input/row';
import { Attribute } from '../observation/attribute';
import { ModelBiasAnalysis } from '../../lib/contract';
import { numberOf, probabilityOf } from '../observation/category';
import { CategorySelection, Selection } from './selection';

/** Tells whether the model predicted the positive label. */
export class Prediction {
  private readonly inference: Attribute | undefined;
  private readonly probability: Attribute | undefined;
  private readonly threshold: number;

  constructor({ inferenceAttribute, probabilityAttribute, probabilityThreshold }: ModelBiasAnalysis, private readonly positive: Selection) {
    const isProbability = inferenceAttribute === undefined && probabilityAttribute !== undefined;
    this.inference = isProbability ? undefined : new Attribute(inferenceAttribute, 'prediction');
    this.probability = isProbability ? new Attribute(probabilityAttribute, 'probability') : undefined;
    this.threshold = probabilityThreshold;
  }

  isPositive(output: Row): boolean {
    const cell = (this.inference ?? this.probability)?.cell(output) ?? null;
    if (cell === null) throw new Rejection('the prediction is missing');
    return this.inference === undefined ? this.isProbable(cell) : this.isPositiveLabel(cell);
  }

  private isProbable(cell: string): boolean {
    const probability = numberOf(cell);
    if (probability === undefined) throw new Rejection('the probability is no number');
    return probabilityOf(probability) >= this.threshold;
  }

  private isPositiveLabel(cell: string): boolean {
    if (this.positive.includes(cell)) return true;
    if (this.positive instanceof CategorySelection && !Number.isInteger(numberOf(cell) ?? 0)) {
      throw new Rejection('the prediction is a fraction and no label; where it is a probability, say so of its column (probabilityAttribute, --probability)');
    }
    return false;
  }
}
