import { numberText } from '../../input/chunk-row';
import { Cell } from '../../input/row';
import { Categories, Category } from './categories';
import { ColumnValues } from './column';
import { DistinctCounter } from './distinct-counter';
import { Field } from './field';
import { Numbers } from './numbers';
import { numberHash, textHash } from './hashes';
import { numberOf, ValueType, valueType } from './value-type';

/** As many categories get a distribution; with more, only their number is known. */
const MAX_CATEGORIES = 120;
/** As many values from outside the domain are told apart. */
const MAX_UNSEEN = 1000;

const field = new Field();

/** What is known of a column before its values come. */
export interface ColumnOptions {
  /** The values that the baseline allows. */
  readonly domain?: ReadonlySet<string>;
  /** Replaces each value before anything is kept of it; such a column is text. */
  readonly hash?: (value: string) => string;
}

/** Takes the values of one column, in memory that does not grow with them. */
export class ColumnTally {
  private present = 0;
  private readonly types: Record<ValueType, number> = { Integral: 0, Fractional: 0, String: 0 };
  private readonly numbers = new Numbers();
  private categories: Categories | undefined = new Categories();
  private readonly distinct = new DistinctCounter();
  private outsideDomain = 0;
  private readonly numberTexts = new Map<number, string>();
  private readonly unseen = new Map<string, number>();

  constructor(readonly name: string, private readonly options: ColumnOptions = {}) {}

  get isHashed(): boolean {
    return this.options.hash !== undefined;
  }

  add(cell: Cell): void {
    if (cell !== null) this.addText(cell);
  }

  /** Takes a number that was stored as such. */
  addNumber(value: number, type: 'Integral' | 'Fractional'): void {
    if (!this.needsText && !this.isHashed && Number.isFinite(value)) this.addOther('', numberHash(value), type, value);
    else this.addText(this.textOf(value, type), numberHash(value));
  }

  /** Takes the field of plain CSV that begins at `start`; returns where it ends, at a comma or at `end`. */
  addField(bytes: Buffer, start: number, end: number): number {
    field.read(bytes, start, end);
    const { end: fieldEnd, hash, type, number } = field;
    if (fieldEnd === start) return start;
    const known = this.isHashed ? undefined : this.categories?.ofBytes(hash, bytes, start, fieldEnd);
    if (known !== undefined) this.addKnown(known);
    else if (this.isHashed) this.addText(bytes.toString('latin1', start, fieldEnd));
    else this.addOther(this.needsText ? bytes.toString('latin1', start, fieldEnd) : '', hash, type, number);
    return fieldEnd;
  }

  values(): ColumnValues {
    const { present, types, categories, outsideDomain, unseen } = this;
    return {
      present, types, outsideDomain, unseen, ...this.numbers.summary(),
      distinct: categories?.list.length ?? this.distinct.estimate(),
      categories: categories && new Map(categories.list.map(({ text, count }) => [text, count])),
    };
  }

  /** `identity` tells values apart when there are too many to keep their texts. */
  private addText(value: string, identity?: number): void {
    const text = this.options.hash?.(value) ?? value;
    const hash = textHash(text);
    const known = this.categories?.ofText(hash, text);
    if (known !== undefined) {
      this.addKnown(known);
      return;
    }
    const type = this.isHashed ? 'String' : valueType(text);
    this.addOther(text, hash, type, type === 'String' ? NaN : numberOf(text), this.isHashed ? hash : identity);
  }

  /** Numbers that come often are written once. */
  private textOf(value: number, type: ValueType): string {
    const known = this.numberTexts.get(value);
    if (known !== undefined) return known;
    const text = numberText(value, type === 'Fractional');
    if (this.numberTexts.size <= MAX_CATEGORIES) this.numberTexts.set(value, text);
    return text;
  }

  private addKnown(category: Category): void {
    category.count++;
    this.count(category.type, category.number);
    if (category.isOutsideDomain) this.addUnseen(category.text);
  }

  private addOther(text: string, hash: number, type: ValueType, number: number, identity = hash): void {
    this.count(type, number);
    const isOutsideDomain = this.options.domain?.has(text) === false;
    if (isOutsideDomain) this.addUnseen(text);
    if (this.categories === undefined) this.distinct.add(identity);
    else this.addCategory(this.categories, { text, hash, identity, type, number, isOutsideDomain, count: 1 });
  }

  private count(type: ValueType, number: number): void {
    this.present++;
    if (type === 'Fractional') this.types.Fractional++;
    else if (type === 'Integral') this.types.Integral++;
    else this.types.String++;
    if (type !== 'String') this.numbers.add(number);
  }

  private addUnseen(text: string): void {
    this.outsideDomain++;
    if (this.unseen.size < MAX_UNSEEN || this.unseen.has(text)) this.unseen.set(text, (this.unseen.get(text) ?? 0) + 1);
  }

  private addCategory(categories: Categories, category: Category): void {
    categories.add(category);
    if (categories.list.length <= MAX_CATEGORIES) return;
    for (const { identity } of categories.list) this.distinct.add(identity);
    this.categories = undefined;
  }

  /** Text is made of bytes only where something is kept of it or compared with it. */
  private get needsText(): boolean {
    return this.categories !== undefined || this.options.domain !== undefined;
  }
}
