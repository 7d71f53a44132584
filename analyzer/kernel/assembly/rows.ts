import { Column } from './column';

const COMMA: i8 = 0x2c;

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
