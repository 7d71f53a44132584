import { Column } from './column';
import { estimateDistinct } from './distinct-counter';

/** What is known of a column, once its values are there. */

export function countOf(column: Column, type: u32): f64 {
  return load<f64>(changetype<usize>(column) + (<usize>type << 3));
}

export function sum(column: Column): f64 {
  return column.sum;
}

export function minimum(column: Column): f64 {
  return column.minimum;
}

export function maximum(column: Column): f64 {
  return column.maximum;
}

/** The sum of the squares of the numbers' distances from their mean. */
export function squares(column: Column): f64 {
  return column.squares;
}

export function levels(column: Column): u32 {
  return column.kll.count;
}

/** Where the items of a level of the sketch lie. */
export function levelItems(column: Column, level: u32): usize {
  return column.kll.level(level).items;
}

export function levelSize(column: Column, level: u32): u32 {
  return column.kll.level(level).size;
}

/** How many distinct values were counted; 0 where categories tell. */
export function distinct(column: Column): f64 {
  return column.counter == 0 ? 0 : estimateDistinct(column.counter);
}

/** Whether each distinct value is a category. */
export function hasCategories(column: Column): bool {
  return column.counter == 0;
}

/** As many categories were told apart, at least at first. */
export function categories(column: Column): u32 {
  return column.categories.size;
}

export function categoryText(column: Column, index: u32): usize {
  return column.categories.at(index).text;
}

export function categorySize(column: Column, index: u32): u32 {
  return column.categories.at(index).size;
}

export function categoryCount(column: Column, index: u32): f64 {
  return column.categories.at(index).count;
}

export function isCategoryOutside(column: Column, index: u32): bool {
  return column.categories.at(index).isOutsideDomain;
}
