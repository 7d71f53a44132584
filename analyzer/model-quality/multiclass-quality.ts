import { ConfusionMatrix, ModelQualityAnalysis, ModelQualityStatistics } from '../../lib/contract';
import { Rejection } from '../input/row';
import { Attribute } from '../observation/attribute';
import { Observation } from '../observation/observation';
import { Figures, fMeasures, ofBestConstant, ratio } from './figures';
import type { Quality } from './quality';
import { metricsOf, PARTS, Resampling } from './resampling';
import { categoryOf } from '../observation/category';
import { NOTHING, present } from './values';

/** More different labels are no classes. */
const MOST_CLASSES = 10_000;
/** A matrix of more classes leaves out its zeros. */
const DENSE_CLASSES = 100;

/** One of several classes. */
export class MulticlassQuality implements Quality {
  rows = 0;
  private readonly label: Attribute;
  private readonly prediction: Attribute;
  private readonly resampling = new Resampling();
  private readonly classes = new Map<string, number>();
  /** Rows of each part by label and prediction. */
  private readonly counts = new Map<number, Float64Array>();

  constructor({ inferenceAttribute, groundTruthAttribute }: ModelQualityAnalysis) {
    this.label = new Attribute(groundTruthAttribute, 'label');
    this.prediction = new Attribute(inferenceAttribute, 'prediction');
  }

  get onlyLabel(): string | undefined {
    const [only, ...others] = new Set([...this.counts.keys()].map(key => Math.floor(key / MOST_CLASSES)));
    return others.length > 0 ? undefined : [...this.classes.keys()][only ?? 0];
  }

  read({ output, label }: Observation): () => void {
    const prediction = this.classOf(present(this.prediction.cell(output), 'prediction'));
    const labelCell = label && this.label.cell(label);
    if (labelCell == null) return NOTHING;
    const cell = this.classOf(labelCell) * MOST_CLASSES + prediction;
    return () => {
      this.add(cell);
    };
  }

  statistics(): ModelQualityStatistics {
    const metrics = metricsOf(this.rows, part => this.figures(part));
    return {
      version: 0,
      dataset: { item_count: this.rows },
      ...(this.rows > 0 && { multiclass_classification_metrics: Object.assign({ ...metrics }, { confusion_matrix: this.confusionMatrix() }) }),
    };
  }

  private classOf(cell: string): number {
    const text = categoryOf(cell);
    const known = this.classes.get(text);
    if (known !== undefined) return known;
    if (this.classes.size === MOST_CLASSES) throw new Rejection(`there are more than ${MOST_CLASSES} different labels; is it a regression?`);
    this.classes.set(text, this.classes.size);
    return this.classes.size - 1;
  }

  private add(cell: number): void {
    this.rows++;
    let counts = this.counts.get(cell);
    if (counts === undefined) this.counts.set(cell, counts = new Float64Array(PARTS));
    const parts = this.resampling.next();
    for (let part = 0; part < PARTS; part++) counts[part] = (counts[part] ?? 0) + (parts >> part & 1);
  }

  private figures(part: number): Figures {
    const actual = new Map<number, number>();
    const predicted = new Map<number, number>();
    const correct = new Map<number, number>();
    for (const [key, counts] of this.counts) {
      const [label, prediction, rows] = [Math.floor(key / MOST_CLASSES), key % MOST_CLASSES, counts[part] ?? 0];
      if (rows === 0) continue;
      actual.set(label, (actual.get(label) ?? 0) + rows);
      predicted.set(prediction, (predicted.get(prediction) ?? 0) + rows);
      if (label === prediction) correct.set(label, rows);
    }
    const constant = this.mostFrequent(predicted);
    const rows = sum(actual.values());
    return {
      ...weighted(actual, predicted, correct),
      ...ofBestConstant(weighted(actual, new Map([[constant, rows]]), new Map([[constant, actual.get(constant) ?? 0]]))),
    };
  }

  /** The first by name among those that are equally frequent: the order of rows must not matter. */
  private mostFrequent(predicted: ReadonlyMap<number, number>): number {
    const most = Math.max(...predicted.values());
    return this.named.find(([, index]) => predicted.get(index) === most)?.[1] ?? 0;
  }

  private confusionMatrix(): ConfusionMatrix {
    const named = this.named;
    return Object.fromEntries(named.map(([label, row]) => [label, Object.fromEntries(named.flatMap(([prediction, column]) => {
      const rows = this.counts.get(row * MOST_CLASSES + column)?.[0] ?? 0;
      return rows === 0 && named.length > DENSE_CLASSES ? [] : [[prediction, rows]];
    }))]));
  }

  private get named(): [string, number][] {
    return [...this.classes].sort(([a], [b]) => a < b ? -1 : 1);
  }
}

/** Each class's figures, weighted by how often the class is the label. */
function weighted(actual: ReadonlyMap<number, number>, predicted: ReadonlyMap<number, number>, correct: ReadonlyMap<number, number>): Figures {
  const total = { accuracy: 0, weighted_recall: 0, weighted_precision: 0, weighted_f0_5: 0, weighted_f1: 0, weighted_f2: 0 };
  const rows = sum(actual.values());
  for (const [label, count] of actual) {
    const hits = correct.get(label) ?? 0;
    const [precision, recall, weight] = [ratio(hits, predicted.get(label) ?? 0), hits / count, count / rows];
    const { f0_5, f1, f2 } = fMeasures(precision, recall);
    total.weighted_recall += weight * recall;
    total.weighted_precision += weight * precision;
    total.weighted_f0_5 += weight * f0_5;
    total.weighted_f1 += weight * f1;
    total.weighted_f2 += weight * f2;
  }
  return { ...total, accuracy: sum(correct.values()) / rows };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
