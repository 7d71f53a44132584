import { Categories, Category } from './categories';
import { addDistinct, newDistinctCounter } from './distinct-counter';
import { number, readText, type } from './field';
import { hashBits, hashText } from './hash';
import { addSensitive, isOutsideDomain, writeInteger, writeNumber } from './host';
import { Kll } from './kll';
import { FRACTIONAL, INTEGRAL, TEXT } from './value-type';

/** Up to here, every whole number is a double. */
const MAX_SAFE: i64 = 0x1f_ffff_ffff_ffff;
/** Room for the longest text of a double. */
const numberText = memory.data(48);

/** Takes the values of one column, in memory that does not grow with them. */
@unmanaged
export class Column {
  /** How many values have each type, in the order of their numbers. */
  integral: f64;
  fractional: f64;
  text: f64;
  sum: f64;
  minimum: f64;
  maximum: f64;
  average: f64;
  squares: f64;
  kll: Kll;
  categories: Categories;
  /** Counts distinct values once there are too many categories; until then 0. */
  counter: usize;
  hasDomain: bool;
  isSensitive: bool;

  get numbers(): f64 {
    return this.integral + this.fractional;
  }

  /** Takes a value as it stands in the data. */
  @inline
  add(start: usize, end: usize): void {
    if (this.isSensitive) addSensitive(changetype<usize>(this), start, end);
    else this.addText(start, end);
  }

  @inline
  private addText(start: usize, end: usize): void {
    const hash = hashText(start, end);
    const known = this.knownText(hash, start, end);
    if (known !== null) {
      this.addKnown(known);
      return;
    }
    readText(start, end);
    this.addNew(start, end, hash, hash, type, number);
  }

  /** Takes a text that is no number, whatever it looks like. */
  addStandIn(start: usize, end: usize): void {
    const hash = hashText(start, end);
    const known = this.knownText(hash, start, end);
    if (known !== null) this.addKnown(known);
    else this.addNew(start, end, hash, hash, TEXT, NaN);
  }

  /** Whether nobody looks at single numbers any more. */
  get onlyCounts(): bool {
    return this.counter != 0 && !this.hasDomain && !this.isSensitive;
  }

  /** Takes a number that was stored as such. */
  @inline
  addDouble(value: f64, kind: u32): void {
    const identity = hashBits(reinterpret<u64>(value));
    if (this.onlyCounts && isFinite(value)) {
      this.count(kind, value);
      addDistinct(this.counter, identity);
    } else {
      this.addStored(value, kind, identity);
    }
  }

  /** Takes a whole number that was stored as such. */
  @inline
  addInteger(value: i64): void {
    if (isSafe(value)) this.addDouble(<f64>value, INTEGRAL);
    else this.add(numberText, writeInteger(numberText, value));
  }

  private addStored(value: f64, kind: u32, identity: u32): void {
    const known = this.counter == 0 ? this.categories.ofNumber(identity, value, kind) : null;
    if (known !== null) {
      this.addKnown(known);
      return;
    }
    const end = writeNumber(numberText, value, kind == FRACTIONAL);
    if (this.isSensitive) {
      addSensitive(changetype<usize>(this), numberText, end);
      return;
    }
    const hash = hashText(numberText, end);
    const knownText = this.knownText(hash, numberText, end);
    if (knownText !== null) {
      this.addKnown(knownText);
      return;
    }
    readText(numberText, end);
    this.addNew(numberText, end, hash, identity, type, number);
    if (this.counter == 0 && type == kind) this.categories.addNumber(identity);
  }

  @inline
  private knownText(hash: u32, start: usize, end: usize): Category | null {
    return this.counter == 0 ? this.categories.ofText(hash, start, end) : null;
  }

  private addKnown(category: Category): void {
    category.count++;
    this.count(category.type, category.number);
  }

  @inline
  private addNew(start: usize, end: usize, hash: u32, identity: u32, kind: u32, value: f64): void {
    this.count(kind, value);
    const isOutside = this.hasDomain && isOutsideDomain(changetype<usize>(this), start, end);
    if (this.counter != 0) addDistinct(this.counter, identity);
    else this.addCategory(start, end, hash, identity, kind, value, isOutside);
  }

  private addCategory(start: usize, end: usize, hash: u32, identity: u32, kind: u32, value: f64, isOutside: bool): void {
    const category = this.categories.add(hash, start, end);
    category.identity = identity;
    category.type = kind;
    category.number = value;
    category.isOutsideDomain = isOutside;
    if (this.categories.areTooMany) this.countCategories();
  }

  private countCategories(): void {
    this.counter = newDistinctCounter();
    for (let index: u32 = 0; index < this.categories.size; index++) addDistinct(this.counter, this.categories.at(index).identity);
  }

  /** Counts values of a type. */
  @inline
  addCount(kind: u32, values: u32): void {
    const place = changetype<usize>(this) + (<usize>kind << 3);
    store<f64>(place, load<f64>(place) + values);
  }

  /** Counts a value; a number goes into the moments, in the service's order of operations: the last bit depends on it. */
  @inline
  private count(kind: u32, value: f64): void {
    this.addCount(kind, 1);
    if (kind == TEXT) return;
    this.sum += value;
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    const delta = value - this.average;
    const step = delta / this.numbers;
    this.average += step;
    this.squares += delta * (delta - step);
    this.kll.add(value);
  }
}

/** Whether a whole number is a double. */
@inline
export function isSafe(value: i64): bool {
  return value >= -MAX_SAFE && value <= MAX_SAFE;
}

/** A column without values. */
export function newColumn(hasDomain: bool, isSensitive: bool): Column {
  const column = changetype<Column>(heap.alloc(offsetof<Column>()));
  memory.fill(changetype<usize>(column), 0, offsetof<Column>());
  column.minimum = Infinity;
  column.maximum = -Infinity;
  column.kll = Kll.create();
  column.categories = Categories.create();
  column.hasDomain = hasDomain;
  column.isSensitive = isSensitive;
  return column;
}
