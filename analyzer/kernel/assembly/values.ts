import { Column, isSafe } from './column';
import { FRACTIONAL, INTEGRAL } from './value-type';

/** A text of the engine: its size, then the text itself where it is short. */
const TEXT_SIZE: usize = 16;
const SHORT: u32 = 12;

/** Adds a value as it stands in the data; an empty one is a value, too. */
export function addValue(column: Column, start: usize, end: usize): void {
  column.add(start, end);
}

/** Adds what stands for a sensitive value: it is no number, whatever it looks like. */
export function addStandIn(column: Column, start: usize, end: usize): void {
  column.addStandIn(start, end);
}

/** Adds decimals that were stored as such. Bits of `validity` are 0 where one is missing; without validity (0) none is. */
export function addDoubles(column: Column, values: usize, validity: usize, size: u32): void {
  if (validity == 0 && column.onlyCounts && areFinite(values, size)) {
    column.addNumbers(values, size, FRACTIONAL);
    return;
  }
  for (let index: u32 = 0; index < size; index++) {
    if (isThere(validity, index)) column.addDouble(load<f64>(values + (<usize>index << 3)), FRACTIONAL);
  }
}

/** Adds whole numbers that were stored as such. */
export function addIntegers(column: Column, values: usize, validity: usize, size: u32): void {
  if (validity == 0 && column.onlyCounts && areSafe(values, size)) {
    for (let at = values, end = values + (<usize>size << 3); at < end; at += 8) store<f64>(at, <f64>load<i64>(at));
    column.addNumbers(values, size, INTEGRAL);
    return;
  }
  for (let index: u32 = 0; index < size; index++) {
    if (isThere(validity, index)) column.addInteger(load<i64>(values + (<usize>index << 3)));
  }
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

/** Adds texts from the one at `first` on; returns where one stands that is too long to lie here, else `size`. */
export function addTexts(column: Column, values: usize, validity: usize, first: u32, size: u32): u32 {
  for (let index = first; index < size; index++) {
    const value = values + <usize>index * TEXT_SIZE;
    if (!isThere(validity, index)) continue;
    const length = load<u32>(value);
    if (length > SHORT) return index;
    column.add(value + 4, value + 4 + length);
  }
  return size;
}

@inline
function isThere(validity: usize, index: u32): bool {
  return validity == 0 || (load<u8>(validity + (index >> 3)) >> <u8>(index & 7) & 1) != 0;
}
