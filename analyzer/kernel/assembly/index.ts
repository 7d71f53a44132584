/** The inner loops of the analyzer. Bytes, columns and shapes lie in this module's memory; TypeScript knows them by their addresses. */
export { areEqual } from './bytes';
export { newColumn } from './column';
export { find, plainWidth } from './lines';
export { addFields, addRows, plainRows } from './rows';
export { newShape, readRun, setLiteral } from './shape';
export { addNumbers } from './stored-numbers';
export {
  categories, categoryCount, categorySize, categoryText, countOf, distinct, hasCategories, isCategoryOutside,
  levelItems, levels, levelSize, maximum, minimum, squares, sum,
} from './summary';
export { addStandIn, addTexts, addValue } from './values';

/** Memory of `size` bytes; it is never moved. */
export function allocate(size: usize): usize {
  return heap.alloc(size);
}

/** Gives back what was allocated. */
export function release(address: usize): void {
  heap.free(address);
}
