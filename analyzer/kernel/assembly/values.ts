import { Column } from './column';
import { isThere } from './validity';

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
