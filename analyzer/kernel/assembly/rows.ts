import { Column } from './column';
import { plainWidth } from './lines';

const COMMA: i8 = 0x2c;
const SPACE: u8 = 0x20;

/**
 * Adds the fields of a row, or of a part of it, that is plain CSV; an empty one is missing. `columns` are their columns' addresses, 0 where a field
 * goes nowhere; returns where those of the next part lie.
 */
export function addFields(columns: usize, start: usize, end: usize): usize {
  let place = columns;
  let fieldStart = start;
  for (let at = start; at < end; at += 16) {
    let commas = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(COMMA)));
    if (end - at < 16) commas &= (1 << <i32>(end - at)) - 1;
    for (; commas != 0; commas &= commas - 1, place += sizeof<usize>()) {
      const fieldEnd = at + ctz(commas);
      const column = load<usize>(place);
      if (column != 0 && fieldEnd > fieldStart) changetype<Column>(column).add(fieldStart, fieldEnd);
      fieldStart = fieldEnd + 1;
    }
  }
  const column = load<usize>(place);
  if (column != 0 && end > fieldStart) changetype<Column>(column).add(fieldStart, end);
  return place + sizeof<usize>();
}

/** How many rows of `width` fields begin a run of rows, each of them plain; `spans` are their places, each so many bytes behind the one before. */
export function plainRows(spans: usize, stride: u32, size: u32, width: i32): u32 {
  for (let row: u32 = 0; row < size; row++, spans += stride) {
    const start = load<usize>(spans);
    const end = load<usize>(spans, sizeof<usize>());
    if (plainWidth(start, end) != width || (width == 1 && isBlankAtFirst(start, end))) return row;
  }
  return size;
}

/** Whether a row of one field may be blank, and so no row. */
@inline
function isBlankAtFirst(start: usize, end: usize): bool {
  return start == end || load<u8>(start) == SPACE;
}

/** Adds the fields of rows that are plain CSV. */
export function addRows(columns: usize, spans: usize, stride: u32, size: u32): void {
  for (let row: u32 = 0; row < size; row++, spans += stride) addFields(columns, load<usize>(spans), load<usize>(spans, sizeof<usize>()));
}
