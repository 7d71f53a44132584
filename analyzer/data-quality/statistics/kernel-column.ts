import { KllSketch } from '../../../lib/contract';
import { ColumnPart } from '../../input/chunk';
import { ColumnHost, theKernel } from '../../kernel/kernel';
import { finite } from '../../finite';
import { KLL_PARAMETERS } from './kll';
import { MomentsSummary } from './moments-summary';
import { sketchMoments } from './sketch-moments';
import { VALUE_TYPES, ValueType } from './value-type';

/** A value that is told apart from others, and how often it came. */
export interface Category {
  readonly text: string;
  readonly count: number;
  readonly isOutsideDomain: boolean;
}

/** A column of the kernel: it takes values in their order, in memory that does not grow with them. */
export class KernelColumn {
  private readonly kernel = theKernel();
  readonly address: number;

  constructor(host?: ColumnHost) {
    this.address = this.kernel.newColumn(host);
  }

  /** Takes a value as it is written in the data. */
  add(text: string): void {
    this.kernel.handOver(text, (start, end) => {
      this.kernel.calls.addValue(this.address, start, end);
    });
  }

  /** Takes texts, as they are stored. */
  addTexts(part: ColumnPart): void {
    const { kernel: { calls }, address } = this;
    this.kernel.handOverBytes(part.bytes, part.validity, (values, validity) => {
      for (let row = 0; (row = calls.addTexts(address, values, validity, row, part.size)) < part.size; row++) this.add(part.cell(row) ?? '');
    });
  }

  /** How many values have each type. */
  get types(): Readonly<Record<ValueType, number>> {
    const [Integral = 0, Fractional = 0, String = 0] = VALUE_TYPES.map((_, type) => this.kernel.calls.countOf(this.address, type));
    return { Integral, Fractional, String };
  }

  /** Moments of the values that are numbers. */
  get moments(): MomentsSummary {
    const { kernel: { calls }, address, types } = this;
    const count = types.Integral + types.Fractional;
    const sum = calls.sum(address);
    const range = { min: calls.minimum(address), max: calls.maximum(address) };
    if (count === 0) return { count, sum, ...range, mean: 0, standardDeviation: 0 };
    const squares = calls.squares(address);
    const summed = { count, sum, ...range, mean: sum / count, standardDeviation: Math.sqrt(Math.max(0, squares / count)) };
    return Number.isFinite(sum) && Number.isFinite(squares) ? summed : { ...summed, ...this.beyondSums(summed) };
  }

  /** What overflowed, in numbers that a file can hold. */
  private beyondSums({ count, sum, mean, ...range }: MomentsSummary): Pick<MomentsSummary, 'sum' | 'mean' | 'standardDeviation'> {
    const known = sketchMoments(this.sketch, range);
    if (Number.isFinite(sum)) return { sum, mean, standardDeviation: known.standardDeviation };
    return { ...known, sum: finite(known.mean * count) };
  }

  /** Quantile sketch of the values that are numbers. */
  get sketch(): KllSketch {
    const { calls } = this.kernel;
    const data = Array.from({ length: calls.levels(this.address) }, (_, level) => [...this.items(level)]);
    return { parameters: KLL_PARAMETERS, data };
  }

  /** The categories that were told apart, at least at first, in the order in which they came. */
  get categories(): readonly Category[] {
    const { kernel, address } = this;
    return Array.from({ length: kernel.calls.categories(address) }, (_, index) => {
      const text = kernel.calls.categoryText(address, index);
      return {
        text: kernel.text(text, text + kernel.calls.categorySize(address, index)),
        count: kernel.calls.categoryCount(address, index),
        isOutsideDomain: kernel.calls.isCategoryOutside(address, index) === 1,
      };
    });
  }

  /** Whether each different value is a category. */
  get hasCategories(): boolean {
    return this.kernel.calls.hasCategories(this.address) === 1;
  }

  /** How many different values there are, counted or estimated. */
  get distinct(): number {
    return this.hasCategories ? this.kernel.calls.categories(this.address) : this.kernel.calls.distinct(this.address);
  }

  private items(level: number): Float64Array {
    const { bytes, calls } = this.kernel;
    return new Float64Array(bytes.buffer, calls.levelItems(this.address, level), calls.levelSize(this.address, level));
  }
}
