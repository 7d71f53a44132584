import { Category } from './categories';
import { Column, isSafe, newColumn } from './column';
import { hashBits } from './hash';
import { addToBoth } from './pair';
import { isThere } from './validity';
import { FRACTIONAL } from './value-type';

/** Numbers of a column that were stored as such. TypeScript writes them like this (StoredNumbers). */
@unmanaged
class Part {
  column: Column;
  /** Doubles if they are fractional, else whole numbers of 64 bits. */
  values: usize;
  /** A bit for each, 0 where one is missing; without validity (0) none is. */
  validity: usize;
  type: u32;

  /** Adds its numbers one by one. */
  addEach(size: u32): void {
    for (let index: u32 = 0; index < size; index++) {
      if (!isThere(this.validity, index)) continue;
      const place = this.values + (<usize>index << 3);
      if (this.type == FRACTIONAL) this.column.addDouble(load<f64>(place), FRACTIONAL);
      else this.column.addInteger(load<i64>(place));
    }
  }

  /** Turns its numbers into doubles; returns whether all are there, finite and exact, and nobody looks at single ones any more. */
  makePlain(size: u32): bool {
    if (this.validity != 0) return false;
    if (this.type == FRACTIONAL ? !areFinite(this.values, size) : !areSafe(this.values, size)) return false;
    if (!this.column.onlyCounts && !this.countCategories(size)) return false;
    if (this.type == FRACTIONAL) return true;
    for (let at = this.values, end = this.values + (<usize>size << 3); at < end; at += 8) store<f64>(at, <f64>load<i64>(at));
    return true;
  }

  /** Counts the category of each number; returns false, and has counted nothing, where one is new or there are too many. */
  private countCategories(size: u32): bool {
    if (this.column.counter != 0 || this.column.isSensitive) return false;
    for (let index: u32 = 0; index < size; index++) {
      const category = this.categoryAt(index);
      if (category === null) {
        this.uncountCategories(index);
        return false;
      }
      category.count++;
    }
    return true;
  }

  private uncountCategories(size: u32): void {
    for (let index: u32 = 0; index < size; index++) {
      const category = this.categoryAt(index)!;
      category.count--;
    }
  }

  @inline
  private categoryAt(index: u32): Category | null {
    const place = this.values + (<usize>index << 3);
    const value = this.type == FRACTIONAL ? load<f64>(place) : <f64>load<i64>(place);
    return this.column.categories.ofNumber(hashBits(reinterpret<u64>(value)), value, this.type);
  }

  /** Adds doubles to what does not depend on other columns. */
  addPlain(size: u32): void {
    this.column.addCount(this.type, size);
    this.column.kll.addAll(this.values, size);
  }
}

/** Takes what is added to a second column where there is none. */
let spare: Column | null = null;

/** Adds `size` numbers to each of several columns; to two at once where that can be. */
export function addNumbers(parts: usize, count: u32, size: u32): void {
  let waiting: Part | null = null;
  for (let index: u32 = 0; index < count; index++) {
    const part = changetype<Part>(parts + <usize>index * offsetof<Part>());
    if (!part.makePlain(size)) {
      part.addEach(size);
    } else if (waiting === null) {
      waiting = part;
    } else {
      addToBoth(waiting.column, waiting.values, part.column, part.values, size);
      waiting.addPlain(size);
      part.addPlain(size);
      waiting = null;
    }
  }
  if (waiting === null) return;
  addToBoth(waiting.column, waiting.values, spareColumn(), waiting.values, size);
  waiting.addPlain(size);
}

function spareColumn(): Column {
  if (spare === null) spare = newColumn(false, false);
  return spare!;
}

/** Whether no decimal is infinite, or no number. */
function areFinite(values: usize, size: u32): bool {
  let at = values;
  const end = values + (<usize>size << 3);
  while (at < end && isFinite(load<f64>(at))) at += 8;
  return at == end;
}

/** Whether each whole number is a double. */
function areSafe(values: usize, size: u32): bool {
  let at = values;
  const end = values + (<usize>size << 3);
  while (at < end && isSafe(load<i64>(at))) at += 8;
  return at == end;
}
