import { ColumnPart } from '../../input/chunk';
import { Cell } from '../../input/row';
import { ColumnHost } from '../../kernel/kernel';
import { ColumnValues } from './column';
import { KernelColumn } from './kernel-column';
import { kllBuckets } from './kll';

/** As many values from outside the domain are told apart. */
const MAX_UNSEEN = 1000;

/** What is known of a column before its values come. */
export interface ColumnOptions {
  /** The values that the baseline allows. */
  readonly domain?: ReadonlySet<string>;
  /** Replaces each value before anything is kept of it; such a column is text. */
  readonly hash?: (value: string) => string;
}

/** Takes the values of one column, and those apart that the baseline does not allow. */
export class ColumnTally implements ColumnHost {
  private readonly column: KernelColumn;
  /** How often values came that are outside the domain; of categories, only the first time. */
  private readonly unseen = new Map<string, number>();
  private outsideDomain = 0;

  constructor(readonly name: string, private readonly options: ColumnOptions = {}) {
    this.column = new KernelColumn(this);
  }

  get hasDomain(): boolean {
    return this.options.domain !== undefined;
  }

  get isSensitive(): boolean {
    return this.options.hash !== undefined;
  }

  /** Of the column in the kernel. */
  get address(): number {
    return this.column.address;
  }

  add(cell: Cell): void {
    if (cell !== null) this.column.add(cell);
  }

  addTexts(part: ColumnPart): void {
    this.column.addTexts(part);
  }

  isOutsideDomain(text: string): boolean {
    if (this.options.domain?.has(text) !== false) return false;
    this.outsideDomain++;
    if (this.unseen.size < MAX_UNSEEN || this.unseen.has(text)) this.unseen.set(text, (this.unseen.get(text) ?? 0) + 1);
    return true;
  }

  standInFor(text: string): string {
    return this.options.hash?.(text) ?? text;
  }

  values(): ColumnValues {
    const { types, moments, sketch, distinct, hasCategories, categories } = this.column;
    const repeated = categories.filter(({ isOutsideDomain }) => isOutsideDomain).map(({ text, count }) => ({ text, count: count - 1 }));
    const unseen = new Map(this.unseen);
    for (const { text, count } of repeated) unseen.set(text, (unseen.get(text) ?? 0) + count);
    return {
      present: types.Integral + types.Fractional + types.String,
      types, moments, sketch, distinct, unseen,
      buckets: moments.count > 0 ? kllBuckets(sketch, moments.min, moments.max) : [],
      categories: hasCategories ? new Map(categories.map(({ text, count }) => [text, count])) : undefined,
      outsideDomain: repeated.reduce((sum, { count }) => sum + count, this.outsideDomain),
    };
  }
}
