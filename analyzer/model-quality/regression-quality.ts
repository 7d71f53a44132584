import { ModelQualityAnalysis, ModelQualityStatistics } from '../../lib/contract';
import { formatNumber } from '../format';
import { Attribute } from '../observation/attribute';
import { Observation } from '../observation/observation';
import { Figures } from './figures';
import type { Quality } from './quality';
import { metricsOf, PARTS, Resampling } from './resampling';
import { NOTHING, numberOf, present } from './values';

/** A number. */
export class RegressionQuality implements Quality {
  private readonly label: Attribute;
  private readonly prediction: Attribute;
  private readonly resampling = new Resampling();
  private readonly whole = new Errors();
  private readonly parts = [this.whole, ...Array.from({ length: PARTS - 1 }, () => new Errors())];

  constructor({ inferenceAttribute, groundTruthAttribute }: ModelQualityAnalysis) {
    this.label = new Attribute(groundTruthAttribute, 'label');
    this.prediction = new Attribute(inferenceAttribute, 'prediction');
  }

  get rows(): number {
    return this.whole.rows;
  }

  get onlyLabel(): string | undefined {
    return this.whole.varies ? undefined : formatNumber(this.whole.meanLabel);
  }

  read({ output, label }: Observation): () => void {
    const prediction = numberOf(present(this.prediction.cell(output), 'prediction'), 'prediction');
    const labelCell = label && this.label.cell(label);
    if (labelCell == null) return NOTHING;
    const value = numberOf(labelCell, 'label');
    return () => {
      const parts = this.resampling.next();
      for (const [part, errors] of this.parts.entries()) if ((parts >> part & 1) === 1) errors.add(value, prediction);
    };
  }

  statistics(): ModelQualityStatistics {
    return {
      version: 0,
      dataset: { item_count: this.rows },
      ...(this.rows > 0 && { regression_metrics: metricsOf(this.rows, part => this.parts[part]?.figures ?? {}) }),
    };
  }
}

/** How far predictions are from labels. */
class Errors {
  rows = 0;
  meanLabel = 0;
  private absolute = 0;
  private squared = 0;
  /** Squared distances of the labels from their mean. */
  private spread = 0;

  add(label: number, prediction: number): void {
    const error = label - prediction;
    this.rows++;
    this.absolute += Math.abs(error);
    this.squared += error * error;
    const distance = label - this.meanLabel;
    this.meanLabel += distance / this.rows;
    this.spread += distance * (label - this.meanLabel);
  }

  get varies(): boolean {
    return this.spread > 0;
  }

  get figures(): Figures {
    const mse = this.squared / this.rows;
    return { mae: this.absolute / this.rows, mse, rmse: Math.sqrt(mse), r2: this.varies ? 1 - this.squared / this.spread : undefined };
  }
}
